package dev.sallyport.throttle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys this node has refused, and until when, so that it need not ask the store again. Where
 * it is full it forgets the newest: that costs a question to the store and harms nobody.
 */
final class Waits {
  private static final int MAX_ENTRIES = 10_000;

  /** Another node may have ended the wait, by a reset that was redeemed there: ask again soon. */
  private static final long LONGEST_MILLIS = 10_000;

  /** A flood must not have all entries looked at for each of its own. */
  private static final long SWEEP_MILLIS = 1000;

  private volatile long nextSweep;
  private final Map<String, Long> until = new ConcurrentHashMap<>();

  boolean isEmpty() {
    return until.isEmpty();
  }

  void add(String key, long untilMillis, long nowMillis) {
    if (until.size() >= MAX_ENTRIES && nowMillis >= nextSweep) {
      nextSweep = nowMillis + SWEEP_MILLIS;
      until.values().removeIf(end -> end <= nowMillis);
    }
    if (until.size() < MAX_ENTRIES) {
      until.merge(key, Math.min(untilMillis, nowMillis + LONGEST_MILLIS), Math::max);
    }
  }

  void forget(String key) {
    until.remove(key);
  }

  /** How long the key still waits; 0 or less if it doesn't. What is over is dropped. */
  long rest(String key, long nowMillis) {
    Long end = until.get(key);
    if (end == null) {
      return 0;
    }
    if (end <= nowMillis) {
      until.remove(key, end);
    }
    return end - nowMillis;
  }
}
