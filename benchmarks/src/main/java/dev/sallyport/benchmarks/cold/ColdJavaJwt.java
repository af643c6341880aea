package dev.sallyport.benchmarks.cold;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.util.Base64;

/** java-jwt. */
final class ColdJavaJwt {
  private ColdJavaJwt() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) {
    String subject =
        JWT.require(Algorithm.HMAC256(Base64.getUrlDecoder().decode(args[0])))
            .withIssuer(ColdToken.ISSUER)
            .withAudience(ColdToken.AUDIENCE)
            .withClaimPresence("exp")
            .acceptLeeway(ColdToken.LEEWAY)
            .build()
            .verify(args[1])
            .getSubject();
    if (!subject.equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException(subject);
    }
  }
}
