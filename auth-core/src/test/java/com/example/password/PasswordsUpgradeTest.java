package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.login;
import static com.example.password.PasswordsFixture.reason;
import static com.example.password.PasswordsFixture.repeated;
import static com.example.password.PasswordsFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Race;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old hashes move in, and are replaced. */
class PasswordsUpgradeTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final WatchedStore store = fixture.store;
  private final CheapHasher hasher = CheapHasher.create();
  private final Passwords passwords = fixture.builder(hasher).build();

  private void alice(String hash) {
    store.put(User.builder("1", "alice").passwordHash(hash).epoch(7));
  }

  private String storedHash() {
    return store.get("1").passwordHash().orElseThrow();
  }

  @Test
  @DisplayName(
      "PW-3, row 36: Django's and Spring's hashes are replaced after a correct login, with an event")
  void formats() {
    for (String old : List.of(Stored.django(PASSWORD, "salt", 10), Stored.spring(PASSWORD))) {
      alice(old);
      PasswordResult verdict = login(passwords, "alice", PASSWORD);
      assertThat(storedHash()).startsWith("cheap$");
      assertThat(user(verdict).passwordHash()).contains(storedHash());
      assertThat(user(verdict).epoch()).isEqualTo(7);
      assertThat(store.get("1").epoch()).isEqualTo(7);
      assertThat(isRight(login(passwords, "alice", PASSWORD))).isTrue();
    }
    assertThat(store.replacements()).isEqualTo(2);
    assertThat(fixture.heard.events())
        .containsExactly(
            new AuthEvent.AccountChanged(fixture.clock.instant(), "1", "password_upgraded"),
            new AuthEvent.AccountChanged(fixture.clock.instant(), "1", "password_upgraded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a", "2b", "2y"})
  @DisplayName("PW-3, rows 25 and 36: a bcrypt hash of another cost or version is replaced, once")
  void cost(String version) {
    Passwords real = fixture.builder(BcryptHasher.ofCost(10)).build();
    alice(Stored.bcrypt(version, PASSWORD));
    assertThat(isRight(login(real, "alice", PASSWORD))).isTrue();
    String replaced = storedHash();
    assertThat(replaced).startsWith("$2b$10$");
    assertThat(isRight(login(real, "alice", PASSWORD))).isTrue();
    assertThat(storedHash()).isEqualTo(replaced);
    assertThat(store.replacements()).isEqualTo(1);
  }

  @Test
  @DisplayName("PW-3: a hash that is current is left alone")
  void current() {
    alice(hasher.hash(Password.of(PASSWORD), new SecureRandom()));
    assertThat(isRight(login(passwords, "alice", PASSWORD))).isTrue();
    assertThat(store.replacements()).isZero();
    assertThat(fixture.heard.events()).isEmpty();
  }

  @Test
  @DisplayName("PW-3, row 36: a wrong password, or a deactivated user, never replaces anything")
  void neverOnFailure() {
    String old = Stored.django(PASSWORD, "salt", 10);
    alice(old);
    assertThat(reason(login(passwords, "alice", "wrong password")))
        .isEqualTo(PasswordResult.WRONG_PASSWORD);
    store.put(store.get("1").toBuilder().active(false));
    assertThat(reason(login(passwords, "alice", PASSWORD)))
        .isEqualTo(PasswordResult.USER_DEACTIVATED);
    assertThat(storedHash()).isEqualTo(old);
    assertThat(store.replacements()).isZero();
  }

  @Test
  @DisplayName("PW-3, row 36: an outage while upgrading is an event, and the login stands")
  void outage() {
    String old = Stored.spring(PASSWORD);
    alice(old);
    store.beforeWrite(WatchedStore::beAway);
    PasswordResult verdict = login(passwords, "alice", PASSWORD);
    assertThat(user(verdict).passwordHash()).contains(old);
    assertThat(storedHash()).isEqualTo(old);
    assertThat(fixture.heard.events())
        .containsExactly(
            new AuthEvent.StoreOutage(
                fixture.clock.instant(),
                "password_upgrade",
                StoreUnavailableException.class.getName()));
  }

  @Test
  @DisplayName("CH-6: any other exception of a store while upgrading surfaces as itself")
  void defect() {
    alice(Stored.spring(PASSWORD));
    store.beforeWrite(
        () -> {
          throw new UnsupportedOperationException("a defect of the store");
        });
    assertThatThrownBy(() -> login(passwords, "alice", PASSWORD))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName(
      "PW-3, AC-2: a change of the password that comes between wins, and the login keeps its old epoch")
  void changeWins() {
    alice(Stored.spring(PASSWORD));
    store.beforeWrite(() -> store.put(store.get("1").toBuilder().passwordHash("new").epoch(8)));
    PasswordResult verdict = login(passwords, "alice", PASSWORD);
    assertThat(storedHash()).isEqualTo("new");
    assertThat(user(verdict).epoch()).isEqualTo(7);
    assertThat(fixture.heard.events()).isEmpty();
  }

  @RepeatedTest(10)
  @DisplayName("PW-3, ST-2: of four logins at once all succeed, and one upgrades")
  void race() {
    alice(Stored.django(PASSWORD, "salt", 10));
    List<PasswordResult> verdicts = Race.of(4, i -> login(passwords, "alice", PASSWORD));
    assertThat(verdicts).allMatch(PasswordsFixture::isRight);
    assertThat(fixture.heard.events(AuthEvent.AccountChanged.class)).hasSize(1);
    assertThat(storedHash()).startsWith("cheap$");
  }

  @Test
  @DisplayName("PW-1, PW-3: a password that today's hasher can't hold logs in, and its hash stays")
  void tooLongToMove() {
    String text = "x".repeat(100);
    String old = Stored.django(text, "salt", 10);
    alice(old);
    assertThat(isRight(login(passwords, "alice", text))).isTrue();
    assertThat(storedHash()).isEqualTo(old);
    assertThat(store.replacements()).isZero();
  }

  @Test
  @DisplayName("ST-1: a host's store of two methods logs in; its hashes are never replaced")
  void twoMethods() {
    String old = Stored.django(PASSWORD, "salt", 10);
    User alice = User.builder("1", "alice").passwordHash(old).build();
    CredentialStore host =
        new CredentialStore() {
          @Override
          public Optional<User> findByName(String name) {
            return Optional.of(alice).filter(user -> user.name().equals(name));
          }

          @Override
          public Optional<User> findById(String id) {
            return Optional.of(alice).filter(user -> user.id().equals(id));
          }
        };
    assertThat(host.replaceHash("1", old, "new")).isFalse();
    ScriptedHasher counting = new ScriptedHasher();
    Passwords two =
        Passwords.builder(AuthEnvironment.standard().withListener(fixture.heard), host)
            .hasher(counting)
            .build();
    assertThat(user(login(two, "alice", PASSWORD))).isSameAs(alice);
    assertThat(fixture.heard.events()).isEmpty();
    assertThat(isRight(repeated(two, "alice", PASSWORD))).isTrue();
    int before = counting.computed();
    assertThat(isRight(repeated(two, "alice", PASSWORD))).as("remembered").isTrue();
    assertThat(counting.computed()).isEqualTo(before);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  @DisplayName("CH-10, PW-4: no turn is held while the store replaces a hash")
  void storeIsSlow() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Passwords one = fixture.builder(hasher).maxConcurrentHashes(1).maxWait(Duration.ZERO).build();
    alice(Stored.spring(PASSWORD));
    store.put(
        User.builder("2", "bob")
            .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom())));
    store.beforeWrite(
        () -> {
          writing.countDown();
          Turns.await(written);
        });
    Thread slow = new Thread(() -> login(one, "alice", PASSWORD));
    slow.start();
    Turns.await(writing);
    assertThat(isRight(login(one, "bob", PASSWORD))).isTrue();
    written.countDown();
    slow.join();
    assertThat(storedHash()).startsWith("cheap$");
  }

  @Test
  @DisplayName(
      "PW-3: only the formats that are set are checked, in their order, the hasher's first")
  void pluggable() {
    Passwords none = fixture.builder(hasher).formats().build();
    alice(Stored.spring(PASSWORD));
    assertThat(reason(login(none, "alice", PASSWORD))).isEqualTo(PasswordResult.UNUSABLE_HASH);
    ScriptedHasher greedy = new ScriptedHasher();
    Passwords own = fixture.builder(hasher).formats(greedy).build();
    alice("old:" + PASSWORD);
    assertThat(isRight(login(own, "alice", PASSWORD))).isTrue();
    assertThat(greedy.computed()).isEqualTo(1);
    assertThat(storedHash()).startsWith("cheap$");
    ScriptedHasher first = new ScriptedHasher();
    Passwords both = fixture.builder(first).formats(greedy).build();
    alice("both:" + PASSWORD);
    assertThat(isRight(login(both, "alice", PASSWORD))).isTrue();
    assertThat(first.computed()).isEqualTo(1);
    assertThat(greedy.computed()).as("not asked again").isEqualTo(1);
  }
}
