package dev.sallyport.password;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.throttle.ClientNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal credentials that are checked at the same time share one check: the first makes it, the
 * others wait for its verdict. No lock is held meanwhile.
 */
final class ChecksInFlight {
  /** Of one network: others have the rest of the places. */
  private static final int MAX_OF_NETWORK = 255;

  static final int MAX_FOLLOWERS = 4 * MAX_OF_NETWORK;

  /** What a check may take beside the wait for its turn: an expensive hash and a slow store. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  private final Map<Key, Flight> flights = new ConcurrentHashMap<>();
  private final Map<Thread, CompletableFuture<Void>> followers = new ConcurrentHashMap<>();
  private final Map<ClientNetwork, Integer> ofNetworks = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();
  private final long maxWaitNanos;

  ChecksInFlight(Duration maxWait) {
    this.maxWaitNanos = maxWait.plus(LONGEST_CHECK).toNanos();
  }

  /** What makes two checks equal: what the client sent, and what each has read of the user. */
  record Key(ByteBuffer digest, long epoch, boolean active) {}

  /**
   * Makes the check, or waits for an equal one.
   *
   * @param network the client's, which the key contains
   * @param adopt makes another's verdict one's own
   * @throws StoreUnavailableException if the check, or the one that was waited for, met an outage
   */
  PasswordResult share(
      Key key,
      ClientNetwork network,
      Supplier<PasswordResult> check,
      UnaryOperator<PasswordResult> adopt) {
    long deadline = System.nanoTime() + maxWaitNanos;
    while (true) {
      Flight mine = new Flight();
      Flight other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return lead(key, mine, check);
      }
      PasswordResult verdict = follow(other, network, deadline - System.nanoTime());
      if (verdict != null) {
        return adopt.apply(verdict);
      }
    }
  }

  private PasswordResult lead(Key key, Flight flight, Supplier<PasswordResult> check) {
    try {
      PasswordResult verdict = check.get();
      flight.verdict = isOwn(verdict) ? null : verdict;
      return verdict;
    } catch (StoreUnavailableException e) {
      flight.outage = e;
      throw e;
    } finally {
      flights.remove(key, flight);
      flight.landed.complete(null);
    }
  }

  /** Whether a check was given up for a reason that is no other's. */
  private static boolean isOwn(PasswordResult verdict) {
    return verdict instanceof PasswordResult.Refused refused
        && (refused.reason().equals(PasswordResult.GIVEN_UP)
            || (refused.isUndecided() && Thread.currentThread().isInterrupted()));
  }

  /** The verdict; null if somebody else has to make the check. */
  private @Nullable PasswordResult follow(Flight flight, ClientNetwork network, long nanos) {
    Thread thread = Thread.currentThread();
    CompletableFuture<Void> landed = flight.landed.copy();
    try {
      if (!enter(network)) {
        return PasswordResult.Refused.busy();
      }
      followers.put(thread, landed);
      landed.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      thread.interrupt();
      return PasswordResult.Refused.busy();
    } catch (TimeoutException e) {
      return PasswordResult.Refused.busy();
    } catch (CancellationException e) {
      return PasswordResult.Refused.givenUp();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    } finally {
      followers.remove(thread);
      leave(network);
    }
    return flight.verdict();
  }

  private boolean enter(ClientNetwork network) {
    int mine = ofNetworks.merge(network, 1, Integer::sum);
    return all.incrementAndGet() <= MAX_FOLLOWERS && mine <= MAX_OF_NETWORK;
  }

  private void leave(ClientNetwork network) {
    all.decrementAndGet();
    ofNetworks.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
  }

  /** Ends the wait of a thread; it does nothing if the thread doesn't wait. */
  void giveUp(Thread thread) {
    CompletableFuture<Void> waiting = followers.get(thread);
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** One check under way. Without verdict and outage, it was given up for a reason of its own. */
  private static final class Flight {
    final CompletableFuture<Void> landed = new CompletableFuture<>();
    volatile @Nullable PasswordResult verdict;
    volatile @Nullable StoreUnavailableException outage;

    @Nullable PasswordResult verdict() {
      StoreUnavailableException cause = outage;
      if (cause != null) {
        throw new StoreUnavailableException("An equal check met an outage", cause);
      }
      return verdict;
    }
  }
}
