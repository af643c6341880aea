package dev.sallyport.throttle;

import dev.sallyport.counts.ThrottleStore;
import java.time.Duration;
import java.time.Instant;

/**
 * How many failures a key may have, and how long it waits then. An account waits longer with each
 * further failure, and its count lives on from the last one; an address waits for the end of a
 * window that begins with the first.
 *
 * @param failures from which failure on the key waits
 * @param firstWait the first wait, which doubles; in milliseconds, as all times here
 * @param maxWait the longest wait
 * @param lifetime after how long a count is forgotten
 * @param fromFirst whether the lifetime begins with the first failure, and the wait ends with it
 */
record Limit(int failures, long firstWait, long maxWait, long lifetime, boolean fromFirst) {
  private static final long WHILE_ONE_IS_OUT = 1000;

  static Limit ofAccount(int failures, Duration first, Duration max, Duration forgetAfter) {
    return new Limit(failures, first.toMillis(), max.toMillis(), forgetAfter.toMillis(), false);
  }

  static Limit ofAddress(int failures, Duration window) {
    return new Limit(failures, 0, 0, window.toMillis(), true);
  }

  /** How long to wait before a reservation; 0 if there may be one now. */
  long rest(Count count, long now) {
    if (count.waits(now)) {
      return count.waitUntil() - now;
    }
    boolean oneIsOut = !count.leases().isEmpty();
    return oneIsOut && count.total() >= failures ? WHILE_ONE_IS_OUT : 0;
  }

  /** One failure more. */
  Count fail(Count before, long at) {
    Count count = refresh(before, at);
    int failed = count.failures() + 1;
    boolean begun = fromFirst && count.failures() > 0;
    long since = begun ? count.lastFailure() : Math.max(count.lastFailure(), at);
    long waitUntil = count.waitUntil();
    if (failed >= failures) {
      waitUntil = Math.max(waitUntil, fromFirst ? since + lifetime : at + wait(failed));
    }
    return new Count(failed, waitUntil, since, count.leases());
  }

  private long wait(int failed) {
    int doublings = Math.min(failed - failures, 30);
    return Math.min(maxWait, firstWait << doublings);
  }

  /** What time alone has changed: leases that have ended are failures of that moment. */
  Count settleEnded(Count count, long now) {
    Count settled = count;
    for (long lease : count.leases()) {
      if (lease <= now) {
        settled = fail(settled.without(lease).orElse(settled), lease);
      }
    }
    return refresh(settled, now);
  }

  private Count refresh(Count count, long now) {
    return count.failures() > 0 && now >= count.lastFailure() + lifetime
        ? new Count(0, 0, 0, count.leases())
        : count;
  }

  /** What a store is to keep. */
  ThrottleStore.Entry entry(Count count) {
    long holdUntil = Math.max(count.waitUntil(), count.latestLease());
    long forgetAt = Math.max(count.latestLease(), count.lastFailure()) + lifetime;
    return new ThrottleStore.Entry(
        count.write(), Instant.ofEpochMilli(holdUntil), Instant.ofEpochMilli(forgetAt));
  }
}
