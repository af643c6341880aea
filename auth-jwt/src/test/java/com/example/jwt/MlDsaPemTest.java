package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9881: keys of ML-DSA in PEM. */
@EnabledForJreRange(minVersion = 24)
class MlDsaPemTest {
  private static final String PRIVATE = "PRIVATE KEY";

  private static void assertPair(SigningKey signing, VerificationKey verifying) {
    byte[] content = {1, 2};
    assertThat(verifying.verifies(content, 2, signing.sign(content))).isTrue();
  }

  private static void assertRefused(JwsAlgorithm algorithm, byte[] content, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(algorithm, MlDsaKeys.pem(PRIVATE, content)))
        .withNoCause()
        .withMessageContaining(why);
  }

  /** A SEQUENCE or an OCTET STRING, of a length that takes two bytes if it is over 127. */
  private static byte[] element(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length > 127) {
      bytes.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
    }
    bytes.write(length);
    Arrays.stream(contents).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static byte[] pkcs8(JwsAlgorithm algorithm, byte[] key, byte[]... after) {
    String objectId =
        switch (algorithm) {
          case ML_DSA_44 -> "608648016503040311";
          case ML_DSA_65 -> "608648016503040312";
          default -> "608648016503040313";
        };
    byte[] before = HexFormat.of().parseHex("020100300b0609" + objectId);
    byte[] rest = after.length == 0 ? new byte[0] : after[0];
    return element(0x30, before, element(0x04, key), rest);
  }

  private static byte[] seed(SigningKey key) {
    byte[] content = MlDsaKeys.content(Pem.privatePem(key));
    return Arrays.copyOfRange(content, content.length - 32, content.length);
  }

  /** What the JDK computes from the seed, found in its own encoding. */
  private static byte[] expanded(KeyPair pair, JwsAlgorithm algorithm) {
    int length =
        switch (algorithm) {
          case ML_DSA_44 -> 2560;
          case ML_DSA_65 -> 4032;
          default -> 4896;
        };
    byte[] encoded = pair.getPrivate().getEncoded();
    assumeThat(encoded.length).isGreaterThan(length);
    return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 keys are written, and read again as the same")
  void roundTrip(JwsAlgorithm algorithm) {
    SigningKey key = MlDsaKeys.generate(algorithm);
    String closed = Pem.privatePem(key);
    assertThat(MlDsaKeys.content(closed))
        .isEqualTo(pkcs8(algorithm, element(0x80, seed(key))))
        .hasSize(54);
    SigningKey read = Pem.signingKey(algorithm, closed);
    assertThat(Pem.privatePem(read)).isEqualTo(closed);
    assertThat(Jwk.privateJwk(read)).isEqualTo(Jwk.privateJwk(key));
    String open = Pem.publicPem(key.verificationKey());
    assertPair(read, Pem.verificationKey(algorithm, open));
    assertThat(Pem.publicPem(read.verificationKey())).isEqualTo(open);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("RFC 9881 section 6: a seed with its expanded key is read, with another's refused")
  void both(JwsAlgorithm algorithm) throws Exception {
    KeyPairGenerator castle =
        KeyPairGenerator.getInstance(algorithm.jwaName(), new BouncyCastleProvider());
    KeyPair pair = castle.generateKeyPair();
    SigningKey read =
        Pem.signingKey(algorithm, MlDsaKeys.pem(PRIVATE, pair.getPrivate().getEncoded()));
    assertPair(read, VerificationKey.of(algorithm, pair.getPublic()));
    byte[] expanded = castleExpanded(pair);
    byte[] both = element(0x30, element(0x04, seed(read)), element(0x04, expanded));
    assertThat(
            Jwk.privateJwk(
                Pem.signingKey(algorithm, MlDsaKeys.pem(PRIVATE, pkcs8(algorithm, both)))))
        .isEqualTo(Jwk.privateJwk(read));
    byte[] others = castleExpanded(castle.generateKeyPair());
    byte[] mixed = element(0x30, element(0x04, seed(read)), element(0x04, others));
    assertRefused(algorithm, pkcs8(algorithm, mixed), "not that of its seed");
    byte[] part = element(0x30, element(0x04, seed(read)), element(0x04, new byte[7]));
    assertRefused(algorithm, pkcs8(algorithm, part), "not that of its seed");
    byte[] more = element(0x30, element(0x04, seed(read)), element(0x04, expanded), element(4));
    assertRefused(algorithm, pkcs8(algorithm, more), "structure");
  }

  private static byte[] castleExpanded(KeyPair pair) {
    return ((org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey) pair.getPrivate())
        .getPrivateData();
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a key without a seed signs, but is not read or written, and it is said why")
  void noSeed(JwsAlgorithm algorithm) {
    KeyPair pair = MlDsaKeys.jdk(algorithm);
    byte[] expanded = expanded(pair, algorithm);
    assertRefused(algorithm, pkcs8(algorithm, element(0x04, expanded)), "has no seed");
    SigningKey key = SigningKey.of(algorithm, pair.getPublic(), pair.getPrivate());
    assertPair(key, key.verificationKey());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.privatePem(key))
        .withMessageContaining("has no seed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jwk.privateJwk(key))
        .withMessageContaining("has no seed");
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("RFC 5958: a public key beside the private one must be its own")
  void publicPart(JwsAlgorithm algorithm) {
    SigningKey key = MlDsaKeys.generate(algorithm);
    byte[] seed = element(0x80, seed(key));
    byte[] own = publicBits(key);
    Pem.signingKey(algorithm, MlDsaKeys.pem(PRIVATE, pkcs8(algorithm, seed, element(0x81, own))));
    byte[] others = publicBits(MlDsaKeys.generate(algorithm));
    assertRefused(algorithm, pkcs8(algorithm, seed, element(0x81, others)), "does not belong");
    assertRefused(algorithm, pkcs8(algorithm, seed, element(0x81)), "does not belong");
    assertRefused(algorithm, pkcs8(algorithm, seed, element(0x04)), "structure");
  }

  /** With the count of unused bits before it. */
  private static byte[] publicBits(SigningKey key) {
    byte[] content = MlDsaKeys.content(Pem.publicPem(key.verificationKey()));
    return Arrays.copyOfRange(content, 21, content.length);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a key of another parameter set or kind, or with a part missing, is refused")
  void refused(JwsAlgorithm algorithm) {
    SigningKey key = MlDsaKeys.generate(algorithm);
    String open = Pem.publicPem(key.verificationKey());
    for (JwsAlgorithm other : MlDsaKeys.others(algorithm)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pem.signingKey(other, Pem.privatePem(key)))
          .withMessageContaining("parameter set");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pem.verificationKey(other, open))
          .withMessageContaining("parameter set");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.EDDSA, Pem.privatePem(key)));
    String edwards = Pem.privatePem(Pairs.key(JwsAlgorithm.EDDSA));
    assertThatIllegalArgumentException().isThrownBy(() -> Pem.signingKey(algorithm, edwards));
    byte[] content = MlDsaKeys.content(Pem.privatePem(key));
    for (int length = 0; length < content.length; length++) {
      assertRefused(algorithm, Arrays.copyOf(content, length), "");
    }
    assertRefused(algorithm, Arrays.copyOf(content, content.length + 1), "structure");
    assertRefused(algorithm, pkcs8(algorithm, element(0x80, new byte[31])), "32 bytes");
    assertRefused(algorithm, pkcs8(algorithm, element(0x80, new byte[33])), "32 bytes");
  }
}
