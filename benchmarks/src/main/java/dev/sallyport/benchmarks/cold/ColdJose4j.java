package dev.sallyport.benchmarks.cold;

import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** jose4j. */
final class ColdJose4j {
  private ColdJose4j() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) throws Exception {
    String subject =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, "HS256")
            .setVerificationKey(
                new SecretKeySpec(Base64.getUrlDecoder().decode(args[0]), "HmacSHA256"))
            .setExpectedType(true, ColdToken.TYPE)
            .setExpectedIssuer(ColdToken.ISSUER)
            .setExpectedAudience(ColdToken.AUDIENCE)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(ColdToken.LEEWAY)
            .build()
            .processToClaims(args[1])
            .getSubject();
    if (!subject.equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException(subject);
    }
  }
}
