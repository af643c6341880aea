package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsRefusal;
import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Our side, which is the same for each of the others. */
final class Interop {
  /** All of them take it; it is JSON because java-jwt signs nothing else. */
  static final byte[] PAYLOAD =
      "{\"sub\":\"zoë 🗝\",\"roles\":[\"a\",\"b\"],\"n\":9007199254740993}"
          .getBytes(StandardCharsets.UTF_8);

  /** Long enough for each of the HMACs. */
  static final byte[] SECRET = new byte[64];

  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  static {
    new SecureRandom().nextBytes(SECRET);
  }

  private Interop() {}

  static boolean isSecret(JwsAlgorithm algorithm) {
    return algorithm.name().startsWith("HS");
  }

  /** One pair for RSA, one for each curve. */
  static KeyPair pair(JwsAlgorithm algorithm) {
    String parameters =
        switch (algorithm) {
          case ES256 -> "secp256r1";
          case ES384 -> "secp384r1";
          case ES512 -> "secp521r1";
          case EDDSA, ED25519 -> "Ed25519";
          default -> "RSA";
        };
    return PAIRS.computeIfAbsent(parameters, Interop::generate);
  }

  private static KeyPair generate(String parameters) {
    try {
      boolean isCurve = parameters.startsWith("secp");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(isCurve ? "EC" : parameters);
      if (isCurve) {
        generator.initialize(new ECGenParameterSpec(parameters));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Our key, under the id {@code ours}. */
  static SigningKey key(JwsAlgorithm algorithm) {
    SigningKey key =
        isSecret(algorithm)
            ? SigningKey.ofSecret(algorithm, SECRET)
            : SigningKey.of(algorithm, pair(algorithm).getPublic(), pair(algorithm).getPrivate());
    return key.withKeyId("ours");
  }

  static String sign(SigningKey key) {
    return JwsSigner.of(key).withType("at+jwt").sign(PAYLOAD);
  }

  /** Takes the token, none that is forged from it, and after each of those the token again. */
  static void assertVerifies(VerificationKey key, String token) {
    JwsVerifier verifier = JwsVerifier.of(key);
    for (String forged : forged(token)) {
      assertThat(verifier.verify(token))
          .isInstanceOfSatisfying(
              JwsResult.Verified.class, ok -> assertThat(ok.payload()).isEqualTo(payload(token)));
      assertThat(verifier.verify(forged))
          .isEqualTo(new JwsResult.Refused(JwsRefusal.BAD_SIGNATURE));
    }
    assertThat(verifier.verify(token)).isInstanceOf(JwsResult.Verified.class);
  }

  static byte[] payload(String token) {
    return Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
  }

  /** One with another payload; and each with a bit of the signature changed. */
  static List<String> forged(String token) {
    String[] parts = token.split("\\.", -1);
    String eve = base64("{\"sub\":\"eve\"}".getBytes(StandardCharsets.UTF_8));
    List<String> forged = new ArrayList<>();
    forged.add(parts[0] + "." + eve + "." + parts[2]);
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    for (int i : new int[] {0, signature.length / 2, signature.length - 1}) {
      for (int bit : new int[] {1, 0x80}) {
        byte[] changed = signature.clone();
        changed[i] ^= (byte) bit;
        forged.add(parts[0] + "." + parts[1] + "." + base64(changed));
      }
    }
    return forged;
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
