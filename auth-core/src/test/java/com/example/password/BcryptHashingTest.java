package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.testkit.Secrets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written. */
class BcryptHashingTest {
  private static final String TEXT = "correct horse battery staple";
  private static final Password PASSWORD = Password.of(TEXT);
  private final BcryptHasher hasher = BcryptHasher.ofCost(10);

  /** Randomness that a test can foresee. */
  private static SecureRandom all(int value) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) value);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4, 9, 17, 31, 32, Integer.MAX_VALUE})
  @DisplayName("PW-1, rows 25 and 32, CVE-2022-22976: a cost below 10 or over 16 can't be built")
  void costOutOfRange(int cost) {
    assertThatThrownBy(() -> BcryptHasher.ofCost(cost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The bcrypt cost must be 10 to 16, not " + cost);
  }

  @Test
  @DisplayName("PW-1, row 25: costs 10 to 16 can be built, and 12 is the default")
  void costs() {
    for (int cost = 10; cost <= 16; cost++) {
      assertThat(BcryptHasher.ofCost(cost)).hasToString("BcryptHasher[cost " + cost + "]");
    }
    assertThat(BcryptHasher.ofDefaultCost()).hasToString("BcryptHasher[cost 12]");
    assertThat(BcryptHasher.ofDefaultCost().hash(PASSWORD, new SecureRandom()))
        .startsWith("$2b$12$");
  }

  @Test
  @DisplayName("PW-1, row 25: a hash is $2b$, two digits of cost, 60 characters")
  void output() {
    String hash = hasher.hash(PASSWORD, new SecureRandom());
    assertThat(hash).matches("\\$2b\\$10\\$[./A-Za-z0-9]{53}").hasSize(60);
    assertThat(hasher.recognises(hash)).isTrue();
    assertThat(hasher.isCurrent(hash)).isTrue();
    assertThat(hasher.verify(PASSWORD, hash)).isTrue();
    assertThat(hasher.verify(Password.of(TEXT + "!"), hash)).isFalse();
    assertThat(BcryptHasher.ofCost(11).hash(PASSWORD, new SecureRandom())).startsWith("$2b$11$");
  }

  @Test
  @DisplayName("PW-1, row 25: each hash has a salt of its own")
  void freshSalts() {
    Set<String> salts = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      salts.add(hasher.hash(PASSWORD, new SecureRandom()).substring(7, 29));
    }
    assertThat(salts).hasSize(8);
  }

  @Test
  @DisplayName("CH-11: the salt comes from the given source, all 16 bytes of it")
  void injectedRandom() {
    assertThat(hasher.hash(PASSWORD, all(0))).startsWith("$2b$10$" + ".".repeat(22));
    assertThat(hasher.hash(PASSWORD, all(-1))).startsWith("$2b$10$" + "9".repeat(21) + "u");
    assertThat(hasher.hash(PASSWORD, all(0))).isEqualTo(hasher.hash(PASSWORD, all(0)));
    assertThat(hasher.withPepper("1", new byte[32])).hasToString("BcryptHasher[cost 10, peppered]");
    assertThatThrownBy(() -> hasher.hash(PASSWORD, null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("PW-3: only $2b$ of the configured cost is current")
  void current() {
    String hash = hasher.hash(PASSWORD, all(1));
    assertThat(hasher.isCurrent(hash.replace("$2b$", "$2a$"))).isFalse();
    assertThat(hasher.isCurrent(hash.replace("$2b$", "$2y$"))).isFalse();
    assertThat(hasher.isCurrent(hash.replace("$10$", "$11$"))).isFalse();
    assertThat(BcryptHasher.ofCost(11).isCurrent(hash)).isFalse();
    assertThat(hasher.isCurrent("{bcrypt}" + hash)).isFalse();
    assertThat(hasher.withPepper("1", new byte[32]).isCurrent(hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse",
        "   spaces   ",
        "~!@#$%^&*()_+`-=[]{}|;':\",./<>?",
        "\u20AC\uD83E\uDD8A"
      })
  @DisplayName("PW-1, row 33: spaces and any Unicode are a password, exactly as typed")
  void anyText(String text) {
    Secrets.remember(text);
    String stored = Stored.bcrypt("2b", text);
    assertThat(hasher.accepts(Password.of(text))).isTrue();
    assertThat(hasher.verify(Password.of(text), stored)).isTrue();
    assertThat(hasher.verify(Password.of(text.strip() + " "), stored)).isFalse();
  }

  @Test
  @DisplayName("PW-7 NFC and NFD of a password are one password, whichever is set")
  void normalised() {
    Password composed = Password.of("caf\u00E9 caf\u00E9");
    Password decomposed = Password.of("cafe\u0301 cafe\u0301");
    for (Password set : new Password[] {composed, decomposed}) {
      String stored = hasher.hash(set, new SecureRandom());
      assertThat(hasher.verify(composed, stored)).isTrue();
      assertThat(hasher.verify(decomposed, stored)).isTrue();
      assertThat(hasher.verify(Password.of("CAF\u00E9 caf\u00E9"), stored)).isFalse();
    }
  }
}
