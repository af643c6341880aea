package dev.sallyport.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * Which records must make room for one more. A record of a higher epoch than the new one never
   * does. For stores.
   *
   * @param next the new record
   * @param held what is stored of its user; what is of another kind, has expired or does not count
   *     is passed over
   * @param now the time
   * @return the records that leave, oldest first, mostly none; empty if the new one is refused
   */
  public Optional<List<TokenRecord>> leaving(
      TokenRecord next, Collection<TokenRecord> held, Instant now) {
    List<TokenRecord> counted =
        held.stream()
            .filter(record -> record.kind() == next.kind() && record.isLive(now))
            .filter(record -> record.epoch() >= countedFrom)
            .sorted(Comparator.comparing(TokenRecord::createdAt))
            .toList();
    List<TokenRecord> tooMany = counted.subList(0, Math.max(0, counted.size() - max + 1));
    boolean isRefused =
        (!tooMany.isEmpty() && whenFull == WhenFull.REFUSE_NEW)
            || tooMany.stream().anyMatch(record -> record.epoch() > next.epoch());
    return isRefused ? Optional.empty() : Optional.of(tooMany);
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
