package dev.sallyport.jwt;

import java.util.Locale;

/** Why a token is refused. */
public enum JwtRefusal {
  /** It is longer than the verifier takes. */
  OVERSIZED,
  /** It has no strict compact form, or its header is not as {@link JwsRefusal#MALFORMED} has it. */
  MALFORMED,
  /** No key has its {@code kid}, or it has none and not exactly one key fits. */
  UNKNOWN_KEY,
  /** Its {@code alg} is not the key's. */
  WRONG_ALGORITHM,
  /** The signature is wrong. */
  BAD_SIGNATURE,
  /** Its {@code typ} is another than what is taken. */
  WRONG_TYPE,
  /**
   * Its claims are no strict JSON object, one that is needed is missing, or one is of another type.
   */
  BAD_CLAIMS,
  /** Its {@code iss} is none of those that are trusted. */
  WRONG_ISSUER,
  /** Its {@code aud} does not hold what is expected. */
  WRONG_AUDIENCE,
  /** A claim that a rule is about is absent, or has a value that the rule does not name. */
  WRONG_CLAIM,
  /** Its {@code exp} has come. */
  EXPIRED,
  /** Its {@code nbf} or {@code iat} is still to come. */
  NOT_YET_VALID;

  /**
   * Its name in events and the trace.
   *
   * @return a stable name in snake_case
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JwtRefusal of(JwsRefusal refusal) {
    return switch (refusal) {
      case OVERSIZED -> OVERSIZED;
      case MALFORMED -> MALFORMED;
      case UNKNOWN_KEY -> UNKNOWN_KEY;
      case WRONG_ALGORITHM -> WRONG_ALGORITHM;
      case BAD_SIGNATURE -> BAD_SIGNATURE;
    };
  }
}
