package dev.sallyport.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys as JSON (RFC 7517, 7518 section 6, 8037 section 2). A JWK that is not fit, contradicts
 * itself or is for something else than signatures is refused with an {@link
 * IllegalArgumentException} that shows nothing of the key.
 *
 * <pre>{@code
 * VerificationKey key = Jwk.verificationKey(json);
 * }</pre>
 */
public final class Jwk {
  private Jwk() {}

  /**
   * Reads a key that checks signatures.
   *
   * @param json the JWK; it names its {@code alg}, or is on a curve that has one algorithm only
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is not fit
   */
  public static VerificationKey verificationKey(String json) {
    return verificationKey(JwkFields.parse(json), null);
  }

  /**
   * Reads a key that checks signatures and doesn't name its algorithm.
   *
   * @param json the JWK
   * @param algorithm what it is for
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is not fit, or names another algorithm
   */
  public static VerificationKey verificationKey(String json, JwsAlgorithm algorithm) {
    return verificationKey(JwkFields.parse(json), algorithm);
  }

  private static VerificationKey verificationKey(
      JwkFields fields, @Nullable JwsAlgorithm expected) {
    fields.requireUse("verify");
    JwsAlgorithm algorithm = algorithm(fields, expected);
    VerificationKey key =
        algorithm.isSymmetric()
            ? VerificationKey.ofSecret(algorithm, fields.bytes("k"))
            : VerificationKey.of(algorithm, publicKey(fields, algorithm));
    String id = fields.text("kid");
    return id == null ? key : key.withKeyId(id);
  }

  /**
   * Reads a key that signs.
   *
   * @param json the JWK with its private part; it names its {@code alg}, or is on a curve that has
   *     one algorithm only
   * @return the key, with its {@code kid} if it has one
   * @throws IllegalArgumentException if it is not fit, or has no private part
   */
  public static SigningKey signingKey(String json) {
    JwkFields fields = JwkFields.parse(json);
    fields.requireUse("sign");
    JwsAlgorithm algorithm = algorithm(fields, null);
    SigningKey key =
        algorithm.isSymmetric()
            ? SigningKey.ofSecret(algorithm, fields.bytes("k"))
            : SigningKey.of(algorithm, publicKey(fields, algorithm), privateKey(fields, algorithm));
    String id = fields.text("kid");
    return id == null ? key : key.withKeyId(id);
  }

  private static JwsAlgorithm algorithm(JwkFields fields, @Nullable JwsAlgorithm expected) {
    String named = fields.text("alg");
    Optional<JwsAlgorithm> algorithm =
        named == null ? Optional.ofNullable(expected) : JwsAlgorithm.named(named);
    JwsAlgorithm found =
        (named == null && expected == null ? ofCurve(fields) : algorithm)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The JWK has no 'alg' that is known, and none was given"));
    String type =
        switch (found.family()) {
          case HMAC -> "oct";
          case RSA -> "RSA";
          case EC -> "EC";
          case ED25519 -> "OKP";
        };
    if (!fields.required("kty").equals(type) || (expected != null && expected != found)) {
      throw new IllegalArgumentException("The JWK is for another algorithm, or of another 'kty'");
    }
    return found;
  }

  private static Optional<JwsAlgorithm> ofCurve(JwkFields fields) {
    String curve = fields.text("crv");
    return Optional.ofNullable(
        curve == null
            ? null
            : switch (curve) {
              case "P-256" -> JwsAlgorithm.ES256;
              case "P-384" -> JwsAlgorithm.ES384;
              case "P-521" -> JwsAlgorithm.ES512;
              case "Ed25519" -> JwsAlgorithm.EDDSA;
              default -> null;
            });
  }

