package dev.sallyport.throttle;

import java.time.Duration;

/** How many failures one kind of key may have, and how long it waits then. */
sealed interface Limit {
  /** How long to wait before a reservation; 0 if there may be one now. In milliseconds. */
  long rest(Count count, long now);

  /** One failure more. */
  Count fail(Count count, long at);

  /** What time alone has changed. */
  Count refresh(Count count, long now);

  /** Until when the count must be kept, and from when on it may be forgotten. */
  long holdUntil(Count count);

  long forgetAt(Count count);

  /** Leases that have ended are failures of the time at which they ended. */
  default Count settleEnded(Count count, long now) {
    Count settled = count;
    for (long lease : count.leases()) {
      if (lease <= now) {
        settled = fail(settled.without(lease).orElse(settled), lease);
      }
    }
    return refresh(settled, now);
  }

  /** For an account: from so many failures on a wait, which doubles with each further one. */
  record Backoff(int threshold, Duration firstWait, Duration maxWait, Duration forgetAfter)
      implements Limit {
    private static final long WHILE_ONE_IS_OUT = 1000;

    @Override
    public long rest(Count count, long now) {
      if (now < count.waitUntil()) {
        return count.waitUntil() - now;
      }
      boolean oneIsOut = !count.leases().isEmpty();
      return oneIsOut && count.total() >= threshold ? WHILE_ONE_IS_OUT : 0;
    }

    @Override
    public Count fail(Count count, long at) {
      int failures = count.failures() + 1;
      long waitUntil =
          failures < threshold
              ? count.waitUntil()
              : Math.max(count.waitUntil(), at + wait(failures));
      return new Count(failures, waitUntil, Math.max(count.lastFailure(), at), count.leases());
    }

    private long wait(int failures) {
      int doublings = Math.min(failures - threshold, 30);
      return Math.min(maxWait.toMillis(), firstWait.toMillis() << doublings);
    }

    @Override
    public Count refresh(Count count, long now) {
      return count.failures() > 0 && now >= count.lastFailure() + forgetAfter.toMillis()
          ? new Count(0, 0, 0, count.leases())
          : count;
    }

    @Override
    public long holdUntil(Count count) {
      return Math.max(count.waitUntil(), count.latestLease());
    }

    @Override
    public long forgetAt(Count count) {
      return Math.max(count.latestLease(), count.lastFailure()) + forgetAfter.toMillis();
    }
  }

  /** For an address: so many failures in a stretch of time that begins with the first. */
  record Window(int failures, Duration length) implements Limit {
    @Override
    public long rest(Count count, long now) {
      if (count.total() < failures) {
        return 0;
      }
      return Math.max(1, count.failures() == 0 ? 1 : end(count) - now);
    }

    private long end(Count count) {
      return count.lastFailure() + length.toMillis();
    }

    /** {@code lastFailure} is the first of the window here. */
    @Override
    public Count fail(Count count, long at) {
      Count current = refresh(count, at);
      long first = current.failures() == 0 ? at : current.lastFailure();
      return new Count(current.failures() + 1, 0, first, current.leases());
    }

    @Override
    public Count refresh(Count count, long now) {
      return count.failures() > 0 && now >= end(count) ? new Count(0, 0, 0, count.leases()) : count;
    }

    @Override
    public long holdUntil(Count count) {
      return count.total() >= failures ? forgetAt(count) : count.latestLease();
    }

    @Override
    public long forgetAt(Count count) {
      return Math.max(count.latestLease(), count.lastFailure()) + length.toMillis();
    }
  }
}
