package dev.sallyport.counts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Values in the order of their last change, each space by itself, behind one lock that is held for
 * a few look-ups.
 */
final class InMemoryThrottleStore implements ThrottleStore {
  static final int MAX_ENTRIES = 50_000;
  private static final int BUCKETS = 1024;
  private static final String BUCKET = "bucket ";

  /** How many old values are looked at to make room for one; held ones move to the young end. */
  private static final int SEARCH = 16;

  private final Map<String, Map<String, Entry>> spaces = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final int maxEntries;

  /** Nobody outside can choose a name that shares the bucket of another. */
  private final byte[] bucketSecret = new byte[16];

  InMemoryThrottleStore(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries must be at least 1, not " + maxEntries);
    }
    this.maxEntries = maxEntries;
    new SecureRandom().nextBytes(bucketSecret);
  }

  @Override
  public Optional<String> find(String key, Instant now) {
    lock.lock();
    try {
      Map<String, Entry> entries = space(key);
      Entry entry = live(entries, slot(entries, key, now), now);
      return Optional.ofNullable(entry == null ? null : entry.value());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next, Instant now) {
    lock.lock();
    try {
      Map<String, Entry> entries = space(key);
      String slot = slot(entries, key, now);
      boolean isBucket = slot.startsWith(BUCKET);
      WhenFull whenFull = next.map(Entry::whenFull).orElse(WhenFull.DROP);
      if (isBucket && whenFull == WhenFull.REFUSE) {
        return false;
      }
      Entry current = live(entries, slot, now);
      if (!Optional.ofNullable(current == null ? null : current.value()).equals(expected)) {
        return false;
      }
      if (isBucket && whenFull == WhenFull.DROP) {
        return true; // a bucket's counts are others' too
      }
      entries.remove(slot);
      next.ifPresent(entry -> entries.put(slot, entry));
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isShared(String key, Instant now) {
    lock.lock();
    try {
      return slot(space(key), key, now).startsWith(BUCKET);
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Entry> space(String key) {
    String name = key.substring(0, key.lastIndexOf(':') + 1);
    return spaces.computeIfAbsent(name, space -> new LinkedHashMap<>());
  }

  private static @Nullable Entry live(Map<String, Entry> entries, String slot, Instant now) {
    Entry entry = entries.get(slot);
    return entry == null || !now.isBefore(entry.forgetAt()) ? null : entry;
  }

  /** The key itself, if it is here or there is room for it; else its bucket. */
  private String slot(Map<String, Entry> entries, String key, Instant now) {
    if (entries.containsKey(key) || entries.size() < maxEntries || makeRoom(entries, now)) {
      return key;
    }
    return BUCKET + Math.floorMod(ByteBuffer.wrap(digest(key)).getInt(), BUCKETS);
  }

  private byte[] digest(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bucketSecret);
      return sha256.digest(key.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  private static boolean makeRoom(Map<String, Entry> entries, Instant now) {
    for (int i = 0; i < SEARCH; i++) {
      Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
      if (!oldest.hasNext()) {
        return true;
      }
      Map.Entry<String, Entry> found = oldest.next();
      String key = found.getKey();
      Entry entry = found.getValue();
      oldest.remove();
      Instant end = key.startsWith(BUCKET) ? entry.forgetAt() : entry.holdUntil();
      if (!now.isBefore(end)) {
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
