package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keys as JSON (RFC 7517, 7518 section 6, 8037 section 2, 9964 section 3), one at a time; for many
 * see {@link JwkSet}. A JWK that is unsuitable, contradicts itself or is for anything other than
 * signatures is refused with an {@link IllegalArgumentException} that reveals nothing of the key.
 *
 * <pre>{@code
 * VerificationKey key = Jwk.verificationKey(json);
 * }</pre>
 */
public final class Jwk {
  private Jwk() {}

  /**
   * Reads a key that verifies signatures.
   *
   * @param json the JWK; it names its {@code alg}, or is on a curve that has only one algorithm
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is unsuitable
   */
  public static VerificationKey verificationKey(String json) {
    return JwkReader.verificationKey(JwkFields.of(json), null);
  }

  /**
   * Reads a key that verifies signatures and doesn't name its algorithm.
   *
   * @param json the JWK
   * @param algorithm the algorithm that it is for
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is unsuitable, or names another algorithm
   */
  public static VerificationKey verificationKey(String json, JwsAlgorithm algorithm) {
    return JwkReader.verificationKey(JwkFields.of(json), algorithm);
  }

  /**
   * Reads a public key that somebody sent along with what they signed, as a DPoP proof has it (RFC
   * 9449 section 4.2).
   *
   * @param json the JWK
   * @param algorithm the algorithm of the signature; not HMAC
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is unsuitable, names another algorithm, or has anything
   *     that should have been kept secret
   */
  public static VerificationKey publicKey(String json, JwsAlgorithm algorithm) {
    JwkFields fields = JwkFields.of(json);
    if (fields.isSecret()) {
      throw new IllegalArgumentException("The JWK is not only a public key");
    }
    return JwkReader.verificationKey(fields, algorithm);
  }

  /**
   * Reads a key that signs.
   *
   * @param json the JWK with its private part; it names its {@code alg}, or is on a curve that has
   *     only one algorithm
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is unsuitable, or has no private part
   */
  public static SigningKey signingKey(String json) {
    return JwkReader.signingKey(JwkFields.of(json));
  }

  /**
   * Writes the public part of a key, for publication.
   *
   * @param key a public key
   * @return the JWK with {@code alg}, {@code use} and, if it has one, {@code kid}
   * @throws IllegalArgumentException if the key is a secret
   */
  public static String publicJwk(VerificationKey key) {
    return JsonWriter.text(JwkWriter.publicJwk(key));
  }

  /**
   * Writes a key with its private part. Whoever reads it can sign: keep it as safe as a password.
   *
   * @param key the key
   * @return the JWK, which {@link #signingKey} reads
   * @throws IllegalArgumentException if the key can't leave its device or service, or is one of
   *     ML-DSA without its seed
   */
  public static String privateJwk(SigningKey key) {
    return JsonWriter.text(JwkWriter.privateJwk(key));
  }

  /**
   * Computes the name that a public key has by its content (RFC 7638), its SHA-256.
   *
   * @param key a public key
   * @return 43 characters of base64url
   * @throws IllegalArgumentException if the key is a secret
   */
  public static String thumbprint(VerificationKey key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Base64Url.encode(sha.digest(JsonWriter.write(JwkWriter.required(key))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}
