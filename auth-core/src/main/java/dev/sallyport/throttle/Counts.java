package dev.sallyport.throttle;

import dev.sallyport.counts.ThrottleStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Changes counts in a store: each change compares and swaps until it is done. */
record Counts(ThrottleStore store, Clock clock, long leaseMillis) {
  /**
   * What one key says to a check.
   *
   * @param leaseEnd when the lease that was taken ends, which names it; 0 if none was
   * @param rest how long to wait where none was taken, in milliseconds; else 0
   * @param isWaiting whether it is failures that make it wait, and not only checks that are out
   */
  record Reservation(long leaseEnd, long rest, boolean isWaiting) {
    boolean isRefused() {
      return rest > 0;
    }
  }

  /** Counts a failure in advance, unless the key waits. */
  Reservation reserve(String key, Limit limit) {
    Reservation[] said = new Reservation[1];
    update(
        key,
        limit,
        (count, time) -> {
          long now = time.toEpochMilli();
          long rest = limit.rest(count, now);
          said[0] = new Reservation(rest > 0 ? 0 : now + leaseMillis, rest, count.waits(now));
          return rest > 0 ? null : count.reserve(said[0].leaseEnd());
        });
    return said[0];
  }

  /** Takes a reservation back; does nothing if it has ended or never existed. */
  void giveBack(String key, Limit limit, long leaseEnd) {
    update(key, limit, (count, now) -> count.without(leaseEnd).orElse(null));
  }

  /** Settles a reservation as a failure, and returns until when the key waits; 0 if it doesn't. */
  long fail(String key, Limit limit, long leaseEnd) {
    long[] waitUntil = new long[1];
    update(
        key,
        limit,
        (count, now) -> {
          Optional<Count> failed =
              count.without(leaseEnd).map(rest -> limit.fail(rest, now.toEpochMilli()));
          waitUntil[0] = failed.map(Count::waitUntil).orElse(0L);
          return failed.orElse(null);
        });
    return waitUntil[0];
  }

  /** Deletes a count. Where others share it, only the reservation is taken back. */
  void clear(String key, Limit limit, long leaseEnd) {
    Instant now = clock.instant();
    if (store.isShared(key, now)) {
      giveBack(key, limit, leaseEnd);
      return;
    }
    Optional<String> text = store.find(key, now);
    while (text.isPresent() && !store.replace(key, text, Optional.empty(), now)) {
      text = store.find(key, now);
    }
  }

  /** What the change makes of a count replaces it; null leaves it as it is. */
  private void update(String key, Limit limit, BiFunction<Count, Instant, @Nullable Count> change) {
    while (true) {
      Instant now = clock.instant();
      Optional<String> text = store.find(key, now);
      Count count = limit.settleEnded(text.map(Count::read).orElse(Count.NONE), now.toEpochMilli());
      Count next = change.apply(count, now);
      if (next == null || store.replace(key, text, kept(key, limit, next, now), now)) {
        return;
      }
    }
  }

  /** A count of nothing needs no room, but one that others share is never removed. */
  private Optional<ThrottleStore.Entry> kept(String key, Limit limit, Count next, Instant now) {
    return next.total() > 0 || store.isShared(key, now)
        ? Optional.of(limit.entry(next))
        : Optional.empty();
  }
}
