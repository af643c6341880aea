package dev.sallyport.throttle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys this node has refused, and until when, so that it need not ask the store on each
 * request. When full it forgets the newest, which only costs a query to the store.
 */
final class Waits {
  private static final int MAX_ENTRIES = 10_000;

  /** Keeps a flood from causing a look at all entries for each new one. */
  private static final long SWEEP_MILLIS = 1000;

  /** Another node may have ended the wait, by a reset that was redeemed there. */
  private static final long ASK_AGAIN_MILLIS = 10_000;

  private final Map<String, Wait> all = new ConcurrentHashMap<>();
  private volatile long nextSweep;

  /** How long a key waits, and until when that is believed without another look at the store. */
  private record Wait(long until, long askAgain) {
    boolean isOver(long nowMillis) {
      return nowMillis >= until || nowMillis >= askAgain;
    }

    Wait later(Wait other) {
      return until >= other.until ? this : other;
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(String key, long untilMillis, long nowMillis) {
    if (all.size() >= MAX_ENTRIES && nowMillis >= nextSweep) {
      nextSweep = nowMillis + SWEEP_MILLIS;
      all.values().removeIf(wait -> wait.isOver(nowMillis));
    }
    if (all.size() < MAX_ENTRIES) {
      all.merge(key, new Wait(untilMillis, nowMillis + ASK_AGAIN_MILLIS), (a, b) -> b.later(a));
    }
  }

  void forget(String key) {
    all.remove(key);
  }

  /** How long the key still waits; 0 or less if it doesn't. What is over is dropped. */
  long rest(String key, long nowMillis) {
    Wait wait = all.get(key);
    if (wait == null) {
      return 0;
    }
    if (wait.isOver(nowMillis)) {
      all.remove(key, wait);
      return 0;
    }
    return wait.until - nowMillis;
  }
}
