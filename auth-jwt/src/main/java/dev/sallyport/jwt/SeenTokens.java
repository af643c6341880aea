package dev.sallyport.jwt;

import dev.sallyport.store.SecretDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that one verifier has found valid, by the SHA-256 of the whole token. It is limited in
 * entries and in bytes: when the young half is full it becomes the old one, and entries of the old
 * half that nobody has asked for are dropped. Refused tokens are never remembered, so strangers
 * can't fill it. Safe for many threads.
 */
final class SeenTokens {
  /** The size of an entry besides its claims, which are texts, lists and maps. */
  private static final int FIXED_BYTES = 800;

  private static final int BYTES_EACH_CHARACTER = 2;

  /** An object with one member is the most expensive. */
  private static final int BYTES_EACH_VALUE = 256;

  private final int maxEntries;
  private final long maxBytes;
  private volatile Map<SecretDigest, Entry> young = new ConcurrentHashMap<>();
  private volatile Map<SecretDigest, Entry> old = new ConcurrentHashMap<>();
  private long youngBytes;

  private record Entry(VerifiedJwt jwt, int length) {}

  SeenTokens(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  @Nullable VerifiedJwt find(SecretDigest token) {
    Entry found = young.get(token);
    if (found == null) {
      found = old.get(token);
      if (found != null) {
        add(token, found);
      }
    }
    return found == null ? null : found.jwt;
  }

  void add(SecretDigest token, VerifiedJwt jwt, int length) {
    add(token, new Entry(jwt, length));
  }

  private synchronized void add(SecretDigest token, Entry entry) {
    if (young.put(token, entry) != null) {
      return;
    }
    youngBytes +=
        FIXED_BYTES
            + (long) BYTES_EACH_CHARACTER * entry.length
            + (long) BYTES_EACH_VALUE * entry.jwt.values();
    if (young.size() * 2 >= maxEntries || youngBytes * 2 >= maxBytes) {
      old = young;
      young = new ConcurrentHashMap<>();
      youngBytes = 0;
    }
  }

  void remove(SecretDigest token) {
    young.remove(token);
    old.remove(token);
  }
}
