package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input is what another issuer publishes: it is read or refused, and every key that is read can
 * be used.
 */
public final class JwkSetFuzz {
  private JwkSetFuzz() {}

  /** A set. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<VerificationKey> keys;
    try {
      keys = JwkSet.verificationKeys(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(keys).hasSizeLessThanOrEqualTo(100);
    Set<String> ids = new HashSet<>();
    for (VerificationKey key : keys) {
      assertThat(key.algorithm().name()).doesNotStartWith("HS");
      String algorithm = key.algorithm().name().replace("ED25519", "EDDSA");
      assertThat(key.keyId().map(id -> ids.add(algorithm + id))).isNotEqualTo(Optional.of(false));
      JwsVerifier.of(key).verify(token(key));
    }
    List<VerificationKey> again = JwkSet.verificationKeys(JwkSet.publicJwkSet(keys));
    assertThat(again.stream().map(Jwk::publicJwk))
        .isEqualTo(keys.stream().map(Jwk::publicJwk).toList());
  }

  /** With a signature that is as long as the key's, so that the key is asked. */
  private static String token(VerificationKey key) {
    String header = "{\"alg\":\"" + key.algorithm().jwaName() + "\"}";
    int length =
        switch (key.algorithm()) {
          case ES384 -> 96;
          case ES512 -> 132;
          case ES256, EDDSA, ED25519 -> 64;
          default -> 256;
        };
    byte[] signature = new byte[length];
    signature[0] = 1;
    signature[length - 1] = 1;
    return base64(header.getBytes(StandardCharsets.UTF_8)) + ".eA." + base64(signature);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
