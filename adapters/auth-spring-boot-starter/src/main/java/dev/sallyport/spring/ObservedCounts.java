package dev.sallyport.spring;

import dev.sallyport.counts.ThrottleStore;
import java.time.Instant;
import java.util.Optional;

/** Counts whose store is watched. */
record ObservedCounts(ThrottleStore inner, StoreCalls calls) implements ThrottleStore {
  private static final String COUNTS = "counts";

  @Override
  public Optional<String> find(String key, Instant now) {
    return calls.call(COUNTS, "find", () -> inner.find(key, now));
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next, Instant now) {
    return calls.call(COUNTS, "replace", () -> inner.replace(key, expected, next, now));
  }

  @Override
  public boolean isShared(String key, Instant now) {
    return calls.call(COUNTS, "is_shared", () -> inner.isShared(key, now));
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
