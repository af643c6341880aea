package com.example.jwt;

import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** One pair of keys for each public-key algorithm, made once. */
final class Pairs {
  private static final Map<JwsAlgorithm, KeyPair> ALL = new EnumMap<>(JwsAlgorithm.class);

  private Pairs() {}

  static synchronized KeyPair of(JwsAlgorithm algorithm) {
    return ALL.computeIfAbsent(
        algorithm,
        wanted ->
            switch (wanted) {
              case ES256 -> generate("EC", 256);
              case ES384 -> generate("EC", 384);
              case ES512 -> generate("EC", 521);
              case EDDSA, ED25519 -> generate("Ed25519", 0);
              default -> generate("RSA", 2048);
            });
  }

  static KeyPair generate(String type, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (size > 0) {
        generator.initialize(size);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static SigningKey key(JwsAlgorithm algorithm) {
    KeyPair pair = of(algorithm);
    return SigningKey.of(algorithm, pair.getPublic(), pair.getPrivate());
  }

  /** A good access token of this key, but for the changes. */
  static String token(SigningKey key, String... changes) {
    return JwsSigner.of(key)
        .withType("at+jwt")
        .sign(Forge.claims(changes).getBytes(StandardCharsets.UTF_8));
  }

  /** All that have a public key and are on every JDK. */
  static Stream<JwsAlgorithm> algorithms() {
    return Stream.of(JwsAlgorithm.values()).filter(one -> !one.name().matches("HS.*|ML_DSA.*"));
  }
}
