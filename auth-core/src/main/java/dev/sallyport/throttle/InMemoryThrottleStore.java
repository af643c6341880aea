package dev.sallyport.throttle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Values in the order of their last change, behind one lock that is held for a few look-ups. */
final class InMemoryThrottleStore implements ThrottleStore {
  static final int MAX_ENTRIES = 100_000;
  private static final int BUCKETS = 1024;

  /** How many old values are looked at to make room for one; held ones move to the young end. */
  private static final int SEARCH = 16;

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Clock clock;
  private final int maxEntries;

  /** Nobody outside can choose a name that shares the bucket of another. */
  private final byte[] bucketSecret = new byte[16];

  InMemoryThrottleStore(Clock clock, int maxEntries) {
    this.clock = clock;
    this.maxEntries = maxEntries;
    new SecureRandom().nextBytes(bucketSecret);
  }

  @Override
  public Optional<String> find(String key) {
    lock.lock();
    try {
      Entry entry = live(slot(key));
      return Optional.ofNullable(entry == null ? null : entry.value());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
    lock.lock();
    try {
      String slot = slot(key);
      Entry current = live(slot);
      if (!Optional.ofNullable(current == null ? null : current.value()).equals(expected)) {
        return false;
      }
      entries.remove(slot);
      next.ifPresent(entry -> entries.put(slot, entry));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry live(String slot) {
    Entry entry = entries.get(slot);
    return entry == null || !clock.instant().isBefore(entry.forgetAt()) ? null : entry;
  }

  /** The key itself, if it is here or there is room for it; else its bucket. */
  private String slot(String key) {
    if (entries.containsKey(key) || entries.size() < maxEntries || makeRoom()) {
      return key;
    }
    byte[] digest = ThrottleKeys.sha256(bucketSecret, key.getBytes(StandardCharsets.US_ASCII));
    return "bucket " + Math.floorMod(ByteBuffer.wrap(digest).getInt(), BUCKETS);
  }

  private boolean makeRoom() {
    Instant now = clock.instant();
    for (int i = 0; i < SEARCH; i++) {
      Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
      if (!oldest.hasNext()) {
        return true;
      }
      Map.Entry<String, Entry> found = oldest.next();
      String key = found.getKey();
      Entry entry = found.getValue();
      oldest.remove();
      if (!now.isBefore(entry.holdUntil())) {
        return true;
      }
      entries.put(key, entry);
    }
    return false;
  }

  @Override
  public String toString() {
    return "InMemoryThrottleStore";
  }
}
