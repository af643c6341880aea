package dev.sallyport.benchmarks.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.util.Date;
import java.util.Set;

/**
 * nimbus-jose-jwt by its parts, which costs less than its DefaultJWTProcessor and does EdDSA too,
 * by Tink.
 */
final class NimbusJwt implements JwtPeer {
  private final JWSAlgorithm algorithm;
  private final JWSVerifier verifier;
  private final JWSSigner signer;
  private final DefaultJOSEObjectTypeVerifier<SecurityContext> type =
      new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(JwtScene.TYPE));
  private final DefaultJWTClaimsVerifier<SecurityContext> claims =
      new DefaultJWTClaimsVerifier<>(
          JwtScene.AUDIENCE,
          new JWTClaimsSet.Builder().issuer(JwtScene.ISSUER).build(),
          Set.of("sub", "exp"));

  NimbusJwt(JwtScene scene) throws JOSEException {
    algorithm = JWSAlgorithm.parse(scene.algorithm);
    verifier = verifier(scene.jwk());
    signer = new DefaultJWSSignerFactory().createJWSSigner(scene.jwk(), algorithm);
    claims.setMaxClockSkew(JwtScene.LEEWAY);
    if (scene.provider != null) {
      verifier.getJCAContext().setProvider(scene.provider);
      signer.getJCAContext().setProvider(scene.provider);
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof OctetSequenceKey secret) {
      return new MACVerifier(secret);
    }
    if (key instanceof RSAKey rsa) {
      return new RSASSAVerifier(rsa);
    }
    return key instanceof ECKey ec
        ? new ECDSAVerifier(ec)
        : new Ed25519Verifier(((OctetKeyPair) key).toPublicJWK());
  }

  @Override
  public String verify(String token) throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    type.verify(jwt.getHeader().getType(), null);
    return verify(jwt);
  }

  /** Whatever its type. */
  String verify(SignedJWT jwt) throws Exception {
    JwtScene.require(jwt.getHeader().getAlgorithm().equals(algorithm), "alg");
    JwtScene.require(jwt.verify(verifier), "signature");
    claims.verify(jwt.getJWTClaimsSet(), null);
    return jwt.getJWTClaimsSet().getSubject();
  }

  @Override
  public String issue() throws Exception {
    long now = System.currentTimeMillis();
    return sign(
        new JWTClaimsSet.Builder()
            .issuer(JwtScene.ISSUER)
            .audience(JwtScene.AUDIENCE)
            .expirationTime(new Date(now + JwtScene.LIFETIME * 1000L))
            .issueTime(new Date(now)),
        JwtScene.TYPE);
  }

  /** With the claims that say nothing of whether a token is good. */
  String sign(JWTClaimsSet.Builder claims, String type) throws JOSEException {
    JWTClaimsSet all =
        claims
            .subject(JwtScene.SUBJECT)
            .jwtID(JwtScene.newId())
            .claim("sid", JwtScene.SESSION)
            .claim("epoch", JwtScene.EPOCH)
            .claim("username", JwtScene.USERNAME)
            .claim("roles", JwtScene.ROLES)
            .claim("scope", JwtScene.SCOPE)
            .build();
    JWSHeader header =
        new JWSHeader.Builder(algorithm)
            .keyID(JwtScene.KEY_ID)
            .type(new JOSEObjectType(type))
            .build();
    SignedJWT jwt = new SignedJWT(header, all);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
