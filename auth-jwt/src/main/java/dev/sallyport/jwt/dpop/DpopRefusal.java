package dev.sallyport.jwt.dpop;

import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import java.util.Locale;

/** Why a proof is refused. */
public enum DpopRefusal {
  /** The request has no proof, and needs one. */
  MISSING,
  /** The request has more than one {@code DPoP} field line. */
  SEVERAL,
  /** It is longer than {@link DpopProofs#MAX_LENGTH}. */
  OVERSIZED,
  /** It is not a JWT in strict compact form. */
  MALFORMED,
  /** Its {@code typ} is not {@code dpop+jwt}. */
  WRONG_TYPE,
  /** Its {@code alg} is not accepted. */
  WRONG_ALGORITHM,
  /** Its {@code jwk} is absent, unsuitable for the {@code alg}, or not only a public key. */
  BAD_KEY,
  /** Its signature is not by its {@code jwk}. */
  BAD_SIGNATURE,
  /** A required claim is missing or has the wrong type. */
  BAD_CLAIMS,
  /** Its {@code htm} is not the method of the request. */
  WRONG_METHOD,
  /** Its {@code htu} is not the URL of the request. */
  WRONG_URL,
  /** Its {@code ath} is not the hash of the access token. */
  WRONG_TOKEN,
  /** Its key is not the one that the token is bound to. */
  WRONG_KEY,
  /** Its {@code iat} is too long ago or in the future. */
  STALE,
  /** Its {@code nonce} is absent, expired or not one of ours. */
  NONCE_NEEDED,
  /** It has been used before. */
  REPLAYED;

  /** {@return its name in events and the trace, stable and in snake_case} */
  public String text() {
    return "dpop_" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the error that the client sees (RFC 9449 section 12.2): {@code use_dpop_nonce} or
   * {@code invalid_dpop_proof}}
   */
  public String code() {
    return this == NONCE_NEEDED ? "use_dpop_nonce" : "invalid_dpop_proof";
  }

  /** {@return the reason of an answer that refuses the proof but says nothing of a token} */
  public Reason reason() {
    return new Reason(text(), Refusal.INVALID_CREDENTIALS);
  }
}
