package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.VerifiedJwt;

/** Identifies whom a verified token belongs to. The answer depends only on the token. */
interface Identity {
  /** The name of the authenticator. */
  String SCHEME = "jwt";

  /**
   * Returns authenticated, or rejected if claims that identify the principal are missing or have
   * the wrong type.
   */
  AuthResult of(VerifiedJwt jwt);

  static Rejected badClaims() {
    return Rejected.of(SCHEME, new Reason(JwtRefusal.BAD_CLAIMS.text(), Refusal.INVALID_TOKEN));
  }
}
