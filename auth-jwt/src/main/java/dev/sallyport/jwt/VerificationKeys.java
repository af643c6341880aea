package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a verifier accepts: fixed ones, those of our own issuer ({@link SigningKeySet}), or
 * those that another issuer publishes ({@link RemoteKeySet}). Safe for many threads.
 *
 * <p>A token that names a key by {@code kid} is checked with the key of that id, or, if several
 * share the id, with the one of its algorithm. If no key has the id, it is checked with the only
 * key of its algorithm among those without an id; if the token names no key, with the only key of
 * its algorithm among all.
 */
public abstract sealed class VerificationKeys permits KeyTable, SigningKeySet, RemoteKeySet {
  private final AuthEnvironment environment;

  VerificationKeys(AuthEnvironment environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /** Supplies the clock by which keys and tokens expire, and is notified of faults. */
  final AuthEnvironment environment() {
    return environment;
  }

  /**
   * Accepts these keys and no others, in the standard environment.
   *
   * @param keys at least one; either all secrets or all public keys, and each id at most once per
   *     algorithm
   * @return the keys
   * @throws IllegalArgumentException if there are none or they can't be combined
   */
  public static VerificationKeys of(VerificationKey... keys) {
    return of(AuthEnvironment.standard(), keys);
  }

  /**
   * Accepts these keys and no others.
   *
   * @param environment supplies the verifiers' clock, and is notified of faults
   * @param keys at least one; either all secrets or all public keys, and each id at most once per
   *     algorithm
   * @return the keys
   * @throws IllegalArgumentException if there are none or they can't be combined
   */
  public static VerificationKeys of(AuthEnvironment environment, VerificationKey... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException("A verifier without a key would refuse everything");
    }
    return new KeyTable(
        environment, Arrays.stream(keys).map(key -> new KeyTable.Entry(key, null)).toList());
  }

  /** The key that a header refers to; null if there is none. */
  abstract @Nullable VerificationKey find(JwsHeader header, Instant now);

  /** Whether the tokens signed with them were written here. */
  boolean areOurs() {
    return false;
  }

  /** Whether this very key, and not another with its id, is still valid. */
  abstract boolean holds(VerificationKey key, Instant now);
}
