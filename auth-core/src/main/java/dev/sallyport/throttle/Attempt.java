package dev.sallyport.throttle;

import java.time.Duration;
import java.util.Objects;

/** What the throttle says to one check of a password. */
public sealed interface Attempt {
  /**
   * The check may go on. The failure is counted already; say how it ended, once. Whoever says
   * nothing has failed, thirty seconds later.
   */
  non-sealed interface Granted extends Attempt {
    /** The password was right: the account's count is deleted, the address keeps its own. */
    void right();

    /** The password was wrong. */
    void wrong();

    /** There was no verdict: nothing is counted. */
    void giveBack();
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
