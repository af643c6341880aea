package dev.sallyport.password;

import dev.sallyport.store.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers which passwords were right, so that Basic need not hash on every request. It holds
 * HMACs under a key that this process makes and never shows, over user id, stored hash and
 * password; a new hash makes a user's entries useless at once. Nothing that was wrong is
 * remembered.
 */
final class VerifiedPasswords {
  private static final int MAX_ENTRIES = 10_000;
  private static final long LIFETIME_MILLIS = 5 * 60 * 1000L;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;
  private final Map<ByteBuffer, Entry> entries = new ConcurrentHashMap<>();

  /** In the order of insertion, and so of expiry; it may hold entries that were replaced. */
  private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queued = new AtomicInteger();

  VerifiedPasswords(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + ALGORITHM, e);
    }
  }

  /** The key under which a password that turns out right is remembered. */
  ByteBuffer digest(User user, String storedHash, Password password) {
    byte[] id = user.id().getBytes(StandardCharsets.UTF_8);
    byte[] hash = storedHash.getBytes(StandardCharsets.UTF_8);
    byte[] secret = password.utf8();
    ByteBuffer message = ByteBuffer.allocate(12 + id.length + hash.length + secret.length);
    message.putInt(id.length).put(id).putInt(hash.length).put(hash);
    message.putInt(secret.length).put(secret);
    return ByteBuffer.wrap(copyOfMac().doFinal(message.array()));
  }

  private Mac copyOfMac() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HmacSHA256 can't be cloned", e);
    }
  }

  boolean contains(ByteBuffer digest, long nowMillis) {
    Entry entry = entries.get(digest);
    return entry != null && nowMillis < entry.expires;
  }

  void add(ByteBuffer digest, long nowMillis) {
    Entry entry = new Entry(digest, nowMillis + LIFETIME_MILLIS);
    entries.put(digest, entry);
    oldestFirst.add(entry);
    int size = queued.incrementAndGet();
    Entry oldest = oldestFirst.peek();
    while (oldest != null && (size > MAX_ENTRIES || oldest.expires <= nowMillis)) {
      if (oldestFirst.remove(oldest)) {
        entries.remove(oldest.digest, oldest);
        size = queued.decrementAndGet();
      }
      oldest = oldestFirst.peek();
    }
  }

  /** Compared by identity, so that an entry that was replaced removes nothing but itself. */
  private static final class Entry {
    final ByteBuffer digest;
    final long expires;

    Entry(ByteBuffer digest, long expires) {
      this.digest = digest;
      this.expires = expires;
    }
  }
}
