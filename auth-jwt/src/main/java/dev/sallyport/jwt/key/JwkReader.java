package dev.sallyport.jwt.key;

import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds keys from the members of a JWK. */
final class JwkReader {
  private static final List<String> CRT = List.of("p", "q", "dp", "dq", "qi");

  private JwkReader() {}

  /**
   * Builds a key that verifies signatures.
   *
   * @param expected the algorithm, if the JWK may leave it out; null if it may not
   */
  static VerificationKey verificationKey(JwkFields fields, @Nullable JwsAlgorithm expected) {
    fields.requireUse("verify");
    JwsAlgorithm algorithm = algorithm(fields, expected);
    VerificationKey key =
        algorithm.isSymmetric()
            ? VerificationKey.ofSecret(algorithm, fields.bytes("k"))
            : VerificationKey.of(algorithm, publicKey(fields, algorithm));
    String id = fields.text("kid");
    return id == null ? key : key.withKeyId(id);
  }

  static SigningKey signingKey(JwkFields fields) {
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
                        "The JWK has no known 'alg', and no algorithm was given"));
    if (!fields.required("kty").equals(found.family().jwkType())
        || (expected != null && expected != found)) {
      throw new IllegalArgumentException("The JWK has the wrong 'alg' or 'kty'");
    }
    if (found.family() == Family.ML_DSA) {
      fields.required("alg"); // RFC 9964 section 3
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
    if (algorithm.family() == Family.ML_DSA) {
      return MlDsa.of(algorithm).publicKey(fields.bytes("pub"));
    }
    KeySpec spec =
        switch (algorithm.family()) {
          case RSA -> new RSAPublicKeySpec(fields.number("n"), fields.number("e"));
          case EC -> {
            Curve curve = curve(fields, algorithm);
            ECPoint point =
                new ECPoint(fields.number("x", curve.bytes()), fields.number("y", curve.bytes()));
            yield new ECPublicKeySpec(point, curve.parameters());
          }
          default -> {
            requireCurve(fields, algorithm, "Ed25519");
            yield new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, Edwards.decode(fields.bytes("x", Edwards.BYTES)));
          }
        };
    try {
      return KeyForms.read(algorithm, factory -> factory.generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The JWK is not a key for " + algorithm);
    }
  }

  private static Curve curve(JwkFields fields, JwsAlgorithm algorithm) {
    Curve curve = Curve.of(algorithm);
    requireCurve(fields, algorithm, curve.toString());
    return curve;
  }

  private static void requireCurve(JwkFields fields, JwsAlgorithm algorithm, String curve) {
    if (!fields.required("crv").equals(curve)) {
      throw new IllegalArgumentException(algorithm.jwaName() + " needs a key on " + curve);
    }
  }

  private static PrivateKey privateKey(JwkFields fields, JwsAlgorithm algorithm) {
    if (algorithm.family() == Family.ML_DSA) {
      return MlDsa.of(algorithm).ofSeed(fields.bytes("priv"));
    }
    KeySpec spec =
        switch (algorithm.family()) {
          case RSA -> rsa(fields);
          case EC -> {
            Curve curve = Curve.of(algorithm);
            yield new ECPrivateKeySpec(fields.number("d", curve.bytes()), curve.parameters());
          }
          default ->
              new EdECPrivateKeySpec(NamedParameterSpec.ED25519, fields.bytes("d", Edwards.BYTES));
        };
    try {
      return KeyForms.read(algorithm, factory -> factory.generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The JWK is not a private key for " + algorithm);
    }
  }

  /** With all the members that make it fast, or with none of them (RFC 7518 section 6.3.2). */
  private static KeySpec rsa(JwkFields fields) {
    if (CRT.stream().noneMatch(name -> fields.text(name) != null)) {
      return new RSAPrivateKeySpec(fields.number("n"), fields.number("d"));
    }
    return new RSAPrivateCrtKeySpec(
        fields.number("n"),
        fields.number("e"),
        fields.number("d"),
        fields.number("p"),
        fields.number("q"),
        fields.number("dp"),
        fields.number("dq"),
        fields.number("qi"));
  }
}
