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
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A verified password is not hashed again on every request. */
class PasswordsMemoryTest {
  private static final String PASSWORD = "wonderland";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final WatchedStore store = fixture.store;
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final Passwords passwords = fixture.builder(hasher).build();

  @BeforeEach
  void alice() {
    alice("salt:" + PASSWORD);
  }

  private void alice(String hash) {
    store.put(User.builder("1", "alice").passwordHash(hash));
  }

  /** How many hashes it takes to find the password right. */
  private int hashesFor(String username, String password) {
    int before = hasher.computed();
    assertThat(isRight(repeated(passwords, username, password))).isTrue();
    return hasher.computed() - before;
  }

  @Test
  @DisplayName("BA-6: the second time computes nothing, and reads the user once all the same")
  void hit() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    int reads = store.reads();
    fixture.clock.advance(Duration.ofSeconds(10));
    PasswordResult.Verified verified =
        (PasswordResult.Verified) repeated(passwords, "ALICE", PASSWORD);
    assertThat(hasher.computed()).isEqualTo(1);
    assertThat(store.reads()).isEqualTo(reads + 1);
    assertThat(verified.user().id()).isEqualTo("1");
    assertThat(verified.at()).isEqualTo(fixture.clock.instant());
  }

  @Test
  @DisplayName("BA-6: a wrong password is hashed each time; only what was right is remembered")
  void successOnly() {
    for (int i = 0; i < 3; i++) {
      int before = hasher.computed();
      assertThat(reason(repeated(passwords, "alice", "wrong")))
          .isEqualTo(PasswordResult.WRONG_PASSWORD);
      assertThat(hasher.computed() - before).isEqualTo(1);
    }
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    assertThat(reason(repeated(passwords, "alice", "wrong")))
        .isEqualTo(PasswordResult.WRONG_PASSWORD);
    assertThat(hashesFor("alice", PASSWORD)).isZero();
  }

  @Test
  @DisplayName(
      "BA-6: it ends 5 minutes after the last real verification, to the millisecond, used or not")
  void expiry() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    for (int minute = 0; minute < 4; minute++) {
      fixture.clock.advance(Duration.ofMinutes(1));
      assertThat(hashesFor("alice", PASSWORD)).isZero();
    }
    fixture.clock.advance(Duration.ofMillis(59_999));
    assertThat(hashesFor("alice", PASSWORD)).isZero();
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(hashesFor("alice", PASSWORD)).as("at 5 minutes").isEqualTo(1);
    fixture.clock.advance(Duration.ofMillis(299_999));
    assertThat(hashesFor("alice", PASSWORD)).isZero();
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(hashesFor("alice", PASSWORD)).as("at 10 minutes").isEqualTo(1);
  }

  @Test
  @DisplayName(
      "BA-6: a changed password misses at once, also for the same password with another salt")
  void changedHash() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    alice("tlas:" + PASSWORD);
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    alice("tlas:wonderful.");
    assertThat(reason(repeated(passwords, "alice", PASSWORD)))
        .isEqualTo(PasswordResult.WRONG_PASSWORD);
    assertThat(hashesFor("alice", "wonderful.")).isEqualTo(1);
  }

  @Test
  @DisplayName("BA-6, row 61: a deactivated user, and one without a password, misses at once")
  void deactivated() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    User active = store.get("1");
    store.put(active.toBuilder().active(false));
    assertThat(reason(repeated(passwords, "alice", PASSWORD)))
        .isEqualTo(PasswordResult.USER_DEACTIVATED);
    store.put(active.toBuilder().passwordHash(null));
    assertThat(reason(repeated(passwords, "alice", PASSWORD)))
        .isEqualTo(PasswordResult.NO_USABLE_PASSWORD);
    store.put(active.toBuilder());
    assertThat(hashesFor("alice", PASSWORD)).isZero();
  }

  @Test
  @DisplayName("BA-6: an outage is an outage, remembered or not")
  void outage() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    store.beforeRead(WatchedStore::beAway);
    assertThatThrownBy(() -> repeated(passwords, "alice", PASSWORD))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("BA-6: the roles and the epoch of a hit are those of now")
  void freshUser() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    store.put(store.get("1").toBuilder().epoch(9));
    assertThat(user(repeated(passwords, "alice", PASSWORD)).epoch()).isEqualTo(9);
    assertThat(hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "BA-6, PW-3: after an upgrade the new hash is remembered; an upgrade by another node misses")
  void upgraded() {
    hasher.tag("new");
    assertThat(hashesFor("alice", PASSWORD)).as("checked and hashed anew").isEqualTo(2);
    assertThat(store.get("1").passwordHash()).contains("new:" + PASSWORD);
    assertThat(hashesFor("alice", PASSWORD)).isZero();
    alice("new-salt:" + PASSWORD);
    hasher.tag("");
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
  }

  @Test
  @DisplayName("BA-6: a login is always hashed, and is not remembered for requests")
  void loginIsReal() {
    assertThat(isRight(login(passwords, "alice", PASSWORD))).isTrue();
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    int before = hasher.computed();
    assertThat(isRight(login(passwords, "alice", PASSWORD))).isTrue();
    assertThat(hasher.computed() - before).isEqualTo(1);
  }

  @Test
  @DisplayName("BA-6: it can be turned off")
  void turnedOff() {
    Passwords forgetful = fixture.builder(hasher).rememberNone().build();
    for (int i = 1; i <= 3; i++) {
      assertThat(isRight(repeated(forgetful, "alice", PASSWORD))).isTrue();
      assertThat(hasher.computed()).isEqualTo(i);
    }
  }

  @Test
  @DisplayName(
      "BA-6: the key is made of user id, hash and password so that no byte can move between them")
  void injective() {
    store.put(User.builder("u", "one").passwordHash("1:secret"));
    store.put(User.builder("u1", "two").passwordHash(":secret"));
    assertThat(hashesFor("one", "secret")).isEqualTo(1);
    assertThat(hashesFor("two", "secret")).as("a byte from the hash to the id").isEqualTo(1);

    store.put(User.builder("v", "three").passwordHash("s:ab"));
    assertThat(hashesFor("three", "ab")).isEqualTo(1);
    store.put(User.builder("v", "three").passwordHash("s:aba"));
    assertThat(isRight(repeated(passwords, "three", "b")))
        .as("a byte from the password to the hash")
        .isFalse();
    store.put(User.builder("v", "three").passwordHash("s:"));
    assertThat(isRight(repeated(passwords, "three", "abab"))).isFalse();
  }

  @Test
  @DisplayName("BA-6: nor where an id and a hash hold what looks like the lengths between them")
  void injectiveForHostileIds() {
    store.put(User.builder("u", "one").passwordHash("X\0\0\0\u0007:secret"));
    store.put(User.builder("u\0\0\0\u000CX", "two").passwordHash(":secret"));
    assertThat(hashesFor("one", "secret")).isEqualTo(1);
    assertThat(hashesFor("two", "secret")).isEqualTo(1);
  }

  @Test
  @DisplayName("BA-6: another user's right password, or the same hash at another user, is no hit")
  void ofOneUser() {
    store.put(User.builder("2", "bob").passwordHash("salt:" + PASSWORD));
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    assertThat(hashesFor("bob", PASSWORD)).isEqualTo(1);
    assertThat(hashesFor("bob", PASSWORD)).isZero();
  }

  @Test
  @DisplayName(
      "BA-6, row 29: a lone surrogate does not pass for the empty password that was remembered")
  void illFormed() {
    alice("salt:");
    assertThat(hashesFor("alice", "")).isEqualTo(1);
    assertThat(hashesFor("alice", "")).isZero();
    assertThat(reason(repeated(passwords, "alice", "\uD83E")))
        .isEqualTo(PasswordResult.UNACCEPTABLE_PASSWORD);
  }

  @Test
  @DisplayName("BA-6: at most 10,000 are remembered; the one that was verified first leaves")
  void bounded() {
    for (int i = 0; i <= 10_000; i++) {
      store.put(User.builder("id" + i, "user" + i).passwordHash(i + ":" + PASSWORD));
      assertThat(hashesFor("user" + i, PASSWORD)).isEqualTo(1);
    }
    assertThat(hashesFor("user10000", PASSWORD)).isZero();
    assertThat(hashesFor("user1", PASSWORD)).isZero();
    assertThat(hashesFor("user0", PASSWORD)).isEqualTo(1);
    assertThat(hashesFor("user1", PASSWORD)).as("it has left for user0").isEqualTo(1);
    assertThat(hashesFor("user3", PASSWORD)).isZero();
  }

  @Test
  @DisplayName("BA-6: expired entries make room and take no living one along")
  void expiredMakeRoom() {
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    fixture.clock.advance(Duration.ofMinutes(5));
    assertThat(hashesFor("alice", PASSWORD)).isEqualTo(1);
    store.put(User.builder("2", "bob").passwordHash("salt:" + PASSWORD));
    assertThat(hashesFor("bob", PASSWORD)).isEqualTo(1);
    assertThat(hashesFor("alice", PASSWORD)).as("verified again after its first entry").isZero();
    assertThat(hashesFor("bob", PASSWORD)).isZero();
  }

  @Test
  @DisplayName("BA-6, CH-11: each process has a key of its own, of 32 bytes from the given source")
  void key() {
    List<Integer> asked = new ArrayList<>();
    SecureRandom random =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            asked.add(bytes.length);
          }
        };
    Passwords made =
        Passwords.builder(
                AuthEnvironment.standard().withClock(fixture.clock).withRandom(random),
                fixture.store)
            .hasher(hasher)
            .build();
    assertThat(asked).containsExactly(32);
    assertThat(isRight(repeated(made, "alice", PASSWORD))).isTrue();
    assertThat(isRight(repeated(made, "alice", PASSWORD))).isTrue();
    assertThat(asked).hasSize(1);
    assertThat(hasher.computed()).isEqualTo(1);
  }
}
