package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.Base64Url;
import java.nio.charset.StandardCharsets;

/** Gives keys without an id the one that every node derives for them. */
final class KeyNames {
  private static final int ID_BYTES = 9;

  private KeyNames() {}

  static SigningKey named(SigningKey key) {
    return key.keyId().isPresent() ? key : key.withKeyId(name(key.verificationKey()));
  }

  static VerificationKey named(VerificationKey key) {
    return key.keyId().isPresent() ? key : key.withKeyId(name(key));
  }

  private static String name(VerificationKey key) {
    if (!key.algorithm().isSymmetric()) {
      return Jwk.thumbprint(key);
    }
    byte[] label = "sallyport key id".getBytes(StandardCharsets.US_ASCII);
    byte[] id = new byte[ID_BYTES];
    System.arraycopy(key.mac(label), 0, id, 0, ID_BYTES);
    return Base64Url.encode(id);
  }
}
