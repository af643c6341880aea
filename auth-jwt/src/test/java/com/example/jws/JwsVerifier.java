package com.example.jws;

import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.jws.KnownHeaders;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures of tokens in compact form (RFC 7515), whatever their payload is. Safe for
 * many threads.
 *
 * <p>The key determines the algorithm, and a header never supplies a key. {@link VerificationKeys}
 * describes how the key is selected.
 *
 * <p>It tells who signed and nothing more: it does not check {@code typ}, {@code exp}, {@code iss}
 * or {@code aud}. For tokens that authenticate, use {@link JwtVerifier}.
 *
 * <pre>{@code
 * JwsVerifier verifier = JwsVerifier.of(key);
 * if (verifier.verify(token) instanceof JwsResult.Verified verified) {
 *   byte[] payload = verified.payload();
 * }
 * }</pre>
 */
public final class JwsVerifier {
  public static final int MAX_LENGTH = 8 * 1024;
  public static final int MIN_LENGTH = 64;

  private final VerificationKeys keys;
  private final int maxLength;
  private final Clock clock;
  private final KnownHeaders headers = new KnownHeaders();

  private JwsVerifier(VerificationKeys keys, int maxLength) {
    this.keys = keys;
    this.maxLength = maxLength;
    this.clock = keys.environment().clock();
  }

  /**
   * Creates a verifier of tokens of at most 8 KiB.
   *
   * @param keys as for {@link VerificationKeys#of}
   * @return the verifier
   * @throws IllegalArgumentException if there are none or they can't be combined
   */
  public static JwsVerifier of(VerificationKey... keys) {
    return of(VerificationKeys.of(keys));
  }

  /**
   * Creates a verifier of tokens of at most 8 KiB.
   *
   * @param keys the keys, which may change
   * @return the verifier
   */
  public static JwsVerifier of(VerificationKeys keys) {
    return new JwsVerifier(keys, MAX_LENGTH);
  }

  /**
   * Returns the same verifier with another limit.
   *
   * @param maxLength the length of the longest token that is considered, in characters; 64 to
   *     1,048,576
   * @return a new verifier
   * @throws IllegalArgumentException if the limit is out of range
   */
  public JwsVerifier withMaxLength(int maxLength) {
    return new JwsVerifier(keys, checkMaxLength(maxLength));
  }

  public static int checkMaxLength(int maxLength) {
    if (maxLength < MIN_LENGTH || maxLength > 1 << 20) {
      throw new IllegalArgumentException("The limit must be 64 to 1048576, not " + maxLength);
    }
    return maxLength;
  }

  /**
   * Verifies one token.
   *
   * @param compact the token; it can be anything
   * @return the signed payload, or why the token is refused
   * @throws dev.sallyport.StoreUnavailableException if no keys are available and none can be
   *     fetched, or the provider that checks signatures has failed
   */
  public JwsResult verify(String compact) {
    if (compact.length() > maxLength) {
      return new JwsResult.Refused(JwsRefusal.OVERSIZED);
    }
    CompactJws jws = CompactJws.parse(compact, headers);
    if (jws == null) {
      return new JwsResult.Refused(JwsRefusal.MALFORMED);
    }
    VerificationKey key =
        keys.find(jws.header.algorithm(), jws.header.keyId(), clock.instant()).orElse(null);
    JwsRefusal refusal = refusal(key, jws);
    if (key == null || refusal != null) {
      return new JwsResult.Refused(Objects.requireNonNull(refusal));
    }
    headers.remember(jws);
    return new JwsResult.Verified(key, jws.payload, jws.header.type());
  }

  /** Why a token for this key is refused; null if its signature is valid. */
  public static @Nullable JwsRefusal refusal(@Nullable VerificationKey key, CompactJws jws) {
    if (key == null) {
      return JwsRefusal.UNKNOWN_KEY;
    }
    if (!key.algorithm().isNamed(jws.header.algorithm())) {
      return JwsRefusal.WRONG_ALGORITHM;
    }
    return jws.isSignedBy(key) ? null : JwsRefusal.BAD_SIGNATURE;
  }

  @Override
  public String toString() {
    return "JwsVerifier" + keys;
  }
}
