package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A store under test and its clock; one for each test. */
final class ThrottleFixture {
  /** Far ahead, so that a store whose database has its own clock drops nothing. */
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00.123Z");

  static final Duration HOUR = Duration.ofHours(1);

  static final int THREADS = 50;

  final SettableClock clock = SettableClock.at(NOW);

  final ThrottleStore store;

  ThrottleFixture(Supplier<ThrottleStore> maker) {
    store = maker.get();
  }

  void assertReplaces(
      String what, String key, Optional<String> expected, Optional<ThrottleStore.Entry> next) {
    assertThat(store.replace(key, expected, next, clock.instant())).as(what).isTrue();
    assertThat(store.find(key, clock.instant()))
        .as("what stands there after %s", what)
        .isEqualTo(next.map(ThrottleStore.Entry::value));
  }

  void assertRefuses(
      String what, String key, Optional<String> expected, Optional<ThrottleStore.Entry> next) {
    Optional<String> before = store.find(key, clock.instant());
    assertThat(store.replace(key, expected, next, clock.instant())).as(what).isFalse();
    assertThat(store.find(key, clock.instant()))
        .as("what stands there after %s", what)
        .isEqualTo(before);
  }

  Throttle.Builder builder() {
    return Throttle.builder(
        AuthEnvironment.standard().withClock(clock).withCounts(new Bounded(store)));
  }

  Throttle throttle() {
    return builder().build();
  }

  static Optional<ThrottleStore.Entry> entry(String value, Instant forgetAt) {
    return Optional.of(new ThrottleStore.Entry(value, NOW, forgetAt));
  }

  /** A value that doesn't end during the test. */
  static Optional<ThrottleStore.Entry> lasting(String value) {
    return entry(value, NOW.plus(Duration.ofDays(365)));
  }

  static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number / 250), (byte) number});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isWrong(Attempt attempt) {
    if (attempt instanceof Attempt.Granted granted) {
      granted.wrong();
      return true;
    }
    return false;
  }

  static boolean isGranted(Attempt attempt) {
    return attempt instanceof Attempt.Granted;
  }

  static Duration rest(Attempt attempt) {
    return attempt instanceof Attempt.Refused refused ? refused.retryAfter() : Duration.ZERO;
  }

  /** How many of these attempts were granted; each thread makes its share of them. */
  static long granted(int threads, int guesses, IntPredicate guess) {
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

  static String ascii(char from, char to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /**
   * A throttle retries until a replacement succeeds; with a faulty store it would retry for ever.
   */
  private record Bounded(ThrottleStore inner, AtomicInteger refused) implements ThrottleStore {
    private static final int MANY = 20_000;

    Bounded(ThrottleStore inner) {
      this(inner, new AtomicInteger());
    }

    @Override
    public Optional<String> find(String key, Instant now) {
      return inner.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      boolean replaced = inner.replace(key, expected, next, now);
      if (!replaced && refused.incrementAndGet() > MANY) {
        throw new AssertionError("Replacements of what was read are refused again and again");
      }
      return replaced;
    }
  }
}
