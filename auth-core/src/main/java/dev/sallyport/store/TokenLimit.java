package dev.sallyport.store;

import java.util.Objects;

/**
 * How many live records of one kind a user may have, and what happens to one more.
 *
 * @param max the most that there may be, at least 1
 * @param whenFull what happens to one more
 */
public record TokenLimit(int max, WhenFull whenFull) {
  /** As many as there are. */
  public static final TokenLimit NONE = new TokenLimit(Integer.MAX_VALUE, WhenFull.REFUSE_NEW);

  /** What happens to one more. */
  public enum WhenFull {
    /** The oldest, by when it was made, is removed. */
    REMOVE_OLDEST,
    /** The new one is refused. */
    REFUSE_NEW
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if there may be none
   */
  public TokenLimit {
    Objects.requireNonNull(whenFull, "whenFull");
    if (max < 1) {
      throw new IllegalArgumentException("The limit must be at least 1, not " + max);
    }
  }
}
