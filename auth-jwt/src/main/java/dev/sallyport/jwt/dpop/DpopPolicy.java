package dev.sallyport.jwt.dpop;

import dev.sallyport.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which proofs are asked for and accepted (RFC 9449). Immutable.
 *
 * <pre>{@code
 * DpopPolicy.required().withNonces(Duration.ofMinutes(5))
 * }</pre>
 */
public final class DpopPolicy {
  private static final Duration MIN_AGE = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration MIN_NONCE = Duration.ofSeconds(10);
  private static final Duration MAX_NONCE = Duration.ofHours(1);

  /** All of public keys but ML-DSA, whose signatures are longer than a proof may be. */
  private static final List<JwsAlgorithm> PUBLIC_KEY =
      List.copyOf(EnumSet.range(JwsAlgorithm.RS256, JwsAlgorithm.ED25519));

  private final boolean required;
  private final Duration maxAge;
  private final @Nullable Duration nonces;
  private final List<JwsAlgorithm> algorithms;

  private DpopPolicy(
      boolean required, Duration maxAge, @Nullable Duration nonces, List<JwsAlgorithm> algorithms) {
    this.required = required;
    this.maxAge = maxAge;
    this.nonces = nonces;
    this.algorithms = algorithms;
  }

  /** {@return a policy by which a client that sends a proof gets bound tokens, and others don't} */
  public static DpopPolicy allowed() {
    return new DpopPolicy(false, Duration.ofSeconds(60), null, PUBLIC_KEY);
  }

  /** {@return a policy by which every login needs a proof, and no unbound token is accepted} */
  public static DpopPolicy required() {
    return new DpopPolicy(true, Duration.ofSeconds(60), null, PUBLIC_KEY);
  }

  /**
   * Sets how old a proof may be, by its {@code iat}. A proof from the future is accepted if it is
   * at most 5 seconds ahead.
   *
   * @param maxAge 5 s to 5 min, cut to whole seconds; by default 60 s. At that age exactly it is
   *     refused
   * @return a new policy
   * @throws IllegalArgumentException if it is out of range
   */
  public DpopPolicy withMaxAge(Duration maxAge) {
    return new DpopPolicy(
        required, inRange("A proof", maxAge, MIN_AGE, MAX_AGE), nonces, algorithms);
  }

  /**
   * Requires that each proof holds a nonce of ours (RFC 9449 sections 8 and 9), by which its age is
   * then judged in place of its {@code iat}: no proof can be made in advance, and the client's
   * clock doesn't matter.
   *
   * @param lifetime how long a nonce can be used: 10 s to 1 h, cut to whole seconds
   * @return a new policy
   * @throws IllegalArgumentException if it is out of range
   */
  public DpopPolicy withNonces(Duration lifetime) {
    return new DpopPolicy(
        required, maxAge, inRange("A nonce", lifetime, MIN_NONCE, MAX_NONCE), algorithms);
  }

  private static Duration inRange(String what, Duration given, Duration least, Duration most) {
    if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what
              + " must live "
              + least.toSeconds()
              + " to "
              + most.toSeconds()
              + " seconds, not "
              + given);
    }
    return Duration.ofSeconds(given.toSeconds());
  }

  /**
   * Sets the algorithms that a proof may be signed by.
   *
   * @param accepted at least one; by default all but HMAC and ML-DSA, which can't be accepted
   * @return a new policy
   * @throws IllegalArgumentException if there is none, or one is HMAC or ML-DSA
   */
  public DpopPolicy withAlgorithms(JwsAlgorithm... accepted) {
    List<JwsAlgorithm> all = List.of(accepted);
    if (all.isEmpty() || !PUBLIC_KEY.containsAll(all)) {
      throw new IllegalArgumentException(
          "Proofs need at least one algorithm, and none that is HMAC or ML-DSA: " + all);
    }
    return new DpopPolicy(required, maxAge, nonces, all);
  }

  boolean isRequired() {
    return required;
  }

  Duration maxAge() {
    return maxAge;
  }

  Optional<Duration> nonces() {
    return Optional.ofNullable(nonces);
  }

  /** The accepted algorithm of that name, if it is one. */
  @Nullable JwsAlgorithm accepted(String name) {
    for (JwsAlgorithm algorithm : algorithms) {
      if (algorithm.jwaName().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** Their names, as a challenge lists them. */
  String names() {
    return algorithms.stream().map(JwsAlgorithm::jwaName).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "DpopPolicy[" + (required ? "required" : "allowed") + "]";
  }
}
