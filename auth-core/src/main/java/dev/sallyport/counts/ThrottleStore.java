package dev.sallyport.counts;

import dev.sallyport.StoreUnavailableException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where counts and known addresses are kept: short texts by key, each replaced only if it is still
 * the expected one. So nodes that share a store share the counts, and a store need not know what is
 * counted. Many threads call it at once.
 *
 * <p>A key is a space and an id, with the last colon between them, for example {@code
 * reset:address:…}: the space says what is counted and of what kind the value is. A store that is
 * bounded bounds each space by itself, so that a flood of one pushes nothing out of another.
 */
public interface ThrottleStore {
  /**
   * Reads a value.
   *
   * @param key printable ASCII, at most 64 characters
   * @param now the time
   * @return the value; empty if there is none or its time is over
   * @throws StoreUnavailableException if the store could not answer
   */
  Optional<String> find(String key, Instant now);

  /**
   * Replaces a value in one conditional step.
   *
   * @param key printable ASCII, at most 64 characters
   * @param expected the value that is to be replaced; empty if there is to be none
   * @param next what is to stand there; empty to remove the value
   * @param now the time
   * @return true if it was replaced; false if something else stood there, or if there is no room
   *     for a value that is then {@linkplain WhenFull#REFUSE refused}
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean replace(String key, Optional<String> expected, Optional<Entry> next, Instant now);

  /**
   * Whether the value under a key is other keys' too, since the store has no more room: then no
   * success may remove it.
   *
   * @param key printable ASCII, at most 64 characters
   * @param now the time
   * @return false by default, as for a store that always has room
   * @throws StoreUnavailableException if the store could not answer
   */
  default boolean isShared(String key, Instant now) {
    return false;
  }

  /** What becomes of a value where its space is full. A store that always has room ignores it. */
  enum WhenFull {
    /** Several keys share one value: nothing is ever uncounted. */
    SHARE,
    /** It is not stored, and replacing by it still returns true. */
    DROP,
    /** It is not stored, and replacing by it returns false. */
    REFUSE
  }

  /**
   * A value with its times.
   *
   * @param value printable ASCII, at most 2,000 characters
   * @param holdUntil until when it must not be dropped, however full the store is
   * @param forgetAt from when on it counts as absent; not before {@code holdUntil}
   * @param whenFull what becomes of it where the space is full
   */
  record Entry(String value, Instant holdUntil, Instant forgetAt, WhenFull whenFull) {
    /**
     * A count, which several keys may share where the space is full.
     *
     * @param value printable ASCII, at most 2,000 characters
     * @param holdUntil until when it must not be dropped, however full the store is
     * @param forgetAt from when on it counts as absent; not before {@code holdUntil}
     */
    public Entry(String value, Instant holdUntil, Instant forgetAt) {
      this(value, holdUntil, forgetAt, WhenFull.SHARE);
    }

    /** Rejects null. */
    public Entry {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(holdUntil, "holdUntil");
      Objects.requireNonNull(forgetAt, "forgetAt");
      Objects.requireNonNull(whenFull, "whenFull");
    }
  }

  /** {@return a new store in this process's memory, of at most 50,000 values in each space} */
  static ThrottleStore inMemory() {
    return inMemory(InMemoryThrottleStore.MAX_ENTRIES);
  }

  /**
   * A store in this process's memory. Where a space is full, the value that was written longest ago
   * and that nothing holds makes room; where all are held, a new key shares one of 1,024 more
   * values with others, so that nothing is ever uncounted. Known addresses and used proofs are held
   * and not shared ({@link WhenFull}).
   *
   * @param maxEntries how many values each space takes, at least 1
   * @return a new store
   * @throws IllegalArgumentException if it takes none
   */
  static ThrottleStore inMemory(int maxEntries) {
    return new InMemoryThrottleStore(maxEntries);
  }
}
