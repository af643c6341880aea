package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** FIPS 204 and RFC 9964, on a JDK that has ML-DSA. */
@EnabledForJreRange(minVersion = 24)
class MlDsaTest {
  private static final Provider CASTLE = new BouncyCastleProvider();

  private static JwtVerifier verifier(VerificationKey key) {
    return Forge.builder(VerificationKeys.of(key)).rememberNone().build();
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-1 what a key signs its verifier verifies, and no other key of the algorithm")
  void roundTrip(JwsAlgorithm algorithm) {
    SigningKey key = MlDsaKeys.generate(algorithm).withKeyId("k");
    String token = Pairs.token(key);
    assertThat(new String(Forge.bytes(token.substring(0, token.indexOf('.'))), UTF_8))
        .isEqualTo("{\"alg\":\"" + algorithm.jwaName() + "\",\"kid\":\"k\",\"typ\":\"at+jwt\"}");
    JwtVerifier verifier = verifier(key.verificationKey());
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    String forged = Pairs.token(key, "sub", "\"mallory\"");
    int dot = token.lastIndexOf('.');
    assertThat(
            refusal(
                verifier.verify(
                    forged.substring(0, forged.lastIndexOf('.')) + token.substring(dot))))
        .isEqualTo(JwtRefusal.BAD_SIGNATURE);
    SigningKey other = MlDsaKeys.generate(algorithm).withKeyId("k");
    assertThat(refusal(verifier(other.verificationKey()).verify(token)))
        .isEqualTo(JwtRefusal.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "ML_DSA_44, T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o",
    "ML_DSA_65, Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM"
  })
  @DisplayName("RFC 9964: the seed of zeros has the public key and the thumbprint of the examples")
  void knownKeys(JwsAlgorithm algorithm, String thumbprint) {
    SigningKey key = MlDsaKeys.ofZeros(algorithm);
    assertThat(Jwk.thumbprint(key.verificationKey())).isEqualTo(thumbprint);
    assertThat(SigningKeySet.of(key).current().keyId()).contains(thumbprint);
    assertThat(Jwk.privateJwk(key)).contains("\"priv\":\"" + "A".repeat(43) + "\"");
  }

  @ParameterizedTest
  @CsvSource({"ML_DSA_44, 2420", "ML_DSA_65, 3309", "ML_DSA_87, 4627"})
  @DisplayName("JW-1 a signature of another length, of zeros or with a changed bit is none")
  void lengths(JwsAlgorithm algorithm, int length) {
    SigningKey key = MlDsaKeys.generate(algorithm);
    byte[] content = {1, 2, 3};
    byte[] good = key.sign(content);
    assertThat(good).hasSize(length);
    VerificationKey verifier = key.verificationKey();
    byte[] changed = good.clone();
    changed[length - 1] ^= 1;
    for (byte[] bad :
        new byte[][] {
          new byte[0],
          new byte[1],
          Arrays.copyOf(good, length - 1),
          Arrays.copyOf(good, length + 1),
          new byte[length],
          changed,
          new byte[2420],
          new byte[3309],
          new byte[4627]
        }) {
      assertThat(verifier.verifies(content, content.length, bad)).isFalse();
      assertThat(verifier.verifies(content, content.length, good)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-1 a key of another parameter set, or of another kind, is none")
  void otherSets(JwsAlgorithm algorithm) {
    KeyPair pair = MlDsaKeys.jdk(algorithm);
    for (JwsAlgorithm other : MlDsaKeys.others(algorithm)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(other, pair.getPublic()))
          .withMessageContaining(other.jwaName() + " needs a key of its own parameter set");
      PublicKey right = MlDsaKeys.jdk(other).getPublic();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.of(other, right, pair.getPrivate()))
          .withMessageContaining("parameter set");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.ES256, pair.getPublic()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(algorithm, Pairs.of(JwsAlgorithm.EDDSA).getPublic()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SigningKey.of(algorithm, pair.getPublic(), MlDsaKeys.jdk(algorithm).getPrivate()))
        .withMessageContaining("does not belong");
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-1 the header can't choose another parameter set, nor HMAC with the public key")
  void headers(JwsAlgorithm algorithm) {
    SigningKey key = MlDsaKeys.generate(algorithm).withKeyId("k");
    JwtVerifier verifier = verifier(key.verificationKey());
    for (JwsAlgorithm other : MlDsaKeys.others(algorithm)) {
      String token = Pairs.token(MlDsaKeys.generate(other).withKeyId("k"));
      assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.WRONG_ALGORITHM);
    }
    for (String name : new String[] {"HS256", "none", algorithm.name(), "ml-dsa-65", "ML-DSA"}) {
      String header = "{\"alg\":\"" + name + "\",\"typ\":\"at+jwt\",\"kid\":\"k\"}";
      String content = Forge.base64(header) + "." + Forge.base64(Forge.claims());
      byte[] mac = Forge.mac(Jwk.publicJwk(key.verificationKey()).getBytes(UTF_8), content);
      assertThat(refusal(verifier.verify(content + "." + Forge.base64(mac))))
          .isEqualTo(JwtRefusal.WRONG_ALGORITHM);
    }
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-1 a public key of another size, which the JDK's factory takes, is refused")
  void sizes(JwsAlgorithm algorithm) throws Exception {
    byte[] encoded = MlDsaKeys.jdk(algorithm).getPublic().getEncoded();
    for (int change : new int[] {-1, 1}) {
      byte[] other = Arrays.copyOf(encoded, encoded.length + change);
      for (int length : new int[] {2, 19}) { // of the whole, and of the key in it
        int changed = ((other[length] & 0xFF) << 8 | (other[length + 1] & 0xFF)) + change;
        other[length] = (byte) (changed >> 8);
        other[length + 1] = (byte) changed;
      }
      PublicKey key =
          KeyFactory.getInstance("ML-DSA").generatePublic(new X509EncodedKeySpec(other));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(algorithm, key))
          .withMessageContaining("has " + (encoded.length - 22) + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 what Bouncy Castle signs the JDK verifies, and the reverse, by one seed")
  void otherProvider(JwsAlgorithm algorithm) {
    SigningKey jdk = MlDsaKeys.generate(algorithm).withKeyId("k");
    SigningKey castle = jdk.withProvider(CASTLE);
    for (SigningKey by : new SigningKey[] {jdk, castle}) {
      String token = Pairs.token(by);
      assertThat(verifier(jdk.verificationKey()).verify(token)).isInstanceOf(VerifiedJwt.class);
      assertThat(verifier(castle.verificationKey()).verify(token)).isInstanceOf(VerifiedJwt.class);
    }
    assertThat(Jwk.privateJwk(castle)).isEqualTo(Jwk.privateJwk(jdk));
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a service signs with ML-DSA, and a wrong signature of its is not sent")
  void external(JwsAlgorithm algorithm) {
    KeyPair pair = MlDsaKeys.jdk(algorithm);
    SigningKey key =
        SigningKey.of(
            algorithm,
            pair.getPublic(),
            data -> {
              Signature signature = Signature.getInstance(algorithm.jwaName());
              signature.initSign(pair.getPrivate());
              signature.update(data);
              return signature.sign();
            });
    assertThat(verifier(key.verificationKey()).verify(Pairs.token(key)))
        .isInstanceOf(VerifiedJwt.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(algorithm, pair.getPublic(), data -> new byte[2420]));
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.privateJwk(key));
  }

  @Test
  @DisplayName("JW-10 a signature that is longer than the limit is named, and fits in a higher one")
  void tooLong() {
    SigningKeySet keys = SigningKeySet.of(MlDsaKeys.generate(JwsAlgorithm.ML_DSA_87));
    JwtSigner.Builder builder =
        JwtSigner.builder(Forge.ISSUER, Forge.AUDIENCE, keys)
            .type("download+jwt")
            .lifetime(Duration.ofMinutes(1));
    JwtSigner usual = builder.build();
    assertThatThrownBy(() -> usual.sign("x", Map.of("roles", "r".repeat(100))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("more than 4096; its signature alone has 6170");
    JwtSigner longer = builder.maxLength(8192).build();
    assertThat(longer.verifier().build().verify(longer.sign("x").reveal()))
        .isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("CH-10 many threads sign and verify with one key, and mix up none")
  void threads() {
    SigningKey key = MlDsaKeys.generate(JwsAlgorithm.ML_DSA_44);
    JwtVerifier verifier = verifier(key.verificationKey());
    String token = Pairs.token(key);
    String hostile = token.substring(0, token.lastIndexOf('.') + 1) + Forge.base64(new byte[2420]);
    Race.of(
        8,
        thread -> {
          for (int i = 0; i < 20; i++) {
            assertThat(verifier.verify(Pairs.token(key))).isInstanceOf(VerifiedJwt.class);
            assertThat(refusal(verifier.verify(hostile))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
          }
          return true;
        });
  }

  @Test
  @DisplayName("PW-6 no key shows what it is made of")
  void hidden() {
    assertThat(MlDsaKeys.ofZeros(JwsAlgorithm.ML_DSA_65).withKeyId("2026"))
        .hasToString("SigningKey[ML_DSA_65 2026]");
  }
}
