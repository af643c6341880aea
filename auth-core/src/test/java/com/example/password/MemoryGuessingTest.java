package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory of right passwords answers no guess that the throttle would refuse. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemoryGuessingTest {
  private static final String RIGHT = "wonderland";
  private static final Client HOME = client("192.0.2.1");
  private static final Client STRANGER = client("203.0.113.9");

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final Throttle throttle =
      Throttle.builder(
              AuthEnvironment.standard()
                  .withClock(fixture.clock)
                  .withCounts(ThrottleStore.inMemory()))
          .build();
  private final Passwords passwords =
      fixture.builder(hasher).maxConcurrentHashes(8).throttle(throttle).build();

  @BeforeEach
  void alice() {
    fixture.store.put(User.builder("1", "alice").passwordHash("salt:" + RIGHT));
    assertThat(isRight(request(RIGHT, HOME))).isTrue();
  }

  private static Client client(String literal) {
    try {
      return new Client(InetAddress.getByName(literal), "");
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private PasswordResult request(String password, Client client) {
    return passwords.verifyRepeated("alice", Password.of(password), client);
  }

  private void fail(int times, Client client) {
    for (int i = 0; i < times; i++) {
      assertThat(isRight(request("wrong " + i, client))).isFalse();
    }
  }

  /** Fills what this node remembers of waits, by another account. */
  private void fillWaits() {
    for (int i = 0; i < 5; i++) {
      ((Attempt.Granted) throttle.reserve("other", STRANGER.address())).wrong();
    }
    for (int i = 0; i < 10_000; i++) {
      throttle.reserve("other", client("10.1." + i / 256 + "." + i % 256).address());
    }
  }

  @ParameterizedTest
  @DisplayName("BA-6: a hit counts only at the address, or the /64, where the password was right")
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 0",
    "192.0.2.1, 192.0.2.2, 1",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, 0",
    "2001:db8:1:2::1, 2001:db8:1:3::1, 1",
    "2001:db8:1:2::1, 2001:db8:2:2::1, 1",
    "64:ff9b::c633:6401, 198.51.100.1, 0",
    "64:ff9b::c633:6401, 64:ff9b::c633:6402, 1",
    "64:ff9b:1::c633:6401, 198.51.100.1, 1",
  })
  void networks(String first, String second, int hashes) {
    fixture.clock.advance(Duration.ofMinutes(5));
    assertThat(isRight(request(RIGHT, client(first)))).isTrue();
    int before = hasher.computed();
    assertThat(isRight(request(RIGHT, client(second)))).isTrue();
    assertThat(hasher.computed() - before).isEqualTo(hashes);
  }

  @Test
  @DisplayName("BA-6: from ever new /64s no guess at a waiting account is found, and home gets in")
  void everNewNetworks() {
    fail(5, STRANGER);
    int computed = hasher.computed();
    for (int i = 0; i < 2_000; i++) {
      Client network = client("2001:db8:0:" + Integer.toHexString(i) + "::1");
      assertThat(reason(request(RIGHT, network))).isEqualTo(PasswordResult.THROTTLED);
    }
    assertThat(hasher.computed()).isEqualTo(computed);
    assertThat(isRight(request(RIGHT, HOME))).isTrue();
    assertThat(hasher.computed()).as("home's is remembered").isEqualTo(computed);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  @DisplayName(
      "BA-6: from the owner's own network a waiting pair is not found, however full the waits are")
  void ownNetwork(boolean full) {
    if (full) {
      fillWaits();
    }
    fail(5, HOME);
    int computed = hasher.computed();
    for (int i = 0; i < 100; i++) {
      assertThat(reason(request("guess " + i, HOME))).isEqualTo(PasswordResult.THROTTLED);
    }
    assertThat(reason(request(RIGHT, HOME))).isEqualTo(PasswordResult.THROTTLED);
    fixture.clock.advance(Duration.ofMillis(999));
    assertThat(reason(request(RIGHT, HOME))).isEqualTo(PasswordResult.THROTTLED);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(isRight(request(RIGHT, HOME))).isTrue();
    assertThat(hasher.computed()).as("the wait is over, the memory stands").isEqualTo(computed);
  }

  @Test
  @DisplayName("BA-6: full waits turn no memory off: the owner still gets in without a hash")
  void fullWaitsLeaveTheMemory() {
    fillWaits();
    int computed = hasher.computed();
    assertThat(isRight(request(RIGHT, HOME))).isTrue();
    assertThat(hasher.computed()).isEqualTo(computed);
  }

  @Test
  @DisplayName("BA-6: while reservations are out, five credentials are compared and no sixth")
  void fiveCompared() {
    CountDownLatch go = new CountDownLatch(1);
    hasher.whileComputing(() -> Turns.await(go));
    List<Thread> out = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      out.add(start("guess " + i));
    }
    int computed = hasher.computed();
    assertThat(isRight(request(RIGHT, HOME))).as("four are compared, the fifth is right").isTrue();
    out.add(start("guess 4"));
    assertThat(reason(request(RIGHT, HOME))).isEqualTo(PasswordResult.THROTTLED);
    assertThat(hasher.computed()).isLessThanOrEqualTo(computed + 1);
    go.countDown();
    out.forEach(Turns::join);
    assertThat(reason(request(RIGHT, HOME))).isEqualTo(PasswordResult.THROTTLED);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(isRight(request(RIGHT, HOME))).isTrue();
  }

  @Test
  @DisplayName("BA-6, PW-4: guesses that got no turn are compared five times, then not at all")
  void noTurn() {
    Passwords one =
        fixture
            .builder(hasher)
            .maxConcurrentHashes(1)
            .maxWait(Duration.ZERO)
            .throttle(throttle)
            .build();
    Password right = Password.of(RIGHT);
    assertThat(isRight(one.verifyRepeated("alice", right, HOME))).isTrue();
    Turns.whileTaken(
        one,
        hasher,
        () -> {
          for (int i = 0; i < 5; i++) {
            PasswordResult verdict = one.verifyRepeated("alice", Password.of("guess " + i), HOME);
            assertThat(reason(verdict)).isEqualTo(PasswordResult.NO_TURN);
          }
          assertThat(reason(one.verifyRepeated("alice", right, HOME)))
              .isEqualTo(PasswordResult.NO_TURN);
        });
    int before = hasher.computed();
    assertThat(isRight(one.verifyRepeated("alice", right, HOME))).isTrue();
    assertThat(isRight(one.verifyRepeated("alice", right, HOME))).isTrue();
    assertThat(hasher.computed() - before).as("one hash, and it is remembered").isEqualTo(1);
  }

  private Thread start(String guess) {
    Thread thread = new Thread(() -> request(guess, HOME));
    thread.start();
    Turns.awaitWaiting(thread);
    return thread;
  }
}
