package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRulesTest {
  private static KeyPair pair(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
  @DisplayName("JW-1 a secret is at least as long as the hash")
  void secrets(JwsAlgorithm algorithm, int length) {
    assertThat(VerificationKey.ofSecret(algorithm, new byte[length]).algorithm())
        .isEqualTo(algorithm);
    for (int bad : new int[] {0, 1, length - 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.ofSecret(algorithm, new byte[bad]))
          .withMessageContaining("at least " + length + " bytes, not " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.ofSecret(algorithm, new byte[bad]));
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HS.*", "ML_DSA.*"},
      mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1 a public-key algorithm has no secret, and a secret no public key")
  void kinds(JwsAlgorithm algorithm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.ofSecret(algorithm, new byte[64]));
    PublicKey any = open(SigningKey.generate(algorithm, new SecureRandom()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.HS256, any));
  }

  private static PublicKey open(SigningKey key) {
    try {
      return switch (key.algorithm()) {
        case RS256, RS384, RS512, PS256, PS384, PS512 -> pair("RSA", 2048).getPublic();
        case EDDSA -> pair("Ed25519", 0).getPublic();
        default -> pair("EC", 256).getPublic();
      };
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("JW-1 RSA has 2048 bits or more, an odd modulus, and an odd exponent from 3")
  void rsa() throws Exception {
    PublicKey small = pair("RSA", 1024).getPublic();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.RS256, small))
        .withMessageContaining("1024");
    RSAPublicKey good = (RSAPublicKey) pair("RSA", 2048).getPublic();
    assertThat(VerificationKey.of(JwsAlgorithm.PS512, good).algorithm())
        .isEqualTo(JwsAlgorithm.PS512);
    KeyFactory factory = KeyFactory.getInstance("RSA");
    PublicKey even =
        factory.generatePublic(
            new RSAPublicKeySpec(
                good.getModulus().subtract(BigInteger.ONE), BigInteger.valueOf(3)));
    PublicKey evenExponent =
        factory.generatePublic(new RSAPublicKeySpec(good.getModulus(), BigInteger.valueOf(65_536)));
    for (PublicKey bad : new PublicKey[] {even, evenExponent}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.RS256, bad));
    }
  }

  @ParameterizedTest
  @CsvSource({"ES256, 256", "ES384, 384", "ES512, 521"})
  @DisplayName("JW-1 an EC key is on the algorithm's curve, and its point on that")
  void curves(JwsAlgorithm algorithm, int size) throws Exception {
    ECPublicKey good = (ECPublicKey) pair("EC", size).getPublic();
    assertThat(VerificationKey.of(algorithm, good).algorithm()).isEqualTo(algorithm);
    ECPoint off =
        new ECPoint(good.getW().getAffineX(), good.getW().getAffineY().add(BigInteger.ONE));
    PublicKey bad =
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(off, good.getParams()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(algorithm, bad))
        .withMessageContaining("not on the curve");
    for (JwsAlgorithm other :
        new JwsAlgorithm[] {JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512}) {
      if (other != algorithm) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of(other, good));
      }
    }
  }

  @Test
  @DisplayName("JW-1 another curve of Edwards', or another type, is no key for EdDSA")
  void edwards() throws Exception {
    PublicKey ed448 = pair("Ed448", 0).getPublic();
    PublicKey x25519 = pair("X25519", 0).getPublic();
    for (PublicKey bad : new PublicKey[] {ed448, x25519, pair("EC", 256).getPublic()}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.EDDSA, bad));
    }
  }

  @Test
  @DisplayName("JW-1 a private key of another pair is told at once")
  void pairs() throws Exception {
    for (String type : new String[] {"RSA", "EC"}) {
      JwsAlgorithm algorithm = type.equals("RSA") ? JwsAlgorithm.RS256 : JwsAlgorithm.ES256;
      KeyPair one = pair(type, type.equals("RSA") ? 2048 : 256);
      KeyPair other = pair(type, type.equals("RSA") ? 2048 : 256);
      assertThat(SigningKey.of(algorithm, one.getPublic(), one.getPrivate()).algorithm())
          .isEqualTo(algorithm);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.of(algorithm, one.getPublic(), other.getPrivate()))
          .withMessageContaining("does not belong");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\n", "\u0000", "\u0085"})
  @DisplayName("JW-5 the id of a key is 1 to 512 characters, none of them a control character")
  void ids(String bad) {
    VerificationKey key = VerificationKey.ofSecret(JwsAlgorithm.HS256, new byte[32]);
    assertThat(key.withKeyId("a".repeat(512)).keyId()).contains("a".repeat(512));
    assertThatIllegalArgumentException().isThrownBy(() -> key.withKeyId(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> key.withKeyId("a".repeat(513)));
  }

  @Test
  @DisplayName("PW-6 no key shows what it is made of")
  void hidden() {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 'k');
    assertThat(SigningKey.ofSecret(JwsAlgorithm.HS256, secret).withKeyId("2026"))
        .hasToString("SigningKey[HS256 2026]");
    assertThat(VerificationKey.ofSecret(JwsAlgorithm.HS256, secret))
        .hasToString("VerificationKey[HS256]");
  }
}
