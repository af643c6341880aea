package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The input is a PEM, and the content of one: it is read for each kind of key, or refused by the
 * one exception that is documented.
 */
public final class PemFuzz {
  private static final JwsAlgorithm[] KINDS = {
    JwsAlgorithm.RS256,
    JwsAlgorithm.PS256,
    JwsAlgorithm.ES256,
    JwsAlgorithm.ES384,
    JwsAlgorithm.ES512,
    JwsAlgorithm.EDDSA,
    JwsAlgorithm.HS256
  };

  private PemFuzz() {}

  /** A whole text, and the content of each block that is read. */
  public static void fuzzerTestOneInput(byte[] input) {
    read(new String(input, StandardCharsets.UTF_8));
    String content = Base64.getEncoder().encodeToString(input);
    for (String label :
        new String[] {
          "PUBLIC KEY",
          "PRIVATE KEY",
          "CERTIFICATE",
          "EC PRIVATE KEY",
          "RSA PRIVATE KEY",
          "RSA PUBLIC KEY"
        }) {
      read("-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n");
    }
  }

  private static void read(String pem) {
    for (JwsAlgorithm algorithm : KINDS) {
      try {
        VerificationKey key = Pem.verificationKey(algorithm, pem);
        String written = Pem.publicPem(key);
        assertThat(Pem.publicPem(Pem.verificationKey(algorithm, written))).isEqualTo(written);
        JwsVerifier.of(key).verify("eyJhbGciOiJFUzI1NiJ9.eA." + "AQEB".repeat(64));
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      try {
        SigningKey key = Pem.signingKey(algorithm, pem);
        String token = JwsSigner.of(key).sign(new byte[] {1});
        assertThat(JwsVerifier.of(key.verificationKey()).verify(token))
            .isInstanceOf(JwsResult.Verified.class);
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
