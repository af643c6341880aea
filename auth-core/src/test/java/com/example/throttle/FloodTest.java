package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything of a small store filled, by an attacker with as many networks as they like. */
@DisplayName("A throttle whose memory is full")
class FloodTest {
  private static final int ROOM = 50;
  private static final Password RIGHT = Password.of("correct horse");
  private static final Password WRONG = Password.of("wrong horse");

  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore store = ThrottleStore.inMemory(ROOM);
  private final AccountStore users = CredentialStore.inMemory();
  private final Passwords passwords =
      Passwords.builder(
              AuthEnvironment.standard()
                  .withClock(clock)
                  .withListener(event -> {})
                  .withCounts(store),
              users)
          .hasher(CheapHasher.create())
          .build();
  private final Accounts accounts = Accounts.builder(users, passwords).build();
  private final PasswordReset reset =
      PasswordReset.of(accounts, TokenStore.inMemory(), (user, code, expiresAt) -> {});
  private final Client home = client(1, 0);

  FloodTest() {
    accounts.register("victim", RIGHT);
    assertThat(logsIn("victim", RIGHT, home)).isTrue();
  }

  /** Of a /64 of its own for each number. */
  private static Client client(int site, int number) {
    byte[] bytes = ByteBuffer.allocate(16).putInt(0x20010db8 + site).putInt(number).array();
    try {
      return new Client(InetAddress.getByAddress(bytes), "");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean logsIn(String name, Password password, Client client) {
    return accounts.verify(name, password, client) instanceof PasswordResult.Verified;
  }

  /** The owner gets in at home, also after strangers and typing errors. */
  private void assertHomeIsKnown() {
    for (int i = 0; i < 20; i++) {
      accounts.verify("victim", WRONG, client(99, i));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(logsIn("victim", WRONG, home)).isFalse();
    }
    assertThat(logsIn("victim", RIGHT, home)).isTrue();
  }

  @Test
  @DisplayName("TH-4 a flood of reset requests fills no memory of passwords, nor known addresses")
  void resets() {
    for (int i = 0; i < 100 * ROOM; i++) {
      reset.request("name" + i % 997, client(2, i));
    }
    assertHomeIsKnown();
    for (int i = 0; i < 20; i++) {
      accounts.register("honest" + i, RIGHT);
      assertThat(logsIn("honest" + i, RIGHT, client(3, i))).isTrue();
    }
  }

  @Test
  @DisplayName(
      "AC-5, TH-4 where strangers' resets fill all addresses, the owner at home gets a code")
  void ownersCode() {
    List<String> codes = new ArrayList<>();
    PasswordReset flooded =
        PasswordReset.of(
            accounts, TokenStore.inMemory(), (user, code, expiresAt) -> codes.add(user.name()));
    for (int i = 0; i < 3000; i++) {
      for (int request = 0; request < 20; request++) {
        flooded.request("name" + i + "/" + request, client(12, i));
      }
    }
    assertThat(IntStream.range(0, 20).mapToObj(i -> flooded.request("other", client(13, i))))
        .as("most strangers share a count that waits")
        .anyMatch(Optional::isPresent);
    for (int i = 0; i < 3; i++) {
      assertThat(flooded.request("victim", home)).isEmpty();
    }
    assertThat(codes).containsOnly("victim").hasSize(3);
    assertThat(flooded.request("victim", home)).as("the owner's own count holds").isPresent();
  }

  @Test
  @DisplayName("TH-4 a reservation that is given back leaves a shared count as it was")
  void givesBackShared() {
    Throttle throttle =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store))
            .failures(1)
            .waits(Duration.ofHours(1), Duration.ofHours(1))
            .build();
    for (int i = 0; i < ROOM; i++) {
      ((Attempt.Granted) throttle.reserve("held" + i, client(14, i).address())).wrong();
    }
    for (int i = 0; i < 5; i++) {
      Attempt attempt = throttle.reserve("in a bucket", client(15, 0).address());
      assertThat(attempt).as("attempt " + i).isInstanceOf(Attempt.Granted.class);
      ((Attempt.Granted) attempt).giveBack();
      clock.advance(Duration.ofSeconds(31)); // a reservation that is left counts as wrong
    }
  }

