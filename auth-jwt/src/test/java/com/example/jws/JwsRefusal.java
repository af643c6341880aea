package com.example.jws;

/** Why a signed token is refused. */
public enum JwsRefusal {
  /** It is longer than the verifier accepts. */
  OVERSIZED,
  /**
   * It is not in strict compact form, its header is not a strict JSON object with an {@code alg},
   * or the header has {@code crit}, {@code b64} or {@code zip}.
   */
  MALFORMED,
  /** No key has its {@code kid}, or it has none and the number of matching keys is not one. */
  UNKNOWN_KEY,
  /** Its {@code alg} is not the key's. */
  WRONG_ALGORITHM,
  /** Its signature is wrong. */
  BAD_SIGNATURE
}
