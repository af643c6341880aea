package dev.sallyport.throttle;

import dev.sallyport.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where counts and known addresses are kept: short texts by key, each replaced only if it is still
 * the expected one. So nodes that share a store share the counts, and a store needs to know nothing
 * of what is counted. It is called by many threads at once.
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
   * @return the value; empty if there is none or its time is over
   * @throws StoreUnavailableException if the store could not answer
   */
  Optional<String> find(String key);

  /**
   * Replaces a value in one conditional step.
   *
   * @param key printable ASCII, at most 64 characters
   * @param expected the value that is to be replaced; empty if there is to be none
   * @param next what is to stand there; empty to remove the value
   * @return true if it was replaced; false if something else stood there
   * @throws StoreUnavailableException if the store could not answer
   */
  boolean replace(String key, Optional<String> expected, Optional<Entry> next);

  /**
   * Whether the value under a key is other keys' too, since the store has no more room: then no
   * success may remove it.
   *
   * @param key printable ASCII, at most 64 characters
   * @return false by default, as for a store that always has room
   * @throws StoreUnavailableException if the store could not answer
   */
  default boolean isShared(String key) {
    return false;
  }

  /**
   * A value with its times.
   *
   * @param value printable ASCII, at most 2,000 characters
   * @param holdUntil until when it must not be dropped, however full the store is
   * @param forgetAt from when on it counts as absent; not before {@code holdUntil}
   * @param mayShare whether several keys may share it where the space is full; else it is dropped
   *     there, and a replacement by it is true all the same
   */
  record Entry(String value, Instant holdUntil, Instant forgetAt, boolean mayShare) {
    /**
     * A count, which several keys may share where the space is full.
     *
     * @param value printable ASCII, at most 2,000 characters
     * @param holdUntil until when it must not be dropped, however full the store is
     * @param forgetAt from when on it counts as absent; not before {@code holdUntil}
     */
    public Entry(String value, Instant holdUntil, Instant forgetAt) {
      this(value, holdUntil, forgetAt, true);
    }

    /** Refuses null. */
    public Entry {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(holdUntil, "holdUntil");
      Objects.requireNonNull(forgetAt, "forgetAt");
    }
  }

  /**
   * A store in this process's memory, of at most 50,000 values in each space.
   *
   * @param clock tells when values are over
   * @return a new store
   * @see #inMemory(Clock, int)
   */
  static ThrottleStore inMemory(Clock clock) {
    return inMemory(clock, InMemoryThrottleStore.MAX_ENTRIES);
  }

  /**
   * A store in this process's memory. Where a space is full, the value that was written longest ago
   * and that nothing holds makes room; where all are held, a new key shares one of 1,024 more
   * values with others, so that nothing is ever uncounted. Known addresses are held and not shared:
   * where there is no more room for them, a new one is not remembered.
   *
   * @param clock tells when values are over
   * @param maxEntries how many values each space takes, at least 1
   * @return a new store
   * @throws IllegalArgumentException if it takes none
   */
  static ThrottleStore inMemory(Clock clock, int maxEntries) {
    return new InMemoryThrottleStore(clock, maxEntries);
  }
}
