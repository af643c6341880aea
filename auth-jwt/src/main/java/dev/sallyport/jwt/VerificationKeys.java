package dev.sallyport.jwt;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a verifier takes: fixed ones, those of an issuer of ours ({@link SigningKeySet}),
 * or those that another issuer publishes ({@link RemoteKeySet}). Safe for many threads.
 *
 * <p>A token that names a key by {@code kid} is checked with that one, and of several with that id
 * with the one of its algorithm; if no key has that id, or the token names none, with the only key
 * that has its algorithm: among those without an id in the first case, among all in the second.
 */
public abstract sealed class VerificationKeys permits KeyTable, SigningKeySet, RemoteKeySet {
  VerificationKeys() {}

  /**
   * These keys and no others.
   *
   * @param keys at least one; either secrets or public keys, and each id once for an algorithm
   * @return the keys
   * @throws IllegalArgumentException if they don't go together
   */
  public static VerificationKeys of(VerificationKey... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException("A verifier without a key would refuse everything");
    }
    return new KeyTable(Arrays.stream(keys).map(key -> new KeyTable.Entry(key, null)).toList());
  }

  /** The key that a header means; null if there is none. */
  abstract @Nullable VerificationKey find(JwsHeader header, Instant now);

  /** Whether what they have signed was written here. */
  boolean areOurs() {
    return false;
  }

  /** Whether this very key, and not another of its id, is still good. */
  abstract boolean holds(VerificationKey key, Instant now);
}
