package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemRefusedTest {
  /** secp256k1, which no algorithm here has. */
  private static final String OTHER_CURVE =
      """
      -----BEGIN PRIVATE KEY-----
      MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgs6QwvL0uXgPt36nZ9QMV
      6tZvyh5ZtY2i/cHpSsjMb2ihRANCAAQeffOmOMvuZb0PQchjFQqn1YGEvJKfKHap
      k4YQrVvWdl6cLdJLiqdiALsckPMHhNcddABRXMgz68pb3pFLpT1Y
      -----END PRIVATE KEY-----
      """;

  private static final String CLOSED = Pem.privatePem(Pairs.key(JwsAlgorithm.ES256));
  private static final String OPEN = Pem.publicPem(Pairs.key(JwsAlgorithm.ES256).verificationKey());

  private static String labelled(String label, String pem) {
    return pem.replaceAll("PRIVATE KEY|PUBLIC KEY", label);
  }

  private static void assertNotSigning(String pem, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.ES256, pem))
        .withMessageContaining(what)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(CLOSED.substring(40, 60)));
  }

  private static void assertNotVerifying(String pem, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.verificationKey(JwsAlgorithm.ES256, pem))
        .withMessageContaining(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PUBLIC KEY",
        "EC PARAMETERS"
      })
  @DisplayName("JW-5 encrypted and other forms are refused, with what makes one")
  void otherForms(String label) {
    assertNotSigning(labelled(label, CLOSED), "openssl pkcs8 -topk8 -nocrypt");
    assertNotSigning(labelled(label, CLOSED), "not a " + label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PRIVATE KEY", "EC PARAMETERS", "CERTIFICATE REQUEST", "X509 CRL", "PKCS7"})
  @DisplayName("JW-5 a private key is no public one, nor is any other block")
  void otherBlocks(String label) {
    assertNotVerifying(labelled(label, OPEN), "not a " + label);
  }

  @Test
  @DisplayName(
      "JW-5 a block without an end, or with the end of another, is refused, and so is none")
  void blocks() {
    for (String bad :
        new String[] {
          "",
          " ",
          "x",
          CLOSED.replace("END PRIVATE", "END PUBLIC"),
          CLOSED.replace("BEGIN", "begin"),
          CLOSED.substring(1),
          CLOSED.substring(0, CLOSED.length() - 2),
          "-----BEGIN PRIVATE KEY-----",
          "-----BEGIN -----AAAA-----END -----",
          "-".repeat(100_000),
          "-----BEGIN " + "A".repeat(100_000),
          "-----BEGIN A-----".repeat(10_000),
          " ".repeat(100_000) + "x",
          "-----BEGIN A-----" + " ".repeat(100_000)
        }) {
      assertNotSigning(bad, "PEM block");
      assertNotVerifying(bad, "PEM block");
    }
  }

  @Test
  @DisplayName("JW-5 of two private or two public keys nobody knows which is meant")
  void two() {
    assertNotSigning(CLOSED + CLOSED, "only one, not a PRIVATE KEY and a PRIVATE KEY");
    assertNotVerifying(OPEN + CLOSED + OPEN, "only one, not a PUBLIC KEY and a PUBLIC KEY");
  }

  @Test
  @DisplayName(
      "JW-5 a block with headers, or with other characters, is refused; encryption is named")
  void headers() {
    String headed = CLOSED.replace("-----\nM", "-----\nProc-Type: 4,ENCRYPTED\n\nM");
    assertNotSigning(headed, "encrypted; `openssl pkcs8 -topk8 -nocrypt`");
    assertNotSigning(CLOSED.replaceFirst("\nM", "\n\u0000M"), "not base64");
    assertNotSigning(CLOSED.replace("-----\nM", "-----\nComment: x\n\nM"), "not base64");
  }

  @Test
  @DisplayName("JW-5 content that is not base64, or no key, or one with something behind")
  void content() {
    String begin = "-----BEGIN PRIVATE KEY-----\n";
    String end = "\n-----END PRIVATE KEY-----";
    assertNotSigning(begin + "A" + end, "not base64");
    assertNotSigning(begin + "A=A=" + end, "not base64");
    byte[] encoded = Pairs.of(JwsAlgorithm.ES256).getPrivate().getEncoded();
    for (int cut = 0; cut < encoded.length; cut++) {
      byte[] part = Arrays.copyOf(encoded, cut);
      assertNotSigning(begin + Base64.getEncoder().encodeToString(part) + end, "no key for ES256");
    }
    String large = Base64.getEncoder().encodeToString(new byte[1 << 20]);
    assertNotSigning(begin + large + end, "no key for ES256");
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName("JW-5 a key of another kind or curve is refused, and so is PEM for a secret")
  void kinds(JwsAlgorithm algorithm) {
    SigningKey key = Pairs.key(algorithm);
    for (JwsAlgorithm other : JwsAlgorithm.values()) {
      if (!kind(other).equals(kind(algorithm))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Pem.signingKey(other, Pem.privatePem(key)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Pem.verificationKey(other, Pem.publicPem(key.verificationKey())));
      }
    }
  }

  private static String kind(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, RS384, RS512, PS256, PS384, PS512 -> "RSA";
      case EDDSA, ED25519 -> "Ed25519";
      default -> algorithm.name();
    };
  }

  @Test
  @DisplayName("JW-1, JW-5 curves and lengths that no algorithm has are refused in PEM as well")
  void unfit() {
    assertNotSigning(OTHER_CURVE, "P-256");
    KeyPair small = Pairs.generate("RSA", 1024);
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(small.getPrivate().getEncoded())
            + "-----END PRIVATE KEY-----";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.RS256, pem))
        .withMessageContaining("1024");
    for (JwsAlgorithm secret :
        new JwsAlgorithm[] {JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Pem.signingKey(secret, CLOSED));
      assertThatIllegalArgumentException().isThrownBy(() -> Pem.verificationKey(secret, OPEN));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Pem.privatePem(Forge.KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.publicPem(Forge.KEY.verificationKey()));
  }
}
