package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read. */
class BcryptStoredHashesTest {
  private static final String TEXT = "correct horse battery staple";
  private static final Password PASSWORD = Password.of(TEXT);
  private static final String GOOD = Stored.bcrypt("2b", TEXT);
  private static final String TAIL = GOOD.substring(7);
  private final BcryptHasher hasher = BcryptHasher.ofCost(10);

  @ParameterizedTest
  @ValueSource(strings = {"2a", "2b", "2y"})
  @DisplayName("PW-1, row 30: $2a$, $2b$ and $2y$ verify")
  void verifies(String version) {
    String stored = Stored.bcrypt(version, TEXT);
    assertThat(hasher.recognises(stored)).isTrue();
    assertThat(hasher.verify(PASSWORD, stored)).isTrue();
    assertThat(hasher.verify(Password.of("another password"), stored)).isFalse();
  }

  static Stream<String> unusable() {
    return Stream.of(
        "$2x$04$" + TAIL,
        "$2$04$" + TAIL,
        "$2z$04$" + TAIL,
        "$2B$04$" + TAIL,
        "$1$04$" + TAIL,
        "$3a$04$" + TAIL,
        "",
        " ",
        "$",
        "$2b$",
        "$2b$04$",
        "plain text",
        TEXT,
        "!",
        "*",
        GOOD.substring(0, 59),
        GOOD.substring(0, 29),
        GOOD + "a",
        GOOD + "\n",
        GOOD + " ",
        GOOD + "\0",
        " " + GOOD,
        "\n" + GOOD,
        GOOD.substring(1),
        "$2b$4$" + TAIL,
        "$2b$4$" + TAIL + "a",
        "$2b$004$" + TAIL.substring(1),
        "$2b$+4$" + TAIL,
        "$2b$-4$" + TAIL,
        "$2b$ 4$" + TAIL,
        "$2b$0x$" + TAIL,
        "$2b$\u0660\u0664$" + TAIL,
        "$2b$04$" + "!" + TAIL.substring(1),
        "$2b$04$" + "$" + TAIL.substring(1),
        "$2b$04$" + "\u00E9" + TAIL.substring(1),
        "$2b$04$" + TAIL.substring(0, 52) + "=",
        "$2b$04$" + TAIL.substring(0, 30) + " " + TAIL.substring(31),
        "{bcrypt}" + GOOD,
        "{hmac-sha384-bcrypt:1}" + GOOD,
        "{noop}" + TEXT,
        GOOD.repeat(2),
        "$2b$00$" + TAIL,
        "$2b$03$" + TAIL,
        "$2b$99$" + TAIL);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  @DisplayName(
      "PW-1, rows 30 and 31: $2x$, $2$, $2z$ and whatever is malformed is not recognised, and false")
  void refuses(String stored) {
    assertThat(hasher.recognises(stored)).isFalse();
    assertThat(hasher.verify(PASSWORD, stored)).isFalse();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName(
      "PW-1, row 32, CVE-2022-22976: a stored cost of 17 to 31 is refused before it is computed")
  void costTooHigh() {
    assertThat(hasher.recognises("$2b$16$" + TAIL)).isTrue();
    for (int cost = 17; cost <= 31; cost++) {
      String stored = "$2b$" + cost + "$" + TAIL;
      assertThat(hasher.recognises(stored)).as("cost %d", cost).isFalse();
      assertThat(hasher.verify(PASSWORD, stored)).as("cost %d", cost).isFalse();
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName(
      "PW-2, rows 28, 31 and 32: each of them is one hash at the configured cost, and 'unusable_hash'")
  void verdict() {
    CheapHasher counting = CheapHasher.create();
    WatchedStore store = new WatchedStore();
    Stream<String> costs = Stream.of("$2b$17$" + TAIL, "$2b$31$" + TAIL, "{bcrypt}$2a$31$" + TAIL);
    Stream<String> none = unusable().filter(stored -> !stored.equals("{bcrypt}" + GOOD));
    Stream.concat(costs, none)
        .forEach(
            stored -> {
              store.put(User.builder("1", "alice").passwordHash(stored));
              // A new one each time, since each has a throttle of its own.
              Passwords passwords =
                  Passwords.builder(AuthEnvironment.standard(), store).hasher(counting).build();
              int before = counting.computed();
              PasswordResult verdict = passwords.verify("alice", PASSWORD, PasswordsFixture.CLIENT);
              assertThat(PasswordsFixture.reason(verdict)).isEqualTo(PasswordResult.UNUSABLE_HASH);
              assertThat(counting.computed() - before).as(stored).isEqualTo(1);
            });
  }

  @Test
  @DisplayName(
      "PW-1, row 40: every change of one character of a hash makes it another hash, or none")
  void anyCharacter() {
    for (int i = 0; i < GOOD.length(); i++) {
      char other = GOOD.charAt(i) == 'B' ? 'C' : 'B';
      String changed = GOOD.substring(0, i) + other + GOOD.substring(i + 1);
      assertThat(hasher.verify(PASSWORD, changed)).as("at %d", i).isFalse();
    }
  }
}
