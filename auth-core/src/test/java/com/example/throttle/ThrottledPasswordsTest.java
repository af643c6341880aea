package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottledPasswordsTest {
  private static final Password RIGHT = Password.of("correct horse battery");
  private static final Password WRONG = Password.of("incorrect horse");

  private final SettableClock clock = SettableClock.create();
  private final RecordingListener events = new RecordingListener();
  private final CheapHasher hasher = CheapHasher.create();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();
  private final AccountStore users = CredentialStore.inMemory();
  private final ThrottleStore counts = ThrottleStore.inMemory();
  private final Passwords passwords =
      Passwords.builder(
              AuthEnvironment.standard()
                  .withClock(clock)
                  .withListener(events)
                  .withCounts(new FragileStore()),
              new CountingUsers())
          .hasher(hasher)
          .build();
  private final Client client = new Client(ThrottleTest.address("203.0.113.1"), "");

  /** Counts what it is asked. */
  private final class CountingUsers implements CredentialStore {
    @Override
    public Optional<User> findByName(String name) {
      asked.incrementAndGet();
      return users.findByName(name);
    }

    @Override
    public Optional<User> findById(String id) {
      return users.findById(id);
    }
  }

  /** Can be down. */
  private final class FragileStore implements ThrottleStore {
    @Override
    public Optional<String> find(String key, Instant now) {
      if (down.get()) {
        throw new StoreUnavailableException("down");
      }
      return counts.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return counts.replace(key, expected, next, now);
    }
  }

  @BeforeEach
  void register() {
    users.insert(
        User.builder("1", "alice").passwordHash(hasher.hash(RIGHT, new SecureRandom())).build());
    users.insert(User.builder("2", "gone").passwordHash("garbage").active(false).build());
    users.insert(User.builder("3", "broken").passwordHash("garbage").build());
  }

  private Refusal refusal(String name, Password password) {
    PasswordResult verdict = passwords.verify(name, password, client);
    return ((PasswordResult.Refused) verdict).reason().refusal();
  }

  @ParameterizedTest
  @DisplayName("TH-1, TH-4, row 44 five wrong ones, then 429 without a hash, whoever it is")
  @ValueSource(strings = {"alice", "nobody", "gone", "broken"})
  void throttles(String name) {
    for (int i = 0; i < 5; i++) {
      assertThat(refusal(name, WRONG)).isEqualTo(Refusal.INVALID_CREDENTIALS);
    }
    int computed = hasher.computed();
    assertThat(refusal(name, WRONG)).isEqualTo(Refusal.THROTTLED);
    assertThat(refusal(name, RIGHT)).isEqualTo(Refusal.THROTTLED);
    assertThat(hasher.computed()).isEqualTo(computed);
    assertThat(refusal("somebody else", WRONG)).isEqualTo(Refusal.INVALID_CREDENTIALS);
  }

  @Test
  @DisplayName("TH-1 the right password is refused until the wait has passed, and then resets it")
  void waitPasses() {
    for (int i = 0; i < 5; i++) {
      refusal("alice", WRONG);
    }
    PasswordResult refused = passwords.verify("alice", RIGHT, client);
    assertThat(((PasswordResult.Refused) refused).retryAfter()).contains(Duration.ofSeconds(1));
    Rejected rejected = ((PasswordResult.Refused) refused).rejected("login");
    assertThat(rejected).hasToString("Rejected[login, throttled]");
    assertThat(rejected.retryAfter()).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(passwords.verify("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
    for (int i = 0; i < 4; i++) {
      refusal("alice", WRONG);
    }
    assertThat(passwords.verify("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("BA-6 who is remembered as waiting is refused before any store is asked")
  void rememberedAsksNoStore() {
    for (int i = 0; i < 6; i++) {
      passwords.verifyRepeated("alice", WRONG, client);
    }
    int before = asked.get();
    down.set(true);
    assertThat(passwords.verifyRepeated("alice", RIGHT, client)).hasToString("Refused[throttled]");
    assertThat(asked).hasValue(before);
  }

  @Test
  @DisplayName("BA-6 a password that is remembered as right needs no reservation")
  void hitNeedsNoReservation() {
    passwords.verifyRepeated("alice", RIGHT, client);
    down.set(true);
    assertThat(passwords.verifyRepeated("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("TH-1 an outage counts nothing, and no hash is computed while counts can't be kept")
  void outage() {
    int computed = hasher.computed();
    down.set(true);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> passwords.verify("alice", WRONG, client))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(hasher.computed()).isEqualTo(computed);
    down.set(false);
    assertThat(passwords.verify("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("TH-1, PW-4 who gets no turn for hashing has not failed")
  void noTurnGivesBack() {
    for (int i = 0; i < 20; i++) {
      Thread.currentThread().interrupt();
      PasswordResult verdict = passwords.verify("alice", WRONG, client);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(verdict).hasToString("Refused[no_turn_for_hashing]");
    }
    assertThat(passwords.verify("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("TH-4 an empty name is refused before it is counted")
  void emptyName() {
    for (int i = 0; i < 200; i++) {
      assertThat(refusal("", WRONG)).isEqualTo(Refusal.INVALID_CREDENTIALS);
    }
    assertThat(passwords.verify("alice", RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("EV-1 a throttled login is an event of its own")
  void event() {
    Accounts accounts = Accounts.builder(users, passwords).build();
    for (int i = 0; i < 6; i++) {
      accounts.verify("alice", WRONG, client);
    }
    assertThat(events.events(AuthEvent.AuthenticationFailed.class)).hasSize(5);
    assertThat(events.events(AuthEvent.Throttled.class))
        .containsExactly(
            new AuthEvent.Throttled(clock.instant(), "login", "alice", client.address()));
  }
}
