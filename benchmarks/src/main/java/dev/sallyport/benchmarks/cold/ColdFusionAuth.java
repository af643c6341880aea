package dev.sallyport.benchmarks.cold;

import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.hmac.HMACVerifier;
import java.util.Base64;

/** fusionauth-jwt. */
final class ColdFusionAuth {
  private ColdFusionAuth() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) {
    byte[] secret = Base64.getUrlDecoder().decode(args[0]);
    JWT jwt =
        new JWTDecoder()
            .withClockSkew(ColdToken.LEEWAY)
            .decode(args[1], HMACVerifier.newVerifier(secret));
    String subject = jwt.subject;
    if (!subject.equals(ColdToken.SUBJECT)
        || !jwt.issuer.equals(ColdToken.ISSUER)
        || !jwt.audience.equals(ColdToken.AUDIENCE)) {
      throw new IllegalStateException(subject);
    }
  }
}
