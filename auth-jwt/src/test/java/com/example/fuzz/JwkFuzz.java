package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;

/** The input is a JWK: it is read, or refused by the one exception that is documented. */
public final class JwkFuzz {
  private JwkFuzz() {}

  /** Three ways to read one. */
  public static void fuzzerTestOneInput(byte[] input) {
    String json = new String(input, StandardCharsets.UTF_8);
    try {
      VerificationKey key = Jwk.verificationKey(json);
      if (!key.algorithm().name().startsWith("HS")) {
        VerificationKey again = Jwk.verificationKey(Jwk.publicJwk(key));
        assertThat(Jwk.thumbprint(again)).isEqualTo(Jwk.thumbprint(key));
      }
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      Jwk.verificationKey(json, JwsAlgorithm.RS256);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      Jwk.signingKey(json);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
