package dev.sallyport.throttle;

import java.time.Duration;
import java.util.Objects;

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

    /** The password was right: the account's count is deleted, the address keeps its own. */
    public void right() {
      throttle.delete(accountKey);
      throttle.giveBackAddress(keys.address(), addressLease);
      throttle.know(keys);
    }

    /** The password was wrong. */
    public void wrong() {
      throttle.fail(accountKey, accountLease, keys.address(), addressLease);
    }

    /** There was no verdict: nothing is counted. */
    public void giveBack() {
      throttle.giveBackAccount(accountKey, accountLease);
      throttle.giveBackAddress(keys.address(), addressLease);
    }
  }

  /**
   * The check must not be made now.
   *
   * @param retryAfter when to try again
   */
  record Refused(Duration retryAfter) implements Attempt {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