  @Test
  @DisplayName("TH-4 a flood of sign-ups and of wrong passwords evicts no known address")
  void signUpsAndGuesses() {
    for (int i = 0; i < 20 * ROOM; i++) {
      accounts.register("x" + i, Password.of("short"), client(4, i));
      accounts.verify("name" + i, WRONG, client(5, i));
    }
    assertHomeIsKnown();
  }

  @Test
  @DisplayName("TH-4 a space of known addresses that is full means not known, and no error")
  void knownIsFull() {
    for (int i = 0; i < 3 * ROOM; i++) {
      accounts.register("mallory" + i, RIGHT);
      assertThat(logsIn("mallory" + i, RIGHT, client(6, i))).isTrue();
    }
    accounts.register("late", RIGHT);
    for (int i = 0; i < 3; i++) {
      assertThat(logsIn("late", RIGHT, client(7, 0))).isTrue();
    }
    assertHomeIsKnown();
    clock.advance(Duration.ofDays(31));
    assertThat(logsIn("late", RIGHT, client(7, 0))).isTrue();
    for (int i = 0; i < 20; i++) {
      accounts.verify("late", WRONG, client(99, i));
    }
    assertThat(logsIn("late", RIGHT, client(7, 0))).as("there is room again").isTrue();
  }

  @Test
  @DisplayName("TH-3, TH-4 where no more addresses can be known, nobody's is taken for another's")
  void knownOfOthers() {
    Throttle throttle =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
    for (int i = 0; i < 2 * ROOM; i++) {
      ((Attempt.Granted) throttle.reserve("mallory" + i, client(16, 0).address())).right();
    }
    for (int i = 0; i < 5000; i++) {
      Attempt.Granted attempt =
          (Attempt.Granted) throttle.reserve("victim" + i, client(16, 0).address());
      assertThat(attempt.isKnownAddress()).isFalse();
      attempt.giveBack();
    }
  }

  @Test
  @DisplayName(
      "TH-4 a success takes back its own reservation, and none of those that share a count")
  void sharedBucket() {
    Throttle throttle =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
    for (int i = 0; i < 3000; i++) {
      for (int failure = 0; failure < 5; failure++) {
        if (throttle.reserve("guessed" + i, client(8, i).address())
            instanceof Attempt.Granted granted) {
          granted.wrong();
        }
      }
    }
    int waitingBefore = waiting(throttle);
    assertThat(waitingBefore).isPositive();
    for (int i = 0; i < 3000; i++) {
      if (throttle.reserve("honest" + i, client(9, i).address())
          instanceof Attempt.Granted granted) {
        granted.right();
      }
    }
    assertThat(waiting(throttle)).isGreaterThanOrEqualTo(waitingBefore);
  }

  private int waiting(Throttle throttle) {
    int waiting = 0;
    for (int i = 0; i < 3000; i++) {
      Attempt attempt = throttle.reserve("guessed" + i, client(10, i).address());
      if (attempt instanceof Attempt.Granted granted) {
        granted.giveBack();
      } else {
        waiting++;
      }
    }
    return waiting;
  }

  @Test
  @DisplayName("TH-4 what somebody else wrote into the store counts as nothing, and is no error")
  void foreignValues() {
    ThrottleStore garbled =
        new ThrottleStore() {
          @Override
          public Optional<String> find(String key, Instant now) {
            return store
                .find(key, now)
                .map(value -> key.contains("known") ? "1 2 =x a=b" : "nonsense");
          }

          @Override
          public boolean replace(
              String key, Optional<String> expected, Optional<Entry> next, Instant now) {
            return store.replace(key, store.find(key, now), next, clock.instant());
          }
        };
    Throttle throttle =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(garbled)).build();
    for (int i = 0; i < 3; i++) {
      Attempt attempt = throttle.reserve("alice", home.address());
      assertThat(attempt).isInstanceOf(Attempt.Granted.class);
      ((Attempt.Granted) attempt).right();
    }
  }

  @Test
  @DisplayName("TH-3 one wrong password a second for a day keeps nobody out at a known address")
  void aDay() {
    Instant end = clock.instant().plus(Duration.ofDays(1));
    int second = 0;
    while (clock.instant().isBefore(end)) {
      accounts.verify("victim", WRONG, client(11, second));
      if (second % 60 == 0) {
        assertThat(logsIn("victim", RIGHT, home)).isTrue();
      }
      clock.advance(Duration.ofSeconds(1));
      second++;
    }
  }
}
