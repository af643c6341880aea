package dev.sallyport.benchmarks.jwt;

import java.security.Security;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** jose4j: one consumer. */
final class Jose4jJwt implements JwtPeer {
  private final JwtScene scene;
  private final ProviderContext context = new ProviderContext();
  private final JwtConsumer consumer;

  Jose4jJwt(JwtScene scene) {
    this.scene = scene;
    if (scene.provider != null) {
      Security.addProvider(scene.provider);
      context.getSuppliedKeyProviderContext().setSignatureProvider(scene.provider.getName());
    }
    consumer =
        new JwtConsumerBuilder()
            .setJwsProviderContext(context)
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, scene.algorithm)
            .setVerificationKey(scene.verificationKey())
            .setExpectedType(true, JwtScene.TYPE)
            .setExpectedIssuer(JwtScene.ISSUER)
            .setExpectedAudience(JwtScene.AUDIENCE)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(JwtScene.LEEWAY)
            .build();
  }

  @Override
  public String verify(String token) throws Exception {
    return consumer.processToClaims(token).getSubject();
  }

  @Override
  public String issue() throws Exception {
    long now = JwtScene.now();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(JwtScene.ISSUER);
    claims.setSubject(JwtScene.SUBJECT);
    claims.setAudience(JwtScene.AUDIENCE);
    claims.setExpirationTime(NumericDate.fromSeconds(now + JwtScene.LIFETIME));
    claims.setIssuedAt(NumericDate.fromSeconds(now));
    claims.setJwtId(JwtScene.newId());
    claims.setStringClaim("sid", JwtScene.SESSION);
    claims.setClaim("epoch", JwtScene.EPOCH);
    claims.setStringClaim("username", JwtScene.USERNAME);
    claims.setStringListClaim("roles", JwtScene.ROLES);
    claims.setStringClaim("scope", JwtScene.SCOPE);
    JsonWebSignature jws = new JsonWebSignature();
    jws.setProviderContext(context);
    jws.setAlgorithmHeaderValue(scene.algorithm);
    jws.setKeyIdHeaderValue(JwtScene.KEY_ID);
    jws.setHeader("typ", JwtScene.TYPE);
    jws.setKey(scene.signingKey());
    jws.setPayload(claims.toJson());
    return jws.getCompactSerialization();
  }
}
