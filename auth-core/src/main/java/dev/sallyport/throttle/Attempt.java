package dev.sallyport.throttle;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What the throttle says to one check of a password. */
public sealed interface Attempt {
  /**
   * The check may go on. The failure is counted already; say how it ended, once. Whoever says
   * nothing has failed, thirty seconds later.
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
     * Whether the account has logged in from this client before, so that it has a count of its own
     * with it.
     *
     * @return true if strangers' failures don't count
     */
    public boolean isKnownAddress() {
      return accountKey.equals(keys.pair());
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
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
