package com.example.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.jwt.JwsAlgorithm;
import dev.sallyport.jwt.JwsResult;
import dev.sallyport.jwt.JwsSigner;
import dev.sallyport.jwt.JwsVerifier;
import dev.sallyport.jwt.Pem;
import dev.sallyport.jwt.SigningKey;
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

  @Test
  @DisplayName("JW-5 the older forms and encrypted keys of openssl are refused, with what helps")
  void otherForms() throws Exception {
    String rsa = generated(JwsAlgorithm.RS256);
    Path file = Files.writeString(folder.resolve("key.pem"), rsa);
    String pkcs1 = openssl("rsa", "-in", file.toString(), "-traditional");
    String sec1 = openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout");
    String encrypted =
        openssl("pkcs8", "-topk8", "-in", file.toString(), "-passout", "pass:secret99");
    for (String[] bad :
        new String[][] {
          {"RS256", pkcs1, "RSA PRIVATE KEY"},
          {"ES256", sec1, "EC PRIVATE KEY"},
          {"RS256", encrypted, "ENCRYPTED PRIVATE KEY"}
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pem.signingKey(JwsAlgorithm.valueOf(bad[0]), bad[1]))
          .withMessageContaining(bad[2])
          .withMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }
    Path old = folder.resolve("old.pem");
    Files.write(old, sec1.getBytes(UTF_8));
    String helped = openssl("pkcs8", "-topk8", "-nocrypt", "-in", old.toString());
    assertThat(Pem.signingKey(JwsAlgorithm.ES256, helped).algorithm())
        .isEqualTo(JwsAlgorithm.ES256);
  }
}
