package com.example.jwt;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Keys of ML-DSA, on a JDK that has it. */
final class MlDsaKeys {
  private MlDsaKeys() {}

  static Stream<JwsAlgorithm> algorithms() {
    return Stream.of(JwsAlgorithm.ML_DSA_44, JwsAlgorithm.ML_DSA_65, JwsAlgorithm.ML_DSA_87);
  }

  static List<JwsAlgorithm> others(JwsAlgorithm algorithm) {
    return algorithms().filter(other -> other != algorithm).toList();
  }

  static SigningKey generate(JwsAlgorithm algorithm) {
    return SigningKey.generate(algorithm, new SecureRandom());
  }

  /** The key whose seed is 32 zeros, as in the examples of RFC 9964. */
  static SigningKey ofZeros(JwsAlgorithm algorithm) {
    return SigningKey.generate(
        algorithm,
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0);
          }
        });
  }

  /** A pair that the JDK has made by itself. */
  static KeyPair jdk(JwsAlgorithm algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm.jwaName()).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  static byte[] content(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
