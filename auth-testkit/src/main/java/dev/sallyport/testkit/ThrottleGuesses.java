package dev.sallyport.testkit;

import static dev.sallyport.testkit.ThrottleFixture.THREADS;
import static dev.sallyport.testkit.ThrottleFixture.address;
import static dev.sallyport.testkit.ThrottleFixture.granted;
import static dev.sallyport.testkit.ThrottleFixture.isGranted;
import static dev.sallyport.testkit.ThrottleFixture.isWrong;
import static dev.sallyport.testkit.ThrottleFixture.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests of {@link ThrottleContract} for a real throttle that counts in the store. */
@SuppressWarnings("doclint:missing") // display names say it
interface ThrottleGuesses {
  ThrottleStore store();

  @RepeatedTest(3)
  @DisplayName("TH-1 of 200 wrong guesses at once, by two nodes that share the store, 5 are made")
  default void guesses() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    SettableClock clock = given.clock;
    List<Throttle> nodes = List.of(given.throttle(), given.throttle());
    assertThat(
            granted(
                THREADS,
                200,
                i -> isWrong(nodes.get(i / THREADS % 2).reserve("alice", address(i)))))
        .as("how many guesses were granted")
        .isEqualTo(5);
    assertThat(rest(nodes.get(0).reserve("alice", address(0)))).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(
            granted(10, 50, i -> isWrong(nodes.get(i / 10 % 2).reserve("alice", address(200 + i)))))
        .as("how many guesses were granted after a wait")
        .isEqualTo(1);
    assertThat(rest(nodes.get(1).reserve("alice", address(0)))).isEqualTo(Duration.ofSeconds(2));
  }

  @RepeatedTest(3)
  @DisplayName("TH-2 of 50 guesses from one address at once exactly as many as may be are made")
  default void oneAddress() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    SettableClock clock = given.clock;
    Throttle throttle = given.builder().address(10, Duration.ofMinutes(15)).build();
    assertThat(granted(10, 50, i -> isWrong(throttle.reserve("user " + i, address(0)))))
        .as("how many guesses were granted to one address")
        .isEqualTo(10);
    clock.advance(Duration.ofMinutes(15));
    assertThat(isGranted(throttle.reserve("alice", address(0)))).as("after the window").isTrue();
  }

  @Test
  @DisplayName("TH-1, TH-3 a right password deletes the count, and its address is known from then")
  default void right() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    Throttle throttle = given.throttle();
    for (int i = 0; i < 4; i++) {
      assertThat(isWrong(throttle.reserve("alice", address(1)))).isTrue();
    }
    Attempt fifth = throttle.reserve("alice", address(1));
    assertThat(fifth).isInstanceOf(Attempt.Granted.class);
    ((Attempt.Granted) fifth).right();
    assertThat(granted(1, 9, i -> isWrong(throttle.reserve("alice", address(2)))))
        .as("how many guesses were granted to a stranger after the count was deleted")
        .isEqualTo(5);
    assertThat(isGranted(throttle.reserve("alice", address(1))))
        .as("whether the known address goes on while strangers wait")
        .isTrue();
  }

  @Test
  @DisplayName("TH-1 reservations that nobody settles are failures when their lease ends")
  default void leases() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    SettableClock clock = given.clock;
    Throttle throttle = given.throttle();
    assertThat(granted(10, 10, i -> isGranted(throttle.reserve("alice", address(i)))))
        .as("how many reservations were granted")
        .isEqualTo(5);
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(isGranted(throttle.reserve("alice", address(50)))).as("while all are out").isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(rest(throttle.reserve("alice", address(51))))
        .as("the wait after five leases have ended")
        .isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(isGranted(throttle.reserve("alice", address(52)))).as("after the wait").isTrue();
  }

  @Test
  @DisplayName("TH-1 what is given back is not counted, and a count is forgotten after a day")
  default void forgets() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    SettableClock clock = given.clock;
    Throttle throttle = given.throttle();
    for (int i = 0; i < 20; i++) {
      Attempt attempt = throttle.reserve("alice", address(i));
      assertThat(attempt).as("attempt %s", i).isInstanceOf(Attempt.Granted.class);
      ((Attempt.Granted) attempt).giveBack();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(isWrong(throttle.reserve("alice", address(i)))).isTrue();
    }
    clock.advance(Duration.ofHours(24));
    assertThat(granted(1, 9, i -> isWrong(throttle.reserve("alice", address(i)))))
        .as("how many guesses were granted a day later")
        .isEqualTo(5);
  }
}
