package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that look like keys. */
class UnfitKeyTest {
  private static final int[] ROCA = {
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167
  };

  private static PublicKey rsa(BigInteger modulus, long exponent) throws Exception {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent)));
  }

  /**
   * As CVE-2017-15361 makes them: each prime is k * M + 65537^a mod M. Odd will do for the test.
   */
  private static BigInteger roca(int a) {
    BigInteger m = BigInteger.ONE;
    for (int prime : ROCA) {
      m = m.multiply(BigInteger.valueOf(prime));
    }
    BigInteger root = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(a), m);
    BigInteger p = m.shiftLeft(1024 - m.bitLength() + 1).add(root);
    BigInteger odd = p.testBit(0) ? p : p.add(m);
    return odd.multiply(odd.add(m.shiftLeft(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 123_456})
  @DisplayName("JW-1 CVE-2017-15361: a modulus of Infineon's library (ROCA) is refused")
  void factorable(int a) throws Exception {
    PublicKey key = rsa(roca(a), 65537);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.RS256, key))
        .withMessageContaining("CVE-2017-15361");
    PublicKey near = rsa(roca(a).add(BigInteger.TWO), 65537);
    assertThat(VerificationKey.of(JwsAlgorithm.RS256, near)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"2047, false", "2048, true", "2049, true", "4096, true"})
  @DisplayName("JW-1 an RSA modulus of 2048 bits is one, of 2047 is none")
  void modulus(int bits, boolean good) throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(12345));
    PublicKey key = rsa(modulus, 65537);
    if (good) {
      assertThat(VerificationKey.of(JwsAlgorithm.RS256, key)).isNotNull();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.RS256, key))
          .withMessageContaining("2047");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIA",
        "7P_______________________________________38",
        "7P________________________________________8",
        "7f_______________________________________38",
        "7v_______________________________________38",
        "__________________________________________8"
      })
  @DisplayName("JW-1 a public key of Ed25519 of low order, or not canonical, is refused")
  void lowOrder(String x) {
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.verificationKey(jwk));
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  @DisplayName("JW-1 the points of order 8 are refused, with either sign")
  void orderEight(int sign) throws Exception {
    BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    BigInteger y =
        new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);
    for (BigInteger each : new BigInteger[] {y, p.subtract(y)}) {
      PublicKey key = edwards(sign == 1, each);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.EDDSA, key))
          .withMessageContaining("low order");
    }
  }

  private static PublicKey edwards(boolean odd, BigInteger y) throws Exception {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 11, 12})
  @DisplayName("JW-1 CVE-2017-12974: a y that no point of Ed25519 has is refused at construction")
  void offEdwards(int y) throws Exception {
    PublicKey off = edwards(false, BigInteger.valueOf(y));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.EDDSA, off));
  }

  @ParameterizedTest
  @CsvSource({"P-256, ES256, 43", "P-384, ES384, 64", "P-521, ES512, 88"})
  @DisplayName("JW-1 CVE-2017-12974: a JWK whose point is not on its curve, (0, 0) too, is refused")
  void offCurve(String curve, String alg, int length) {
    String zero = "A".repeat(length);
    String one = "A".repeat(length - 2) + (length == 88 || length == 64 ? "AB" : "AE");
    for (String[] point : new String[][] {{zero, zero}, {one, one}, {zero, one}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Jwk.verificationKey(
                      "{\"kty\":\"EC\",\"crv\":\"%s\",\"alg\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                          .formatted(curve, alg, point[0], point[1])))
          .withMessageContaining("not on the curve");
    }
  }

  @Test
  @DisplayName("JW-1 coordinates beyond the field are refused, though they are a point modulo p")
  void beyondField() throws Exception {
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec("secp521r1"));
    ECParameterSpec spec = named.getParameterSpec(ECParameterSpec.class);
    BigInteger p = BigInteger.ONE.shiftLeft(521).subtract(BigInteger.ONE);
    ECPoint base = spec.getGenerator();
    PublicKey good = ec(base.getAffineX(), base.getAffineY(), spec);
    assertThat(VerificationKey.of(JwsAlgorithm.ES512, good)).isNotNull();
    for (PublicKey bad :
        new PublicKey[] {
          ec(base.getAffineX().add(p), base.getAffineY(), spec),
          ec(base.getAffineX(), base.getAffineY().add(p), spec)
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.ES512, bad));
    }
  }

  private static PublicKey ec(BigInteger x, BigInteger y, ECParameterSpec spec) throws Exception {
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
  }

  @Test
  @DisplayName("JW-1 an RSA key that is restricted to another hash is refused at construction")
  void restricted() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
    generator.initialize(
        new RSAKeyGenParameterSpec(
            2048,
            RSAKeyGenParameterSpec.F4,
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1)));
    PublicKey key = generator.generateKeyPair().getPublic();
    assertThat(VerificationKey.of(JwsAlgorithm.PS512, key)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKey.of(JwsAlgorithm.PS256, key));
  }
}
