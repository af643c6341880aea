package dev.sallyport.benchmarks.jwt;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.refresh.IssuerDoor;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.Set;

/**
 * Ours: with tokens that were seen before, or as if each came for the first time; and as if another
 * issuer had made them.
 */
final class SallyportJwt implements JwtPeer {
  private final JwtVerifier verifier;
  private final IssuerDoor issuer;

  SallyportJwt(JwtScene scene, boolean remembers, boolean foreign) {
    SigningKey key = key(scene).withKeyId(JwtScene.KEY_ID);
    SigningKeySet keys =
        SigningKeySet.of(scene.provider == null ? key : key.withProvider(scene.provider));
    JwtIssuer own =
        JwtIssuer.builder(JwtScene.ISSUER, JwtScene.AUDIENCE, keys)
            .lifetime(Duration.ofHours(1))
            .build();
    JwtVerifier.Builder builder = foreign ? foreign(keys.current()) : own.verifier();
    verifier = (remembers ? builder : builder.rememberNone()).build();
    User user =
        User.builder(JwtScene.SUBJECT, JwtScene.USERNAME)
            .roles(Set.copyOf(JwtScene.ROLES))
            .epoch(JwtScene.EPOCH)
            .build();
    issuer = new IssuerDoor(own, user, JwtScene.SESSION, Set.of(JwtScene.SCOPE.split(" ")));
  }

  private static JwtVerifier.Builder foreign(SigningKey key) {
    return JwtVerifier.builder(VerificationKeys.of(key.verificationKey()))
        .issuer(JwtScene.ISSUER)
        .audience(JwtScene.AUDIENCE);
  }

  private static SigningKey key(JwtScene scene) {
    JwsAlgorithm algorithm =
        switch (scene.algorithm) {
          case "EdDSA" -> JwsAlgorithm.EDDSA;
          case "Ed25519" -> JwsAlgorithm.ED25519;
          default -> JwsAlgorithm.valueOf(scene.algorithm);
        };
    return scene.isSecret()
        ? SigningKey.ofSecret(algorithm, scene.secret)
        : SigningKey.of(algorithm, scene.open(), scene.closed());
  }

  @Override
  public String verify(String token) {
    JwtResult result = verifier.verify(token);
    if (result instanceof VerifiedJwt jwt) {
      return jwt.subject();
    }
    JwtRefusal refusal = ((JwtResult.Refused) result).refusal();
    throw new IllegalArgumentException(refusal.text());
  }

  @Override
  public String issue() {
    return issuer.issue();
  }
}
