package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.store.SecretDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of tokens of one issuer, by the SHA-256 of the whole token. It is limited in
 * entries and in bytes: when the young half is full it becomes the old one, and entries of the old
 * half that nobody has asked for are dropped. Valid and refused tokens are never in the same one,
 * so strangers can't fill that of the valid ones. Safe for many threads.
 *
 * <p>A token that is found here costs its digest and the look-up; one that is not, a signature: 3
 * to 4 times as much for HS256, 20 times for RS256, 500 times for EdDSA (JwtBenchmark, sallyport
 * and sallyport-seen).
 */
final class SeenTokens<T> {
  /** The size of an entry besides its claims, which are texts, lists and maps. */
  private static final int FIXED_BYTES = 800;

  private static final int BYTES_EACH_CHARACTER = 2;

  /** An object with one member is the most expensive. */
  private static final int BYTES_EACH_VALUE = 256;

  private final int maxEntries;
  private final long maxBytes;
  private final Predicate<? super T> valid;
  private volatile Map<SecretDigest, Seen<T>> young = new ConcurrentHashMap<>();
  private volatile Map<SecretDigest, Seen<T>> old = new ConcurrentHashMap<>();
  private long youngBytes;

  /** A token, and roughly how much memory it takes. */
  private record Seen<T>(T value, long bytes) {}

  /**
   * An empty memory.
   *
   * @param valid asked at each use of a token whether it still is
   */
  SeenTokens(int maxEntries, long maxBytes, Predicate<? super T> valid) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.valid = valid;
  }

  /** Null unless it has been seen, and is still valid. */
  @Nullable T find(SecretDigest token) {
    Seen<T> found = young.get(token);
    boolean isOld = found == null;
    if (isOld) {
      found = old.get(token);
    }
    if (found == null) {
      return null;
    }
    if (!valid.test(found.value)) {
      young.remove(token);
      old.remove(token);
      return null;
    }
    if (isOld) {
      add(token, found);
    }
    return found.value;
  }

  /**
   * Remembers a token.
   *
   * @param claims what takes memory besides the token
   */
  void add(SecretDigest token, T value, JsonObject claims, int length) {
    long bytes =
        FIXED_BYTES
            + (long) BYTES_EACH_CHARACTER * length
            + (long) BYTES_EACH_VALUE * values(claims);
    add(token, new Seen<>(value, bytes));
  }

  private static int values(@Nullable Object value) {
    Collection<?> inside =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof Collection<?> list ? list : List.of();
    int values = 1;
    for (Object each : inside) {
      values += values(each);
    }
    return values;
  }

  private synchronized void add(SecretDigest token, Seen<T> entry) {
    if (young.put(token, entry) != null) {
      return;
    }
    youngBytes += entry.bytes;
    if (young.size() * 2 >= maxEntries || youngBytes * 2 >= maxBytes) {
      old = young;
      young = new ConcurrentHashMap<>();
      youngBytes = 0;
    }
  }
}
