package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The named mode for longer passwords. */
class BcryptPepperTest {
  private static final String TAG = "{hmac-sha384-bcrypt:1}";
  private static final String TEXT = "correct horse battery staple";
  private static final Password PASSWORD = Password.of(TEXT);
  private static final byte[] PEPPER =
      "a pepper of exactly 32 bytes, ok".getBytes(StandardCharsets.US_ASCII);

  private final BcryptHasher plain = BcryptHasher.ofCost(10);
  private final BcryptHasher peppered = plain.withPepper("1", PEPPER);

  /** What is stored for a password under the pepper, computed here, at cost 4. */
  private static String stored(byte[] pepper, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA384");
      mac.init(new SecretKeySpec(pepper, "HmacSHA384"));
      byte[] hmac = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return TAG + Stored.bcrypt("2b", Base64.getEncoder().encode(hmac));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31})
  @DisplayName("PW-1, row 37: a pepper of less than 32 bytes can't be built")
  void shortPepper(int length) {
    assertThatThrownBy(() -> plain.withPepper("1", new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The pepper must have at least 32 bytes, not " + length);
    assertThat(plain.withPepper("1", new byte[32])).isNotNull();
  }

  @Test
  @DisplayName("PW-1, row 37: it is bcrypt over base64(HMAC-SHA-384(pepper, password)), and tagged")
  void form() {
    String hash = peppered.hash(PASSWORD, new SecureRandom());
    assertThat(hash).startsWith(TAG + "$2b$10$").hasSize(TAG.length() + 60);
    assertThat(peppered.recognises(hash)).isTrue();
    assertThat(peppered.isCurrent(hash)).isTrue();
    assertThat(peppered.verify(PASSWORD, hash)).isTrue();
    assertThat(peppered.verify(PASSWORD, stored(PEPPER, TEXT))).isTrue();
    assertThat(peppered.verify(Password.of("another password"), stored(PEPPER, TEXT))).isFalse();
  }

  @Test
  @DisplayName("PW-1, row 37: another pepper, or a change of the array, verifies nothing")
  void pepperCounts() {
    byte[] given = PEPPER.clone();
    BcryptHasher copied = plain.withPepper("1", given);
    Arrays.fill(given, (byte) 0);
    assertThat(copied.verify(PASSWORD, stored(PEPPER, TEXT))).isTrue();
    assertThat(plain.withPepper("1", given).verify(PASSWORD, stored(PEPPER, TEXT))).isFalse();
  }

  @Test
  @DisplayName(
      "PW-1, row 37: peppered and plain hashes never verify as each other, in either direction")
  void neverCrosses() {
    String pepperedHash = stored(PEPPER, TEXT);
    String untagged = pepperedHash.substring(TAG.length());
    assertThat(plain.recognises(pepperedHash)).isFalse();
    assertThat(plain.verify(PASSWORD, pepperedHash)).isFalse();
    assertThat(plain.verify(PASSWORD, untagged)).isFalse();
    assertThat(peppered.verify(PASSWORD, untagged)).isFalse();
    assertThat(peppered.verify(PASSWORD, TAG + Stored.bcrypt("2b", TEXT))).isFalse();
    assertThat(peppered.verify(PASSWORD, TAG + pepperedHash)).isFalse();
    assertThat(peppered.recognises(TAG + pepperedHash)).isFalse();
    assertThat(peppered.recognises(TAG)).isFalse();
    assertThat(peppered.recognises(TAG + "$2x$" + untagged.substring(4))).isFalse();
    assertThat(peppered.recognises(TAG + "$2b$17$" + untagged.substring(7))).isFalse();
    assertThat(peppered.verify(PASSWORD, TAG + "$2b$31$" + untagged.substring(7))).isFalse();
  }

  @Test
  @DisplayName("PW-1, row 37: passwords of up to 256 characters count to the last one")
  void longPasswords() {
    assertThat(peppered.maxBytes()).isEqualTo(1024);
    String longest = "x".repeat(256);
    String stored = stored(PEPPER, longest);
    assertThat(peppered.accepts(Password.of(longest))).isTrue();
    assertThat(peppered.hash(Password.of(longest), new SecureRandom())).startsWith(TAG);
    assertThat(peppered.verify(Password.of(longest), stored)).isTrue();
    assertThat(peppered.verify(Password.of("x".repeat(255) + "y"), stored)).isFalse();
    assertThat(peppered.verify(Password.of("x".repeat(255)), stored)).isFalse();
    assertThat(peppered.accepts(Password.of(longest + "x"))).isFalse();
    assertThatThrownBy(() -> peppered.hash(Password.of(longest + "x"), new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The password is longer than 256 characters");
  }

  @Test
  @DisplayName("PW-1 peppers rotate: what an older one or the public key made is replaced at login")
  void rotates() {
    BcryptHasher rotated = peppered.withPepper("2", new byte[32]);
    String longText = "\u0436".repeat(64);
    for (String text : new String[] {TEXT, longText}) {
      Password password = Password.of(text);
      for (String old :
          new String[] {
            peppered.hash(password, new SecureRandom()), plain.hash(password, new SecureRandom())
          }) {
        assertThat(rotated.recognises(old)).isTrue();
        assertThat(rotated.isCurrent(old)).isFalse();
        WatchedStore store = new WatchedStore();
        store.put(User.builder("1", "alice").passwordHash(old));
        Passwords passwords =
            Passwords.builder(AuthEnvironment.standard(), store).hasher(rotated).build();
        Client client = PasswordsFixture.CLIENT;
        assertThat(passwords.verify("alice", password, client))
            .isInstanceOf(PasswordResult.Verified.class);
        String replaced = store.get("1").passwordHash().orElseThrow();
        assertThat(replaced).startsWith("{hmac-sha384-bcrypt:2}$2b$10$");
        assertThat(rotated.isCurrent(replaced)).isTrue();
        assertThat(rotated.verify(password, replaced)).isTrue();
        assertThat(peppered.recognises(replaced)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "a}", "a b", "\u00E9", "123456789012345678901234567890123"})
  @DisplayName("PW-1 a pepper's id is new, short and can't end the tag")
  void badId(String id) {
    assertThatThrownBy(() -> peppered.withPepper(id, PEPPER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A pepper's id must be new");
  }

  @Test
  @DisplayName("PW-1, row 29: NUL and lone surrogates are refused in this mode as well")
  void refusesTheSame() {
    for (String text : new String[] {"secret12\0", "\0", "secret12\uD83E"}) {
      assertThat(peppered.accepts(Password.of(text))).isFalse();
      assertThatThrownBy(() -> peppered.hash(Password.of(text), new SecureRandom()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("PW-3, row 36: a plain hash is checked, and replaced by a peppered one")
  void movesIn() {
    WatchedStore store = new WatchedStore();
    store.put(User.builder("1", "alice").passwordHash(Stored.bcrypt("2a", TEXT)));
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), store).hasher(peppered).build();
    PasswordResult verdict = passwords.verify("alice", PASSWORD, PasswordsFixture.CLIENT);
    String replaced = store.get("1").passwordHash().orElseThrow();
    assertThat(replaced).startsWith(TAG + "$2b$10$");
    assertThat(PasswordsFixture.user(verdict).passwordHash()).contains(replaced);
    assertThat(peppered.verify(PASSWORD, replaced)).isTrue();
  }

  @Test
  @DisplayName("PW-1, row 26: what plain bcrypt would cut is no plain hash's password in this mode")
  void plainStaysPlain() {
    String seventyTwo = "x".repeat(72);
    String stored = Stored.bcrypt("2b", seventyTwo);
    assertThat(peppered.verify(Password.of(seventyTwo), stored)).isTrue();
    assertThat(peppered.verify(Password.of(seventyTwo + "x"), stored)).isFalse();
    assertThat(peppered.verify(Password.of("x".repeat(256)), stored)).isFalse();
  }

  @Test
  @DisplayName("PW-2, row 27, CVE-2025-22234: and to say so takes the time of a hash")
  void plainTakesItsTime() {
    String stored = plain.hash(PASSWORD, new SecureRandom());
    Password tooLong = Password.of("x".repeat(73));
    long expected = cpuNanos(() -> assertThat(plain.verify(PASSWORD, stored)).isTrue());
    long taken = cpuNanos(() -> assertThat(peppered.verify(tooLong, stored)).isFalse());
    assertThat(taken).isGreaterThan(expected / 4);
  }

  /** The CPU time of this thread, which other programs don't touch. */
  private static long cpuNanos(Runnable work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }

  @Test
  @DisplayName("PW-6, row 105: toString shows the mode and not the pepper")
  void hidesPepper() {
    assertThat(peppered).hasToString("BcryptHasher[cost 10, peppered]");
  }
}
