package com.example.password;

import static com.example.password.PasswordsFixture.login;
import static com.example.password.PasswordsFixture.reason;
import static com.example.password.PasswordsFixture.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a check fails, exactly one hash is computed. */
class PasswordsFailureTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final WatchedStore store = fixture.store;
  private final CheapHasher hasher = CheapHasher.create();
  private final Passwords passwords = fixture.builder(hasher).build();

  @BeforeEach
  void users() {
    String hash = hasher.hash(Password.of(PASSWORD), new SecureRandom());
    store.put(User.builder("1", "alice").passwordHash(hash));
    store.put(User.builder("2", "gone").passwordHash(hash).active(false));
    store.put(User.builder("3", "passwordless"));
    store.put(User.builder("4", "gone and passwordless").active(false));
    store.put(User.builder("5", "x").passwordHash(Stored.bcrypt("2x", PASSWORD)));
    store.put(User.builder("6", "garbage").passwordHash("garbage"));
    store.put(User.builder("7", "emptied").passwordHash(""));
    store.put(User.builder("8", "dear").passwordHash("$2b$31$" + "a".repeat(53)));
    store.put(User.builder("9", "gone garbage").passwordHash("!").active(false));
    store.put(User.builder("10", "moving").passwordHash(Stored.spring(PASSWORD)));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("nobody", PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of(" alice", PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of("a:b", PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of("al\0ice", PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of("alice\uD83E", PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of("x".repeat(151), PASSWORD, PasswordResult.UNKNOWN_USER),
        Arguments.of("alice", "wrong password", PasswordResult.WRONG_PASSWORD),
        Arguments.of("alice", "", PasswordResult.WRONG_PASSWORD),
        Arguments.of("alice", PASSWORD + " ", PasswordResult.WRONG_PASSWORD),
        Arguments.of("gone", PASSWORD, PasswordResult.USER_DEACTIVATED),
        Arguments.of("gone", "wrong password", PasswordResult.USER_DEACTIVATED),
        Arguments.of("gone and passwordless", PASSWORD, PasswordResult.USER_DEACTIVATED),
        Arguments.of("gone garbage", PASSWORD, PasswordResult.USER_DEACTIVATED),
        Arguments.of("passwordless", PASSWORD, PasswordResult.NO_USABLE_PASSWORD),
        Arguments.of("passwordless", "", PasswordResult.NO_USABLE_PASSWORD),
        Arguments.of("x", PASSWORD, PasswordResult.UNUSABLE_HASH),
        Arguments.of("garbage", "garbage", PasswordResult.UNUSABLE_HASH),
        Arguments.of("emptied", "", PasswordResult.UNUSABLE_HASH),
        Arguments.of("dear", PASSWORD, PasswordResult.UNUSABLE_HASH),
        Arguments.of("alice", "x".repeat(73), PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("alice", "x".repeat(100_000), PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("alice", PASSWORD + "\0", PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("alice", PASSWORD + "\uD83E", PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("moving", "x".repeat(73), PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("moving", PASSWORD + "\0", PasswordResult.UNACCEPTABLE_PASSWORD),
        Arguments.of("nobody", "x".repeat(73), PasswordResult.UNKNOWN_USER),
        Arguments.of("nobody", "\uD83E", PasswordResult.UNKNOWN_USER),
        Arguments.of("garbage", "x".repeat(73), PasswordResult.UNUSABLE_HASH));
  }

  @ParameterizedTest
  @MethodSource("failures")
  @DisplayName(
      "PW-2, rows 12, 22 and 27 to 31, CVE-2025-22234, CVE-2026-22746, CVE-2026-23901:"
          + " one hash whatever is wrong, one refusal outside, the true reason inside")
  void oneHash(String username, String password, Reason expected) {
    for (int round = 1; round <= 2; round++) {
      int before = hasher.computed();
      PasswordResult verdict =
          round == 1
              ? login(passwords, username, password)
              : repeated(passwords, username, password);
      assertThat(hasher.computed() - before).as("hashes").isEqualTo(1);
      assertThat(reason(verdict)).isEqualTo(expected);
      assertThat(reason(verdict).refusal()).isEqualTo(Refusal.INVALID_CREDENTIALS);
      assertThat(((PasswordResult.Refused) verdict).retryAfter()).isEmpty();
      assertThat(verdict).hasToString("Refused[" + expected.name() + "]");
    }
    assertThat(store.replacements()).isZero();
    assertThat(fixture.heard.events()).isEmpty();
  }

  @Test
  @DisplayName("PW-2, TH-4, row 18: an empty name costs no hash and asks no store")
  void emptyName() {
    int before = hasher.computed();
    PasswordResult verdict = login(passwords, "", PASSWORD);
    assertThat(reason(verdict)).isEqualTo(PasswordResult.UNKNOWN_USER);
    assertThat(hasher.computed()).isEqualTo(before);
    assertThat(store.reads()).isZero();
  }

  @Test
  @DisplayName("PW-2: a right password is one hash too, and proves who it is and when")
  void right() {
    int before = hasher.computed();
    PasswordResult.Verified verified =
        (PasswordResult.Verified) login(passwords, "ALICE", PASSWORD);
    assertThat(hasher.computed() - before).isEqualTo(1);
    assertThat(verified.user().id()).isEqualTo("1");
    assertThat(verified.at()).isEqualTo(fixture.clock.instant());
    assertThat(verified).hasToString("Verified[1]");
  }

  @Test
  @DisplayName(
      "BA-6, row 19: the store is asked once for a name that somebody could have, else never")
  void oneRead() {
    login(passwords, "alice", PASSWORD);
    login(passwords, "alice", "wrong password");
    login(passwords, "nobody", PASSWORD);
    repeated(passwords, "gone", PASSWORD);
    assertThat(store.reads()).isEqualTo(4);
    login(passwords, "a:b", PASSWORD);
    login(passwords, "\0", PASSWORD);
    login(passwords, "x".repeat(151), PASSWORD);
    assertThat(store.reads()).isEqualTo(4);
  }

  @Test
  @DisplayName("CH-6, row 8: an outage of the store comes through, and no hash is computed")
  void outage() {
    int before = hasher.computed();
    store.beforeRead(WatchedStore::beAway);
    assertThatThrownBy(() -> login(passwords, "alice", PASSWORD))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> repeated(passwords, "alice", PASSWORD))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(hasher.computed()).isEqualTo(before);
  }

  @Test
  @DisplayName("PW-2, row 28: with bcrypt, who is unknown costs one hash of the configured cost")
  void realHasher() {
    AtomicInteger salts = new AtomicInteger();
    SecureRandom counting =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            salts.incrementAndGet();
            super.nextBytes(bytes);
          }
        };
    Passwords real =
        Passwords.builder(AuthEnvironment.standard().withRandom(counting), fixture.store)
            .hasher(BcryptHasher.ofCost(10))
            .build();
    for (String name : new String[] {"nobody", "gone", "passwordless", "garbage", "x", "a:b"}) {
      int before = salts.get();
      login(real, name, PASSWORD);
      assertThat(salts.get() - before).as(name).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("PW-2: null is the caller's fault, not a wrong password")
  void nulls() {
    Password password = Password.of(PASSWORD);
    assertThatThrownBy(() -> passwords.verify(null, password, PasswordsFixture.CLIENT))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> passwords.verify("alice", null, PasswordsFixture.CLIENT))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> passwords.verify("alice", password, null))
        .isInstanceOf(NullPointerException.class);
  }
}
