package dev.sallyport.throttle;

import dev.sallyport.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where counts are kept: short texts by key, each replaced only if it is still the expected one. So
 * nodes that share a store share the counts, and a store needs to know nothing of what is counted.
 * It is called by many threads at once.
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
   * A value with its times.
   *
   * @param value printable ASCII, at most 2,000 characters
   * @param holdUntil until when it must not be dropped, however full the store is
   * @param forgetAt from when on it counts as absent; not before {@code holdUntil}
   */
  record Entry(String value, Instant holdUntil, Instant forgetAt) {
    /** Refuses null. */
    public Entry {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(holdUntil, "holdUntil");
      Objects.requireNonNull(forgetAt, "forgetAt");
    }
  }

  /**
   * A store in this process's memory, of at most 100,000 values. Where it is full, the value that
   * was written longest ago and that nothing holds makes room; where all are held, a new key shares
   * one of 1,024 more values with others, so that nothing is ever uncounted.
   *
   * @param clock tells when values are over
   * @return a new store
   */
  static ThrottleStore inMemory(Clock clock) {
    return new InMemoryThrottleStore(clock, InMemoryThrottleStore.MAX_ENTRIES);
  }
}
