package dev.sallyport.jwt.key;

import dev.sallyport.AuthEnvironment;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
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
  /** Keeps the keys up to date with their file; null for keys in memory. */
  final @Nullable KeyWatch watch;

  private final AuthEnvironment environment;

  VerificationKeys(AuthEnvironment environment) {
    this(environment, null);
  }

  VerificationKeys(AuthEnvironment environment, @Nullable KeyWatch watch) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.watch = watch;
  }

  /** {@return what supplies the clock by which keys and tokens expire, and is told of faults} */
  public final AuthEnvironment environment() {
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
        environment, Arrays.stream(keys).map(key -> new KeyTable.Entry(key, null, null)).toList());
  }

  /**
   * Finds the key that the header of a token refers to (RFC 7515 section 4.1).
   *
   * @param algorithm its {@code alg}
   * @param keyId its {@code kid}; null if it has none
   * @param now the time at which the key must be valid
   * @return the key, whose own algorithm must still be compared with the header's; empty if there
   *     is none, or not only one
   * @throws dev.sallyport.StoreUnavailableException if the keys must be fetched and can't be
   */
  public abstract Optional<VerificationKey> find(
      String algorithm, @Nullable String keyId, Instant now);

  /**
   * Asks whether a key that was found is still valid.
   *
   * @param key the key
   * @param now the time
   * @return whether this very key, and not another with its id, is valid then
   */
  public abstract boolean holds(VerificationKey key, Instant now);

  /**
   * Asks whether {@link #holds} answers without blocking: for keys in a file, once a second it
   * looks there first.
   *
   * @return whether it does now; always for keys in memory and for those that are fetched
   */
  public final boolean areAtHand() {
    return watch == null || !watch.isDue();
  }
}
