package dev.sallyport.throttle;

import dev.sallyport.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The throttle's answer to one check of a password. */
public sealed interface Attempt {
  /**
   * The check may go on. It is already counted as a failure; report once how it ended. A check that
   * reports nothing counts as failed thirty seconds later.
   */
  final class Granted implements Attempt {
    private final Throttle throttle;
    private final ThrottleKeys keys;
    private final String accountKey;
    private final long addressLease;
    private final long accountLease;

    Granted(
        Throttle throttle,
        ThrottleKeys keys,
        String accountKey,
        long addressLease,
        long accountLease) {
      this.throttle = throttle;
      this.keys = keys;
      this.accountKey = accountKey;
      this.addressLease = addressLease;
      this.accountLease = accountLease;
    }

    /**
     * {@return whether the account has logged in from this client before} If so, the pair has a
     * count of its own, and strangers' failures don't count.
     */
    public boolean isKnownAddress() {
      return accountKey.equals(keys.pair());
    }

    /**
     * Does what was reserved for. If it throws, there is no verdict, and nothing is counted.
     *
     * @param work the work; whatever it throws comes through
     * @param <T> what it gives
     * @return what it gives
     */
    public <T> T during(Supplier<T> work) {
      try {
        return work.get();
      } catch (RuntimeException | Error e) {
        try {
          giveBack();
        } catch (StoreUnavailableException outage) {
          e.addSuppressed(outage); // the lease ends by itself
        }
        throw e;
      }
    }

    /**
     * The password was right: the account's count is deleted, and the pair's; the address keeps its
     * own.
     */
    public void right() {
      throttle.right(keys, accountKey, accountLease, addressLease);
    }

    /**
     * The password was wrong.
     *
     * @return how long the name or the client now waits, if it waits
     */
    public Optional<Duration> wrong() {
      return throttle.wrong(keys, accountKey, accountLease, addressLease);
    }

    /** There was no verdict: nothing is counted. */
    public void giveBack() {
      throttle.giveBack(keys, accountKey, accountLease, addressLease);
    }
  }

  /**
   * The check must not be made now.
   *
   * @param retryAfter when to try again
   * @param isWaiting true for the wait that failures have brought; false if there are only too many
   *     checks whose end is not known yet
   */
  record Refused(Duration retryAfter, boolean isWaiting) implements Attempt {
    /** Rejects null. */
    public Refused {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
