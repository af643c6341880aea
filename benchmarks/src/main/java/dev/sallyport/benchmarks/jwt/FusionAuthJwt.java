package dev.sallyport.benchmarks.jwt;

import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.JWTEncoder;
import io.fusionauth.jwt.Signer;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.ec.ECSigner;
import io.fusionauth.jwt.ec.ECVerifier;
import io.fusionauth.jwt.ed.EdDSASigner;
import io.fusionauth.jwt.ed.EdDSAVerifier;
import io.fusionauth.jwt.hmac.HMACSigner;
import io.fusionauth.jwt.hmac.HMACVerifier;
import io.fusionauth.jwt.rsa.RSASigner;
import io.fusionauth.jwt.rsa.RSAVerifier;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** fusionauth-jwt: one verifier. It leaves issuer, audience and type to its host. */
final class FusionAuthJwt implements JwtPeer {
  private final JWTDecoder decoder = new JWTDecoder().withClockSkew(JwtScene.LEEWAY);
  private final JWTEncoder encoder = new JWTEncoder();
  private final Verifier verifier;
  private final Signer signer;

  FusionAuthJwt(JwtScene scene) {
    switch (scene.algorithm) {
      case "HS256" -> {
        verifier = HMACVerifier.newVerifier(scene.secret);
        signer = HMACSigner.newSHA256Signer(scene.secret, JwtScene.KEY_ID);
      }
      case "RS256" -> {
        verifier = RSAVerifier.newVerifier(scene.open());
        signer = RSASigner.newSHA256Signer(scene.closed(), JwtScene.KEY_ID);
      }
      case "ES256" -> {
        verifier = ECVerifier.newVerifier(scene.open());
        signer = ECSigner.newSHA256Signer(scene.closed(), JwtScene.KEY_ID);
      }
      default -> {
        verifier = EdDSAVerifier.newVerifier(scene.open());
        signer = EdDSASigner.newSigner(scene.closed(), JwtScene.KEY_ID);
      }
    }
  }

  @Override
  public String verify(String token) {
    JWT jwt = decoder.decode(token, verifier);
    JwtScene.require(JwtScene.TYPE.equals(jwt.header.type), "typ");
    JwtScene.require(JwtScene.ISSUER.equals(jwt.issuer), "iss");
    JwtScene.require(JwtScene.AUDIENCE.equals(jwt.audience), "aud");
    return jwt.subject;
  }

  @Override
  public String issue() {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    JWT jwt =
        new JWT()
            .setIssuer(JwtScene.ISSUER)
            .setSubject(JwtScene.SUBJECT)
            .setAudience(JwtScene.AUDIENCE)
            .setExpiration(now.plusSeconds(JwtScene.LIFETIME))
            .setIssuedAt(now)
            .setUniqueId(JwtScene.newId())
            .addClaim("sid", JwtScene.SESSION)
            .addClaim("epoch", JwtScene.EPOCH)
            .addClaim("username", JwtScene.USERNAME)
            .addClaim("roles", JwtScene.ROLES)
            .addClaim("scope", JwtScene.SCOPE);
    return encoder.encode(jwt, signer, header -> header.type = JwtScene.TYPE);
  }
}
