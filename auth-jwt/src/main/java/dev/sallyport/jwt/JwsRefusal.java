package dev.sallyport.jwt;

/** Why a signed token is refused. */
public enum JwsRefusal {
  /** It is longer than the verifier takes. */
  OVERSIZED,
  /**
   * It has no strict compact form, its header is no strict JSON object with an {@code alg}, or the
   * header has {@code crit}, {@code b64} or {@code zip}.
   */
  MALFORMED,
  /** No key has its {@code kid}, or it has none and not exactly one key fits. */
  UNKNOWN_KEY,
  /** Its {@code alg} is not the key's. */
  WRONG_ALGORITHM,
  /** The signature is wrong. */
  BAD_SIGNATURE
}