  private static PublicKey publicKey(JwkFields fields, JwsAlgorithm algorithm) {
    try {
      return switch (algorithm.family()) {
        case RSA ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(fields.number("n"), fields.number("e")));
        case EC -> {
          Curve curve = curve(fields, algorithm);
          ECPoint point =
              new ECPoint(fields.number("x", curve.bytes()), fields.number("y", curve.bytes()));
          yield KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(point, curve.parameters()));
        }
        default ->
            KeyFactory.getInstance("Ed25519")
                .generatePublic(
                    new EdECPublicKeySpec(NamedParameterSpec.ED25519, edwardsPoint(fields)));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The JWK is no key for " + algorithm);
    }
  }

  private static Curve curve(JwkFields fields, JwsAlgorithm algorithm) {
    Curve curve = Curve.of(algorithm);
    if (!fields.required("crv").equals(curve.toString())) {
      throw new IllegalArgumentException(algorithm + " needs a key on " + curve);
    }
    return curve;
  }

  /** RFC 8032 section 5.1.2: y in little-endian order, and above it one bit of x. */
  private static EdECPoint edwardsPoint(JwkFields fields) {
    if (!fields.required("crv").equals("Ed25519")) {
      throw new IllegalArgumentException("EdDSA needs a key on Ed25519");
    }
    byte[] y = reversed(fields.bytes("x", 32));
    boolean odd = y[0] < 0;
    y[0] &= 0x7F;
    return new EdECPoint(odd, new BigInteger(1, y));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static PrivateKey privateKey(JwkFields fields, JwsAlgorithm algorithm) {
    try {
      return switch (algorithm.family()) {
        case RSA ->
            KeyFactory.getInstance("RSA")
                .generatePrivate(
                    new RSAPrivateCrtKeySpec(
                        fields.number("n"),
                        fields.number("e"),
                        fields.number("d"),
                        fields.number("p"),
                        fields.number("q"),
                        fields.number("dp"),
                        fields.number("dq"),
                        fields.number("qi")));
        case EC -> {
          Curve curve = curve(fields, algorithm);
          yield KeyFactory.getInstance("EC")
              .generatePrivate(
                  new ECPrivateKeySpec(fields.number("d", curve.bytes()), curve.parameters()));
        }
        default ->
            KeyFactory.getInstance("Ed25519")
                .generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, fields.bytes("d", 32)));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The JWK is no private key for " + algorithm);
    }
  }

  /**
   * Writes the public part of a key, as it is published.
   *
   * @param key a public key
   * @return the JWK with {@code alg}, {@code use} and, if it has one, {@code kid}
   * @throws IllegalArgumentException if the key is a secret
   */
  public static String publicJwk(VerificationKey key) {
    String id =
        key.keyId()
            .map(text -> ",\"kid\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .orElse("");
    String members = canonical(key);
    return members.substring(0, members.length() - 1)
        + ",\"alg\":\""
        + key.algorithm().jwaName()
        + "\",\"use\":\"sig\""
        + id
        + "}";
  }

  /**
   * The name that a public key has of itself (RFC 7638): the SHA-256 of what it is.
   *
   * @param key a public key
   * @return 43 characters of base64url
   * @throws IllegalArgumentException if the key is a secret
   */
  public static String thumbprint(VerificationKey key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Base64Url.encode(sha.digest(canonical(key).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  /** The required members in the order of their names (RFC 7638 section 3.2, RFC 8037). */
  private static String canonical(VerificationKey key) {
    PublicKey open =
        key.publicKey()
            .orElseThrow(() -> new IllegalArgumentException("A secret is not published"));
    if (open instanceof RSAPublicKey rsa) {
      return "{\"e\":\""
          + Base64Url.encode(unsigned(rsa.getPublicExponent(), 0))
          + "\",\"kty\":\"RSA\",\"n\":\""
          + Base64Url.encode(unsigned(rsa.getModulus(), 0))
          + "\"}";
    }
    if (open instanceof ECPublicKey ec) {
      Curve curve = Curve.of(key.algorithm());
      return "{\"crv\":\""
          + curve
          + "\",\"kty\":\"EC\",\"x\":\""
          + Base64Url.encode(unsigned(ec.getW().getAffineX(), curve.bytes()))
          + "\",\"y\":\""
          + Base64Url.encode(unsigned(ec.getW().getAffineY(), curve.bytes()))
          + "\"}";
    }
    EdECPoint point = ((EdECPublicKey) open).getPoint();
    byte[] y = reversed(unsigned(point.getY(), 32));
    y[31] |= (byte) (point.isXOdd() ? 0x80 : 0);
    return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + Base64Url.encode(y) + "\"}";
  }

  /** Big-endian without a sign, at least so long. */
  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = new byte[Math.max(length, bytes.length - start)];
    System.arraycopy(
        bytes, start, unsigned, unsigned.length - (bytes.length - start), bytes.length - start);
    return unsigned;
  }
}
