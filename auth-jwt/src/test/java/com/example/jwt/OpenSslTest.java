package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What openssl writes is read, and what is written openssl reads. */
class OpenSslTest {
  @TempDir private Path folder;

  @BeforeAll
  static void isThere() {
    boolean there;
    try {
      there = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      there = false;
    }
    assumeTrue(there, "skipped: there is no openssl on the PATH");
  }

  private String openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    return Files.readString(out);
  }

  private String generated(JwsAlgorithm algorithm) throws Exception {
    return switch (algorithm) {
      case ES256 -> ec("P-256");
      case ES384 -> ec("P-384");
      case ES512 -> ec("P-521");
      case EDDSA, ED25519 -> openssl("genpkey", "-algorithm", "ed25519");
      default -> openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    };
  }

  private String ec(String curve) throws Exception {
    return openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName("JW-5 keys and certificates of openssl are read, and their public half is the same")
  void read(JwsAlgorithm algorithm) throws Exception {
    String closed = generated(algorithm);
    Path file = Files.writeString(folder.resolve("key.pem"), closed);
    String open = openssl("pkey", "-in", file.toString(), "-pubout");
    SigningKey key = Pem.signingKey(algorithm, closed);
    assertThat(Pem.publicPem(key.verificationKey())).isEqualTo(open);
    String certificate =
        openssl("req", "-x509", "-key", file.toString(), "-subj", "/CN=test", "-days", "1");
    assertThat(Pem.publicPem(Pem.verificationKey(algorithm, certificate))).isEqualTo(open);
    assertThat(
            JwsVerifier.of(Pem.verificationKey(algorithm, open))
                .verify(JwsSigner.of(key).sign(new byte[] {1})))
        .isInstanceOf(JwsResult.Verified.class);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName("JW-5 openssl reads what is written, and finds the same public half")
  void written(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = Pairs.key(algorithm);
    Path file = Files.writeString(folder.resolve("key.pem"), Pem.privatePem(key));
    assertThat(openssl("pkey", "-in", file.toString(), "-pubout"))
        .isEqualTo(Pem.publicPem(key.verificationKey()));
  }

  @ParameterizedTest
  @CsvSource({"ES256, prime256v1", "ES384, secp384r1", "ES512, secp521r1"})
  @DisplayName("JW-5 SEC 1 keys of openssl are read, with EC PARAMETERS before them and without")
  void sec1(JwsAlgorithm algorithm, String curve) throws Exception {
    String pem = openssl("ecparam", "-name", curve, "-genkey");
    assertThat(pem).startsWith("-----BEGIN EC PARAMETERS-----");
    Path file = Files.writeString(folder.resolve("key.pem"), pem);
    String open = openssl("pkey", "-in", file.toString(), "-pubout");
    for (String text : new String[] {pem, pem.substring(pem.indexOf("-----BEGIN EC PRIVATE"))}) {
      assertThat(Pem.publicPem(Pem.signingKey(algorithm, text).verificationKey())).isEqualTo(open);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "PS384"})
  @DisplayName("JW-5 PKCS #1 keys of openssl are read, private and public")
  void pkcs1(JwsAlgorithm algorithm) throws Exception {
    Path file = Files.writeString(folder.resolve("key.pem"), generated(algorithm));
    String closed = openssl("rsa", "-in", file.toString(), "-traditional");
    String open = openssl("rsa", "-in", file.toString(), "-RSAPublicKey_out");
    assertThat(closed).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(open).startsWith("-----BEGIN RSA PUBLIC KEY-----");
    assertThat(
            JwsVerifier.of(Pem.verificationKey(algorithm, open))
                .verify(JwsSigner.of(Pem.signingKey(algorithm, closed)).sign(new byte[] {1})))
        .isInstanceOf(JwsResult.Verified.class);
  }

  @Test
  @DisplayName("JW-5 PSS keys of openssl are read, restricted to a hash or not, and not for RS256")
  void pss() throws Exception {
    String any = openssl("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048");
    String restricted =
        openssl(
            "genpkey",
            "-algorithm",
            "RSA-PSS",
            "-pkeyopt",
            "rsa_keygen_bits:2048",
            "-pkeyopt",
            "rsa_pss_keygen_md:sha256",
            "-pkeyopt",
            "rsa_pss_keygen_mgf1_md:sha256",
            "-pkeyopt",
            "rsa_pss_keygen_saltlen:32");
    for (String closed : new String[] {any, restricted}) {
      Path file = Files.writeString(folder.resolve("key.pem"), closed);
      String open = openssl("pkey", "-in", file.toString(), "-pubout");
      SigningKey key = Pem.signingKey(JwsAlgorithm.PS256, closed);
      VerificationKey verifying = Pem.verificationKey(JwsAlgorithm.PS256, open);
      String token = JwsSigner.of(key).sign(new byte[] {1});
      assertThat(JwsVerifier.of(verifying).verify(token)).isInstanceOf(JwsResult.Verified.class);
      assertThat(Pem.signingKey(JwsAlgorithm.PS256, Pem.privatePem(key))).isNotNull();
      assertThat(Pem.verificationKey(JwsAlgorithm.PS256, Pem.publicPem(verifying))).isNotNull();
      for (JwsAlgorithm bad : new JwsAlgorithm[] {JwsAlgorithm.RS256, JwsAlgorithm.ES256}) {
        assertThatIllegalArgumentException().isThrownBy(() -> Pem.signingKey(bad, closed));
        assertThatIllegalArgumentException().isThrownBy(() -> Pem.verificationKey(bad, open));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.PS512, restricted));
  }

  @Test
  @DisplayName(
      "JW-5 encrypted keys of openssl are refused, with what helps, whatever is before them")
  void encrypted() throws Exception {
    String rsa = generated(JwsAlgorithm.RS256);
    Path file = Files.writeString(folder.resolve("key.pem"), rsa);
    String path = file.toString();
    String certificate = openssl("req", "-x509", "-key", path, "-subj", "/CN=t", "-days", "1");
    for (String encrypted :
        new String[] {
          openssl("pkcs8", "-topk8", "-in", path, "-passout", "pass:secret99"),
          openssl("rsa", "-in", path, "-traditional", "-aes128", "-passout", "pass:secret99")
        }) {
      for (String text : new String[] {encrypted, certificate + encrypted}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.RS256, text))
            .withMessageContaining("PRIVATE KEY")
            .withMessageContaining("openssl pkcs8 -topk8 -nocrypt");
      }
    }
  }

  @Test
  @DisplayName("JW-5 what openssl prints of a PKCS #12 file is read: attributes, a chain and a key")
  void bag() throws Exception {
    String closed = ec("P-256");
    Path file = Files.writeString(folder.resolve("key.pem"), closed);
    String path = file.toString();
    String certificate = openssl("req", "-x509", "-key", path, "-subj", "/CN=t", "-days", "1");
    Path cert = Files.writeString(folder.resolve("cert.pem"), certificate);
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        path,
        "-in",
        cert.toString(),
        "-out",
        "bag.p12",
        "-name",
        "x",
        "-passout",
        "pass:");
    String bag = openssl("pkcs12", "-in", "bag.p12", "-nodes", "-passin", "pass:");
    assertThat(bag).contains("Bag Attributes");
    String open = openssl("pkey", "-in", path, "-pubout");
    assertThat(Pem.publicPem(Pem.signingKey(JwsAlgorithm.ES256, bag).verificationKey()))
        .isEqualTo(open);
    assertThat(Pem.publicPem(Pem.verificationKey(JwsAlgorithm.ES256, bag))).isEqualTo(open);
  }
}
