package dev.sallyport.store;

import java.util.Objects;

/**
 * How many live records of one kind a user may have, and what happens to one more.
 *
 * @param max the most that there may be, at least 1
 * @param whenFull what happens to one more
 * @param countedFrom the lowest epoch of a record that counts; one that is lower has been ended by
 *     its user, though it may still be stored
 */
public record TokenLimit(int max, WhenFull whenFull, long countedFrom) {
  /** How many records of one kind a user may have by default: 100. */
  public static final int DEFAULT_MAX = 100;

  /** No limit. One user can then fill the store. */
  public static final TokenLimit NONE = new TokenLimit(Integer.MAX_VALUE, WhenFull.REFUSE_NEW);

  /**
   * A limit that counts all records.
   *
   * @param max the most that there may be, at least 1
   * @param whenFull what happens to one more
   */
  public TokenLimit(int max, WhenFull whenFull) {
    this(max, whenFull, Long.MIN_VALUE);
  }

  /**
   * The same limit, of the records that an epoch has not ended.
   *
   * @param epoch the user's epoch
   * @return the limit
   */
  public TokenLimit countingFrom(long epoch) {
    return new TokenLimit(max, whenFull, epoch);
  }

  /**
   * The default limit, {@value #DEFAULT_MAX}.
   *
   * @param whenFull what happens to one more
   * @return the limit
   */
  public static TokenLimit standard(WhenFull whenFull) {
    return new TokenLimit(DEFAULT_MAX, whenFull);
  }

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
