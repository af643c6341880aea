package dev.sallyport.password;

import dev.sallyport.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal credentials that are checked at the same time share one check: the first makes it, the
 * others wait for its verdict. No lock is held meanwhile.
 */
final class ChecksInFlight {
  private static final int MAX_FOLLOWERS = 255;

  /** What a check may take beside the wait for its turn: an expensive hash and a slow store. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  private final Map<Key, Flight> flights = new ConcurrentHashMap<>();
  private final long maxWaitNanos;

  ChecksInFlight(Duration maxWait) {
    this.maxWaitNanos = maxWait.plus(LONGEST_CHECK).toNanos();
  }

  /** What makes two checks equal: what the client sent, and what each has read of the user. */
  record Key(ByteBuffer digest, long epoch, boolean active) {}

  /**
   * Makes the check, or waits for an equal one.
   *
   * @param adopt makes another's verdict one's own
   * @throws StoreUnavailableException if the check, or the one that was waited for, met an outage
   */
  PasswordResult share(
      Key key, Supplier<PasswordResult> check, UnaryOperator<PasswordResult> adopt) {
    long deadline = System.nanoTime() + maxWaitNanos;
    while (true) {
      Flight mine = new Flight();
      Flight other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return lead(key, mine, check);
      }
      PasswordResult verdict = other.follow(deadline - System.nanoTime());
      if (verdict != null) {
        return adopt.apply(verdict);
      }
    }
  }

  private PasswordResult lead(Key key, Flight flight, Supplier<PasswordResult> check) {
    try {
      PasswordResult verdict = check.get();
      boolean interrupted = isBusy(verdict) && Thread.currentThread().isInterrupted();
      flight.verdict = interrupted ? null : verdict;
      return verdict;
    } catch (StoreUnavailableException e) {
      flight.outage = e;
      throw e;
    } finally {
      flights.remove(key, flight);
      flight.landed.countDown();
    }
  }

  private static boolean isBusy(PasswordResult verdict) {
    return verdict instanceof PasswordResult.Refused refused
        && refused.reason().equals(PasswordResult.NO_TURN);
  }

  /** One check under way. Without verdict and outage, it was given up for a reason of its own. */
  private static final class Flight {
    final CountDownLatch landed = new CountDownLatch(1);
    final AtomicInteger followers = new AtomicInteger();
    volatile @Nullable PasswordResult verdict;
    volatile @Nullable StoreUnavailableException outage;

    /** The verdict; null if somebody else has to make the check. */
    @Nullable PasswordResult follow(long nanos) {
      if (followers.incrementAndGet() > MAX_FOLLOWERS) {
        return PasswordResult.Refused.busy();
      }
      try {
        if (!landed.await(nanos, TimeUnit.NANOSECONDS)) {
          return PasswordResult.Refused.busy();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return PasswordResult.Refused.busy();
      }
      StoreUnavailableException cause = outage;
      if (cause != null) {
        throw new StoreUnavailableException("An equal check met an outage", cause);
      }
      return verdict;
    }
  }
}
