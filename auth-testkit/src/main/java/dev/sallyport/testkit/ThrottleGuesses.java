package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What {@link ThrottleContract} asks of a real throttle that counts in the store. */
abstract class ThrottleGuesses {
  static final int THREADS = 50;
  private static final int GUESSES = 200;

  /** Far ahead, so that a store whose database has a clock of its own drops nothing by it. */
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00.123Z");

  final SettableClock clock = SettableClock.at(NOW);

  /** The store of this test. */
  ThrottleStore store;

  abstract ThrottleStore store(Clock clock);

  @BeforeEach
  void makeStore() {
    store = store(clock);
  }

  static Optional<ThrottleStore.Entry> entry(String value, Instant forgetAt) {
    return Optional.of(new ThrottleStore.Entry(value, NOW, forgetAt));
  }

  /** A value that nothing ends in this test. */
  static Optional<ThrottleStore.Entry> lasting(String value) {
    return entry(value, NOW.plus(Duration.ofDays(365)));
  }

  private Throttle.Builder builder() {
    return Throttle.builder(new Bounded(store)).clock(clock);
  }

  private Throttle throttle() {
    return builder().build();
  }

  /**
   * A throttle tries again until a replacement is made; a wrong store would let it try for ever.
   */
  private record Bounded(ThrottleStore inner, AtomicInteger refused) implements ThrottleStore {
    private static final int MANY = 20_000;

    Bounded(ThrottleStore inner) {
      this(inner, new AtomicInteger());
    }

    @Override
    public Optional<String> find(String key) {
      return inner.find(key);
    }

    @Override
    public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
      boolean replaced = inner.replace(key, expected, next);
      if (!replaced && refused.incrementAndGet() > MANY) {
        throw new AssertionError("Replacements of what was read are refused again and again");
      }
      return replaced;
    }
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number / 250), (byte) number});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isWrong(Attempt attempt) {
    if (attempt instanceof Attempt.Granted granted) {
      granted.wrong();
      return true;
    }
    return false;
  }

  private static boolean isGranted(Attempt attempt) {
    return attempt instanceof Attempt.Granted;
  }

  private static Duration rest(Attempt attempt) {
    return attempt instanceof Attempt.Refused refused ? refused.retryAfter() : Duration.ZERO;
  }

  /** How many of these were granted; each thread has its share of them. */
  private static long granted(int threads, int guesses, IntPredicate guess) {
    return Race.of(
            threads,
            thread ->
                IntStream.range(0, guesses)
                    .filter(number -> number % threads == thread)
                    .filter(guess)
                    .count())
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @RepeatedTest(3)
  @DisplayName("TH-1 of 200 wrong guesses at once, by two nodes that share the store, 5 are made")
  void guesses() {
    List<Throttle> nodes = List.of(throttle(), throttle());
    assertThat(
            granted(
                THREADS,
                GUESSES,
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
  void oneAddress() {
    Throttle throttle = builder().address(10, Duration.ofMinutes(15)).build();
    assertThat(granted(10, 50, i -> isWrong(throttle.reserve("user " + i, address(0)))))
        .as("how many guesses were granted to one address")
        .isEqualTo(10);
    clock.advance(Duration.ofMinutes(15));
    assertThat(isGranted(throttle.reserve("alice", address(0)))).as("after the window").isTrue();
  }

  @Test
  @DisplayName("TH-1, TH-3 a right password deletes the count, and its address is known from then")
  void right() {
    Throttle throttle = throttle();
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
  void leases() {
    Throttle throttle = throttle();
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
  void forgets() {
    Throttle throttle = throttle();
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
