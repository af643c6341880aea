package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in files and in environment variables. */
class PemInPracticeTest {
  /** What {@code openssl pkcs12 -nodes} prints. The key protects nothing. */
  private static final String BAG =
      """
      Bag Attributes
          friendlyName: signer
          localKeyID: 14 B6 A3 B1 A9 3F 0A CD 4B 12 34 21 F7 43 B7 00 A6 7E 2B EB
      subject=CN = signer.example
      issuer=CN = signer.example
      -----BEGIN CERTIFICATE-----
      MIIBiDCCAS2gAwIBAgIUHmGuRwQ405+5QJ0pacoHsDAgi1wwCgYIKoZIzj0EAwIw
      GTEXMBUGA1UEAwwOc2lnbmVyLmV4YW1wbGUwHhcNMjYxMTI4MTc1MTQ5WhcNMzYx
      MTI1MTc1MTQ5WjAZMRcwFQYDVQQDDA5zaWduZXIuZXhhbXBsZTBZMBMGByqGSM49
      AgEGCCqGSM49AwEHA0IABDNZODAOvkSuwK9B2ReMS7z7CX05ATVkCnz6wOCaz8/g
      9X1uUsNCypaDKXgj2RAx4Ue/M/0urepJ1ZengexC6smjUzBRMB0GA1UdDgQWBBRp
      LGbgEbl38bzYirACmCwUjZ/G7DAfBgNVHSMEGDAWgBRpLGbgEbl38bzYirACmCwU
      jZ/G7DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDYJ2lQVxBL
      800T3ecVAwph4gK3Qn0pN3fihPJfKclIfwIhANB0bJXXCQVc90Q3tYcyMpnn8iFx
      AXsmZ9KsZH8B3md5
      -----END CERTIFICATE-----
      Bag Attributes
          friendlyName: signer
          localKeyID: 14 B6 A3 B1 A9 3F 0A CD 4B 12 34 21 F7 43 B7 00 A6 7E 2B EB
      Key Attributes: <No Attributes>
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8Ih9xtI0hQaszdag
      fGWm2dR0kiJN3YS/SxZoHweB0hOhRANCAAQzWTgwDr5ErsCvQdkXjEu8+wl9OQE1
      ZAp8+sDgms/P4PV9blLDQsqWgyl4I9kQMeFHvzP9Lq3qSdWXp4HsQurJ
      -----END PRIVATE KEY-----
      """;

