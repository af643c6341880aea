package dev.sallyport.jwt.token;

import java.util.Locale;

/** Why a token is refused. */
public enum JwtRefusal {
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
  BAD_SIGNATURE,
  /** Its {@code typ} is not the one that is accepted. */
  WRONG_TYPE,
  /**
   * Its claims are not a strict JSON object, a required one is missing, or one has the wrong type.
   */
  BAD_CLAIMS,
  /** Its {@code iss} is not a trusted issuer. */
  WRONG_ISSUER,
  /** Its {@code aud} does not contain the expected audience. */
  WRONG_AUDIENCE,
  /** A claim that has a rule is absent, or has a value that the rule does not list. */
  WRONG_CLAIM,
  /** Its {@code exp} has passed. */
  EXPIRED,
  /** Its {@code nbf} or {@code iat} is in the future. */
  NOT_YET_VALID;

  /** {@return its name in events and the trace, stable and in snake_case} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
