package dev.sallyport.benchmarks.cold;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.util.Base64;
import java.util.Set;

/** nimbus-jose-jwt by its parts. */
final class ColdNimbus {
  private ColdNimbus() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) throws Exception {
    SignedJWT jwt = SignedJWT.parse(args[1]);
    new DefaultJOSEObjectTypeVerifier<SecurityContext>(new JOSEObjectType(ColdToken.TYPE))
        .verify(jwt.getHeader().getType(), null);
    if (!jwt.verify(new MACVerifier(Base64.getUrlDecoder().decode(args[0])))) {
      throw new IllegalStateException("The signature is wrong");
    }
    new DefaultJWTClaimsVerifier<SecurityContext>(
            ColdToken.AUDIENCE,
            new JWTClaimsSet.Builder().issuer(ColdToken.ISSUER).build(),
            Set.of("sub", "exp"))
        .verify(jwt.getJWTClaimsSet(), null);
    String subject = jwt.getJWTClaimsSet().getSubject();
    if (!subject.equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException(subject);
    }
  }
}
