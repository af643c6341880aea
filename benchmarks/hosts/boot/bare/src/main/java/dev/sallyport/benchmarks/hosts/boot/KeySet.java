package dev.sallyport.benchmarks.hosts.boot;

import dev.sallyport.benchmarks.hosts.IssuedJwt;
import dev.sallyport.benchmarks.hosts.Scheme;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** What the issuer of the JWT publishes: the public key of RS256, as a JWK Set. */
final class KeySet {
  private KeySet() {}

  static byte[] of(Path folder) {
    byte[] encoded = IssuedJwt.read(folder, Scheme.JWT_RS256).key();
    try {
      RSAPublicKey key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      return "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
          .formatted(text(key.getModulus()), text(key.getPublicExponent()))
          .getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
  }
}
