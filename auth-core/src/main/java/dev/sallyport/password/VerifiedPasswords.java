package dev.sallyport.password;

import dev.sallyport.throttle.ClientNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which passwords were right, and from which network, so that Basic need not hash on
 * every request. It holds {@linkplain CredentialDigests digests} only; a new hash makes a user's
 * entries useless at once. Nothing that was wrong is remembered.
 */
final class VerifiedPasswords {
  private static final int MAX_ENTRIES = 10_000;
  private static final long LIFETIME_MILLIS = 5 * 60 * 1000L;

  private final Map<Pair, Entry> entries = new ConcurrentHashMap<>();

  /** In the order of insertion, and so of expiry; it may hold entries that were replaced. */
  private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queued = new AtomicInteger();

  private record Pair(String userId, ClientNetwork network) {}

  /** What is remembered of a user at a network, under the hash that is stored now. */
  @Nullable Entry find(Credentials credentials, long nowMillis) {
    String stored = credentials.stored();
    if (stored == null || !credentials.areCheckable()) {
      return null;
    }
    Entry entry = entries.get(new Pair(credentials.id(), credentials.network()));
    return entry != null && nowMillis < entry.expires && entry.storedHashCode == stored.hashCode()
        ? entry
        : null;
  }

  /** Remembers what has just been found right. */
  void add(Credentials credentials, ByteBuffer digest, long nowMillis) {
    String stored = credentials.stored();
    if (stored == null) {
      return;
    }
    Pair pair = new Pair(credentials.id(), credentials.network());
    Entry entry = new Entry(pair, digest, stored.hashCode(), nowMillis + LIFETIME_MILLIS);
    entries.put(pair, entry);
    oldestFirst.add(entry);
    int size = queued.incrementAndGet();
    Entry oldest = oldestFirst.peek();
    while (oldest != null && (size > MAX_ENTRIES || oldest.expires <= nowMillis)) {
      if (oldestFirst.remove(oldest)) {
        entries.remove(oldest.pair, oldest);
        size = queued.decrementAndGet();
      }
      oldest = oldestFirst.peek();
    }
  }

  /**
   * A right password, and what keeps it from answering guesses: it is asked about only so many that
   * no verdict has been counted for, and not at all while the pair waits. Compared by identity, so
   * that an entry that was replaced removes nothing but itself.
   */
  static final class Entry {
    private static final int MAX_UNSETTLED = 5;

    private final Pair pair;
    private final ByteBuffer digest;
    private final int storedHashCode;
    private final long expires;
    private final List<ByteBuffer> unsettled = new ArrayList<>(0);
    private volatile long waitUntil;

    private Entry(Pair pair, ByteBuffer digest, int storedHashCode, long expires) {
      this.pair = pair;
      this.digest = digest;
      this.storedHashCode = storedHashCode;
      this.expires = expires;
    }

    /** How long the user waits at this network; 0 or less if they don't. */
    long rest(long nowMillis) {
      return waitUntil - nowMillis;
    }

    /** Whether this is the right password; false as well where it is one guess too many. */
    synchronized boolean answers(ByteBuffer candidate) {
      boolean seen = !unsettled.isEmpty() && unsettled.contains(candidate);
      if (!seen && unsettled.size() >= MAX_UNSETTLED) {
        return false;
      }
      if (digest.equals(candidate)) {
        return true;
      }
      if (!seen) {
        unsettled.add(candidate);
      }
      return false;
    }

    /** The throttle has counted this one as wrong. */
    synchronized void settle(ByteBuffer candidate) {
      unsettled.remove(candidate);
    }

    /** A right password makes up for all. */
    synchronized void forgiveAll() {
      waitUntil = 0;
      unsettled.clear();
    }

    /** Nothing is compared until then. */
    synchronized void waitUntil(long millis) {
      waitUntil = Math.max(waitUntil, millis);
      unsettled.clear();
    }
  }
}
