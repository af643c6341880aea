package dev.sallyport.benchmarks.jwt;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Map;

/** java-jwt: one verifier. It has no EdDSA, no choice of provider, and looks at no {@code typ}. */
final class JavaJwt implements JwtPeer {
  private final Algorithm algorithm;
  private final JWTVerifier verifier;

  JavaJwt(JwtScene scene) {
    algorithm =
        switch (scene.algorithm) {
          case "HS256" -> Algorithm.HMAC256(scene.secret);
          case "RS256" ->
              Algorithm.RSA256((RSAPublicKey) scene.open(), (RSAPrivateKey) scene.closed());
          case "ES256" ->
              Algorithm.ECDSA256((ECPublicKey) scene.open(), (ECPrivateKey) scene.closed());
          default -> throw new UnsupportedOperationException(scene.algorithm);
        };
    verifier =
        JWT.require(algorithm)
            .withIssuer(JwtScene.ISSUER)
            .withAudience(JwtScene.AUDIENCE)
            .withClaimPresence("exp")
            .acceptLeeway(JwtScene.LEEWAY)
            .build();
  }

  @Override
  public String verify(String token) {
    DecodedJWT jwt = verifier.verify(token);
    JwtScene.require(JwtScene.TYPE.equals(jwt.getType()), "typ");
    return jwt.getSubject();
  }

  @Override
  public String issue() {
    Instant now = Instant.now();
    return JWT.create()
        .withHeader(Map.of("typ", JwtScene.TYPE))
        .withKeyId(JwtScene.KEY_ID)
        .withIssuer(JwtScene.ISSUER)
        .withSubject(JwtScene.SUBJECT)
        .withAudience(JwtScene.AUDIENCE)
        .withExpiresAt(now.plusSeconds(JwtScene.LIFETIME))
        .withIssuedAt(now)
        .withJWTId(JwtScene.newId())
        .withClaim("sid", JwtScene.SESSION)
        .withClaim("epoch", JwtScene.EPOCH)
        .withClaim("username", JwtScene.USERNAME)
        .withClaim("roles", JwtScene.ROLES)
        .withClaim("scope", JwtScene.SCOPE)
        .sign(algorithm);
  }
}
