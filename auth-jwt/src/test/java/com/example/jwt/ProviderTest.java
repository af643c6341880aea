package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.security.Provider;
import java.util.Arrays;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderTest {
  private static final Provider CASTLE = new BouncyCastleProvider();

  private static JwtVerifier verifier(VerificationKey key) {
    return Forge.builder(VerificationKeys.of(key)).rememberNone().build();
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName(
      "JW-5 what Bouncy Castle signs the JDK verifies, and the reverse, with the same keys")
  void bothWays(JwsAlgorithm algorithm) {
    SigningKey jdk = Pairs.key(algorithm).withKeyId("k");
    SigningKey castle = jdk.withProvider(CASTLE);
    assertThat(castle.keyId()).contains("k");
    assertThat(castle.algorithm()).isEqualTo(algorithm);
    for (SigningKey by : new SigningKey[] {jdk, castle}) {
      String token = Pairs.token(by);
      assertThat(verifier(jdk.verificationKey()).verify(token)).isInstanceOf(VerifiedJwt.class);
      assertThat(verifier(castle.verificationKey()).verify(token)).isInstanceOf(VerifiedJwt.class);
      assertThat(verifier(jdk.verificationKey().withProvider(CASTLE)).verify(token))
          .isInstanceOf(VerifiedJwt.class);
    }
    String forged = Pairs.token(castle, "sub", "\"mallory\"");
    String other = forged.substring(0, forged.lastIndexOf('.')) + last(Pairs.token(castle));
    assertThat(refusal(verifier(castle.verificationKey()).verify(other)))
        .isEqualTo(JwtRefusal.BAD_SIGNATURE);
  }

  private static String last(String token) {
    return token.substring(token.lastIndexOf('.'));
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName("JW-5 a key of another provider is written down as it would be without it")
  void written(JwsAlgorithm algorithm) {
    SigningKey jdk = Pairs.key(algorithm);
    SigningKey castle = jdk.withProvider(CASTLE);
    assertThat(Jwk.privateJwk(castle)).isEqualTo(Jwk.privateJwk(jdk));
    assertThat(Pem.privatePem(castle)).isEqualTo(Pem.privatePem(jdk));
    assertThat(Jwk.thumbprint(castle.verificationKey()))
        .isEqualTo(Jwk.thumbprint(jdk.verificationKey()));
    assertThat(castle).hasToString(jdk.toString());
  }

  @Test
  @DisplayName("JW-5 a secret is kept from the provider, which is not asked for HMAC")
  void secrets() {
    assertThat(Forge.KEY.withProvider(CASTLE)).isSameAs(Forge.KEY);
    VerificationKey secret = Forge.KEY.verificationKey();
    assertThat(secret.withProvider(CASTLE)).isSameAs(secret);
  }

  @Test
  @DisplayName("JW-5 a provider that can't do the algorithm is refused, by name, before any token")
  void cant() {
    Provider counting = new CountingProvider();
    for (JwsAlgorithm algorithm : new JwsAlgorithm[] {JwsAlgorithm.RS512, JwsAlgorithm.ES384}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pairs.key(algorithm).verificationKey().withProvider(counting))
          .withMessageContaining("Counting can't verify with " + algorithm);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pairs.key(algorithm).withProvider(counting))
          .withMessageContaining("Counting");
    }
    assertThatThrownBy(() -> Forge.KEY.withProvider(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Forge.KEY.verificationKey().withProvider(null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("JW-1 CVE-2022-21449: r or s of zero, or another length, never reaches the provider")
  void unasked() {
    CountingProvider provider = new CountingProvider();
    SigningKey key = Pairs.key(JwsAlgorithm.ES256);
    JwtVerifier verifier = verifier(key.verificationKey().withProvider(provider));
    String token = Pairs.token(key);
    int dot = token.lastIndexOf('.') + 1;
    byte[] good = Forge.bytes(token.substring(dot));
    byte[] noR = good.clone();
    Arrays.fill(noR, 0, 32, (byte) 0);
    byte[] noS = good.clone();
    Arrays.fill(noS, 32, 64, (byte) 0);
    for (byte[] bad :
        new byte[][] {new byte[64], noR, noS, Arrays.copyOf(good, 63), Arrays.copyOf(good, 65)}) {
      assertThat(refusal(verifier.verify(token.substring(0, dot) + Forge.base64(bad))))
          .isEqualTo(JwtRefusal.BAD_SIGNATURE);
    }
    assertThat(provider.verified).hasValue(0);
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(provider.verified).hasValue(1);
  }

  @Test
  @DisplayName("JW-5 objects that are ready are used again, and one that threw is not")
  void pool() {
    CountingProvider provider = new CountingProvider();
    SigningKey key = Pairs.key(JwsAlgorithm.EDDSA);
    JwtVerifier verifier = verifier(key.verificationKey().withProvider(provider));
    String token = Pairs.token(key);
    for (int i = 0; i < 10; i++) {
      assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    }
    assertThat(provider.prepared).hasValue(1);
    byte[] bad = new byte[64];
    bad[0] = 1;
    bad[63] = (byte) 0xFF;
    String hostile = token.substring(0, token.lastIndexOf('.') + 1) + Forge.base64(bad);
    for (int i = 1; i <= 5; i++) {
      assertThat(refusal(verifier.verify(hostile))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
      assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
      assertThat(provider.prepared).hasValue(1 + i);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "EDDSA", "ES256", "RS256"})
  @DisplayName("CH-10 many threads verify good and hostile tokens with one key, and mix up none")
  void threads(JwsAlgorithm algorithm) {
    SigningKey key = algorithm == JwsAlgorithm.HS256 ? Forge.KEY : Pairs.key(algorithm);
    JwtVerifier verifier = verifier(key.verificationKey());
    String token = Pairs.token(key);
    int dot = token.lastIndexOf('.') + 1;
    byte[] zeros = new byte[Forge.bytes(token.substring(dot)).length];
    String hostile = token.substring(0, dot) + Forge.base64(zeros);
    Race.of(
        12,
        thread -> {
          for (int i = 0; i < 100; i++) {
            if ((thread + i) % 2 == 0) {
              assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
            } else {
              assertThat(refusal(verifier.verify(hostile))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
            }
          }
          return true;
        });
  }
}
