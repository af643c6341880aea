package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.RecordingListener;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JDK without ML-DSA. */
@EnabledForJreRange(maxVersion = 23)
class MlDsaOnOlderJdkTest {
  private static final String JWK =
      "{\"kty\":\"AKP\",\"kid\":\"pq\",\"alg\":\"ML-DSA-65\",\"pub\":\""
          + Forge.base64(new byte[1952])
          + "\"}";

  private static void assertRefused(JwsAlgorithm algorithm, Runnable work) {
    assertThatIllegalArgumentException()
        .isThrownBy(work::run)
        .withMessageContaining(algorithm.jwaName() + " needs JDK 24 or later, and this is ");
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-1 ML-DSA is refused by name, with the JDK that it needs")
  void refused(JwsAlgorithm algorithm) throws Exception {
    assertRefused(algorithm, () -> SigningKey.generate(algorithm, new SecureRandom()));
    KeyPair castle =
        KeyPairGenerator.getInstance(algorithm.jwaName(), new BouncyCastleProvider())
            .generateKeyPair();
    assertRefused(algorithm, () -> VerificationKey.of(algorithm, castle.getPublic()));
    assertRefused(
        algorithm, () -> SigningKey.of(algorithm, castle.getPublic(), castle.getPrivate()));
    String open = MlDsaKeys.pem("PUBLIC KEY", castle.getPublic().getEncoded());
    String closed = MlDsaKeys.pem("PRIVATE KEY", castle.getPrivate().getEncoded());
    assertRefused(algorithm, () -> Pem.verificationKey(algorithm, open));
    assertRefused(algorithm, () -> Pem.signingKey(algorithm, closed));
    String jwk = JWK.replace("ML-DSA-65", algorithm.jwaName());
    assertRefused(algorithm, () -> Jwk.verificationKey(jwk));
    assertRefused(
        algorithm, () -> Jwk.signingKey(jwk.replace("}", ",\"priv\":\"" + "A".repeat(43) + "\"}")));
  }

  @Test
  @DisplayName("JW-5 in an issuer's set it is passed over with that reason; the others are used")
  void passedOver() {
    SigningKey key = RemoteKeys.key("1");
    KeyServer server = KeyServer.start();
    try {
      RecordingListener events = new RecordingListener();
      String other = Jwk.publicJwk(key.verificationKey());
      server.publish("{\"keys\":[" + JWK + "," + other + "]}");
      RemoteKeySet keys =
          RemoteKeySet.builder(AuthEnvironment.standard().withListener(events), server.uri())
              .build();
      assertThat(Forge.builder(keys).build().verify(Pairs.token(key)))
          .isInstanceOf(VerifiedJwt.class);
      assertThat(events.events(AuthEvent.KeyPassedOver.class))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.toString()).contains("pq", "ML-DSA-65 needs JDK 24 or later"));
    } finally {
      server.stop();
    }
    assertThat(JwkSet.verificationKeys("{\"keys\":[" + JWK + "]}")).isEmpty();
  }
}