  private static final String PUBLIC = Pem.publicPem(Pem.verificationKey(JwsAlgorithm.ES256, BAG));

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
  }

  /** Of a PKCS #8 key, what is inside: SEC 1 or PKCS #1. */
  private static byte[] inner(KeyPair pair) throws Exception {
    return PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  static Stream<String> texts() {
    String parameters = block("EC PARAMETERS", new byte[] {6, 8, 42, -122, 72, -50, 61, 3, 1, 7});
    return Stream.of(
        BAG,
        "\uFEFF" + BAG,
        BAG.replace("\n", "\r\n"),
        BAG.replace("\n", "\r"),
        BAG.replace("\n", "\\n"),
        BAG.replace("\n", "\\r\\n"),
        BAG.replace("\n", " "),
        "# the key of the signer\n" + BAG + "# to be changed in May",
        parameters + BAG,
        BAG + parameters,
        BAG + BAG.substring(0, BAG.indexOf("Key Attributes")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  @DisplayName("JW-5 key and certificate are found, whatever is around them and ends the lines")
  void found(String text) {
    SigningKey key = Pem.signingKey(JwsAlgorithm.ES256, text);
    assertThat(Pem.publicPem(key.verificationKey())).isEqualTo(PUBLIC);
    assertThat(Pem.publicPem(Pem.verificationKey(JwsAlgorithm.ES256, text))).isEqualTo(PUBLIC);
  }

  @Test
  @DisplayName("JW-5 of a chain the first certificate counts, and a public key before any")
  void chain() {
    String other = Pem.publicPem(Pairs.key(JwsAlgorithm.ES256).verificationKey());
    String garbage = block("CERTIFICATE", new byte[9]);
    assertThat(Pem.publicPem(Pem.verificationKey(JwsAlgorithm.ES256, BAG + garbage)))
        .isEqualTo(PUBLIC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.verificationKey(JwsAlgorithm.ES256, garbage + BAG));
    assertThat(Pem.publicPem(Pem.verificationKey(JwsAlgorithm.ES256, garbage + BAG + other)))
        .isEqualTo(other);
  }

  @ParameterizedTest
  @EnumSource(names = {"PS256", "PS384", "PS512"})
  @DisplayName("JW-5 a PSS key of ours reads back, as PEM, as JWK and for another provider")
  void pss(JwsAlgorithm algorithm) {
    KeyPair pair = Pairs.generate("RSASSA-PSS", 2048);
    SigningKey key = SigningKey.of(algorithm, pair.getPublic(), pair.getPrivate());
    String jwk = Jwk.privateJwk(key);
    assertThat(Jwk.privateJwk(Pem.signingKey(algorithm, Pem.privatePem(key)))).isEqualTo(jwk);
    assertThat(Jwk.privateJwk(Jwk.signingKey(jwk))).isEqualTo(jwk);
    assertThat(key.withProvider(new BouncyCastleProvider())).isNotNull();
    assertThat(Jwk.publicJwk(Pem.verificationKey(algorithm, Pem.publicPem(key.verificationKey()))))
        .isEqualTo(Jwk.publicJwk(key.verificationKey()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512", "RS256", "PS256"})
  @DisplayName("JW-5 SEC 1 and PKCS #1 are read as the PKCS #8 that holds them")
  void older(JwsAlgorithm algorithm) throws Exception {
    String name = algorithm.name().startsWith("E") ? "EC" : "RSA";
    KeyPair pair = Pairs.of(algorithm);
    byte[] content = algorithm.name().startsWith("E") ? sec1(algorithm, true) : inner(pair);
    SigningKey read = Pem.signingKey(algorithm, block(name + " PRIVATE KEY", content));
    assertThat(Jwk.privateJwk(read)).isEqualTo(Jwk.privateJwk(Pairs.key(algorithm)));
    if (name.equals("RSA")) {
      byte[] open =
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
              .parsePublicKey()
              .getEncoded();
      assertThat(Jwk.publicJwk(Pem.verificationKey(algorithm, block("RSA PUBLIC KEY", open))))
          .isEqualTo(Jwk.publicJwk(Pairs.key(algorithm).verificationKey()));
    }
  }

  private static byte[] sec1(JwsAlgorithm algorithm, boolean named) throws Exception {
    KeyPair pair = Pairs.of(algorithm);
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    BigInteger s = ((ECPrivateKey) pair.getPrivate()).getS();
    int bits = algorithm == JwsAlgorithm.ES512 ? 521 : algorithm == JwsAlgorithm.ES384 ? 384 : 256;
    return new org.bouncycastle.asn1.sec.ECPrivateKey(
            bits,
            s,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()).getPublicKeyData(),
            named ? info.getPrivateKeyAlgorithm().getParameters() : null)
        .getEncoded();
  }

  @Test
  @DisplayName(
      "JW-5 an SEC 1 key of another curve, of none, or with another's public key is refused")
  void unfitSec1() throws Exception {
    byte[] good = sec1(JwsAlgorithm.ES256, true);
    byte[] other = good.clone();
    other[other.length - 1] ^= 1;
    for (byte[] bad :
        new byte[][] {sec1(JwsAlgorithm.ES384, true), sec1(JwsAlgorithm.ES256, false), other}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.ES256, block("EC PRIVATE KEY", bad)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.RS256, block("EC PRIVATE KEY", good)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Pem.signingKey(
                    JwsAlgorithm.ES256,
                    block("RSA PRIVATE KEY", inner(Pairs.of(JwsAlgorithm.RS256)))));
  }

  @Test
  @DisplayName(
      "JW-5 hostile DER is refused: each cut, each length, without an end, with more behind")
  void hostileDer() throws Exception {
    byte[] sec1 = sec1(JwsAlgorithm.ES256, true);
    byte[] pkcs1 = inner(Pairs.of(JwsAlgorithm.RS256));
    for (int cut = 0; cut < sec1.length; cut++) {
      assertNoKey("EC PRIVATE KEY", JwsAlgorithm.ES256, Arrays.copyOf(sec1, cut));
    }
    assertNoKey("EC PRIVATE KEY", JwsAlgorithm.ES256, Arrays.copyOf(sec1, sec1.length + 1));
    assertNoKey("RSA PRIVATE KEY", JwsAlgorithm.RS256, Arrays.copyOf(pkcs1, pkcs1.length + 1));
    assertNoKey("RSA PRIVATE KEY", JwsAlgorithm.RS256, Arrays.copyOf(pkcs1, pkcs1.length - 1));
    for (int length : new int[] {0x80, 0x81, 0x82, 0x83, 0x84, 0x88, 0xFF, 0}) {
      for (byte[] key : new byte[][] {sec1, pkcs1}) {
        byte[] hostile = key.clone();
        hostile[1] = (byte) length;
        if (hostile[1] != key[1]) {
          assertNoKey("EC PRIVATE KEY", JwsAlgorithm.ES256, hostile);
          assertNoKey("RSA PRIVATE KEY", JwsAlgorithm.RS256, hostile);
          assertNoKey("RSA PUBLIC KEY", JwsAlgorithm.RS256, hostile);
        }
      }
    }
    byte[] longForm = new byte[sec1.length + 1]; // a length in two bytes, where one is enough
    System.arraycopy(sec1, 2, longForm, 3, sec1.length - 2);
    longForm[0] = sec1[0];
    longForm[1] = (byte) 0x81;
    longForm[2] = sec1[1];
    assertNoKey("EC PRIVATE KEY", JwsAlgorithm.ES256, longForm);
  }

  private static void assertNoKey(String label, JwsAlgorithm algorithm, byte[] content) {
    String pem = block(label, content);
    assertThatIllegalArgumentException().isThrownBy(() -> Pem.signingKey(algorithm, pem));
    assertThatIllegalArgumentException().isThrownBy(() -> Pem.verificationKey(algorithm, pem));
  }
}
