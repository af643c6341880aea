package dev.sallyport.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures of tokens in compact form (RFC 7515), whatever they sign. Immutable and safe
 * for many threads.
 *
 * <p>The key decides about the algorithm. A token that names a key by {@code kid} is checked with
 * that one; otherwise with the only key without an id, or the only key at all, that has its
 * algorithm. A header never brings a key.
 *
 * <pre>{@code
 * JwsVerifier verifier = JwsVerifier.of(key);
 * if (verifier.verify(token) instanceof JwsResult.Verified verified) {
 *   byte[] payload = verified.payload();
 * }
 * }</pre>
 */
public final class JwsVerifier {
  private static final int MAX_LENGTH = 8 * 1024;

  private final Map<String, VerificationKey> byId;
  private final List<VerificationKey> all;
  private final int maxLength;

  private JwsVerifier(List<VerificationKey> keys, int maxLength) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A verifier without a key would refuse everything");
    }
    this.byId = new HashMap<>();
    this.all = List.copyOf(keys);
    this.maxLength = maxLength;
    boolean symmetric = keys.get(0).algorithm().isSymmetric();
    for (VerificationKey key : keys) {
      if (key.algorithm().isSymmetric() != symmetric) {
        throw new IllegalArgumentException("Secrets and public keys don't go into one verifier");
      }
      String id = key.keyId().orElse(null);
      if (id != null && byId.put(id, key) != null) {
        throw new IllegalArgumentException("Two keys have the id '" + id + "'");
      }
    }
  }

  /**
   * A verifier of tokens of at most 8 KiB.
   *
   * @param keys at least one; either secrets or public keys, and each id once
   * @return the verifier
   * @throws IllegalArgumentException if the keys don't go together
   */
  public static JwsVerifier of(VerificationKey... keys) {
    return new JwsVerifier(List.of(keys), MAX_LENGTH);
  }

  /**
   * The same verifier with another limit.
   *
   * @param maxLength the longest token that is looked at, in characters; 64 to 1,048,576
   * @return a new verifier
   * @throws IllegalArgumentException if the limit is out of range
   */
  public JwsVerifier withMaxLength(int maxLength) {
    if (maxLength < 64 || maxLength > 1 << 20) {
      throw new IllegalArgumentException("The limit is 64 to 1048576, not " + maxLength);
    }
    return new JwsVerifier(all, maxLength);
  }

  /**
   * Checks one token.
   *
   * @param compact the token; it can be anything
   * @return what was signed, or why it is refused
   */
  public JwsResult verify(String compact) {
    if (compact.length() > maxLength) {
      return new JwsResult.Refused(JwsRefusal.OVERSIZED);
    }
    CompactJws jws = CompactJws.parse(compact);
    if (jws == null) {
      return new JwsResult.Refused(JwsRefusal.MALFORMED);
    }
    VerificationKey key = key(jws.header);
    if (key == null) {
      return new JwsResult.Refused(JwsRefusal.UNKNOWN_KEY);
    }
    if (!key.algorithm().isNamed(jws.header.algorithm())) {
      return new JwsResult.Refused(JwsRefusal.WRONG_ALGORITHM);
    }
    return key.verifies(jws.signed, jws.signedLength, jws.signature)
        ? new JwsResult.Verified(key, jws.payload, jws.header.type())
        : new JwsResult.Refused(JwsRefusal.BAD_SIGNATURE);
  }

  private @Nullable VerificationKey key(JwsHeader header) {
    String id = header.keyId();
    VerificationKey named = id == null ? null : byId.get(id);
    if (named != null) {
      return named;
    }
    List<VerificationKey> fitting = new ArrayList<>();
    for (VerificationKey key : all) {
      boolean canBeMeant = id == null || key.keyId().isEmpty();
      if (canBeMeant && key.algorithm().isNamed(header.algorithm())) {
        fitting.add(key);
      }
    }
    return fitting.size() == 1 ? fitting.get(0) : null;
  }

  @Override
  public String toString() {
    return "JwsVerifier" + all;
  }
}
