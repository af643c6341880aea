package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NimbusTest {
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

  private static JWK generate(JwsAlgorithm algorithm) throws JOSEException {
    JWKGenerator<? extends JWK> generator =
        switch (algorithm) {
          case HS256, HS384, HS512 -> new OctetSequenceKeyGenerator(512);
          case ES256 -> new ECKeyGenerator(Curve.P_256);
          case ES384 -> new ECKeyGenerator(Curve.P_384);
          case ES512 -> new ECKeyGenerator(Curve.P_521);
          case EDDSA, ED25519 -> new OctetKeyPairGenerator(Curve.Ed25519);
          default -> new RSAKeyGenerator(2048);
        };
    return generator
        .algorithm(JWSAlgorithm.parse(algorithm.jwaName()))
        .keyUse(KeyUse.SIGNATURE)
        .keyIDFromThumbprint(true)
        .generate();
  }

  private static String sign(JWSAlgorithm algorithm, JWK key) throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
    JWSObject jws = new JWSObject(header, new Payload(Interop.PAYLOAD));
    jws.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
    return jws.serialize();
  }

  private static void assertVerifies(JWK key, String token) throws Exception {
    JWSObject jws = JWSObject.parse(token);
    assertThat(jws.verify(verifier(key))).isTrue();
    assertThat(jws.getPayload().toBytes()).isEqualTo(Interop.PAYLOAD);
    for (String forged : Interop.forged(token)) {
      assertThat(JWSObject.parse(forged).verify(verifier(key))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1, JW-5 nimbus-jose-jwt reads our JWK and verifies what we sign")
  void ours(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = Interop.key(algorithm);
    JWK read =
        Interop.isSecret(algorithm)
            ? new OctetSequenceKey.Builder(Interop.SECRET).build()
            : JWK.parse(Jwk.publicJwk(key.verificationKey()));
    assertVerifies(read, Interop.sign(key));
    if (!Interop.isSecret(algorithm)) {
      assertThat(read.getKeyID()).isEqualTo("ours");
      assertThat(read.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
      assertThat(read.getAlgorithm().getName()).isEqualTo(algorithm.jwaName());
      assertThat(read.computeThumbprint().toString())
          .isEqualTo(Jwk.thumbprint(key.verificationKey()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1, JW-5 we read nimbus-jose-jwt's JWK and verify what it signs")
  void theirs(JwsAlgorithm algorithm) throws Exception {
    JWK key = generate(algorithm);
    JWK known = Interop.isSecret(algorithm) ? key : key.toPublicJWK();
    VerificationKey read = Jwk.verificationKey(known.toJSONString());
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(read.keyId()).contains(key.getKeyID());
    Interop.assertVerifies(read, sign(JWSAlgorithm.parse(algorithm.jwaName()), key));
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-5 with nimbus-jose-jwt's private JWK we sign what it verifies")
  void shared(JwsAlgorithm algorithm) throws Exception {
    JWK key = generate(algorithm);
    assertVerifies(key, Interop.sign(Jwk.signingKey(key.toJSONString())));
  }
}
