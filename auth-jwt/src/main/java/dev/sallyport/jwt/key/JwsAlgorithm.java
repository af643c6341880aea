package dev.sallyport.jwt.key;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The supported algorithms (RFC 7518 section 3, RFC 8037, RFC 9964). There is no {@code none}. Each
 * key has one; the header of a token is compared with it but never decides it.
 */
public enum JwsAlgorithm {
  /** HMAC with SHA-256. */
  HS256(Family.HMAC, "HmacSHA256", 32),
  /** HMAC with SHA-384. */
  HS384(Family.HMAC, "HmacSHA384", 48),
  /** HMAC with SHA-512. */
  HS512(Family.HMAC, "HmacSHA512", 64),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256(Family.RSA, "SHA256withRSA", 0),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384(Family.RSA, "SHA384withRSA", 0),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512(Family.RSA, "SHA512withRSA", 0),
  /** RSASSA-PSS with SHA-256. */
  PS256(Family.RSA, "RSASSA-PSS", 0, "SHA-256", MGF1ParameterSpec.SHA256, 32),
  /** RSASSA-PSS with SHA-384. */
  PS384(Family.RSA, "RSASSA-PSS", 0, "SHA-384", MGF1ParameterSpec.SHA384, 48),
  /** RSASSA-PSS with SHA-512. */
  PS512(Family.RSA, "RSASSA-PSS", 0, "SHA-512", MGF1ParameterSpec.SHA512, 64),
  /** ECDSA on P-256 with SHA-256. */
  ES256(Family.EC, "SHA256withECDSAinP1363Format", 64),
  /** ECDSA on P-384 with SHA-384. */
  ES384(Family.EC, "SHA384withECDSAinP1363Format", 96),
  /** ECDSA on P-521 with SHA-512. */
  ES512(Family.EC, "SHA512withECDSAinP1363Format", 132),
  /** Ed25519 under its older name {@code EdDSA} (RFC 8037); a header may use either. */
  EDDSA(Family.ED25519, "Ed25519", 64),
  /** Ed25519 under its own name {@code Ed25519} (RFC 9864); a header may use either. */
  ED25519(Family.ED25519, "Ed25519", 64),
  /** ML-DSA-44 (FIPS 204), secure against quantum computers; on JDK 24 or later. */
  ML_DSA_44(Family.ML_DSA, "ML-DSA-44", 2420),
  /** ML-DSA-65 (FIPS 204), secure against quantum computers; on JDK 24 or later. */
  ML_DSA_65(Family.ML_DSA, "ML-DSA-65", 3309),
  /** ML-DSA-87 (FIPS 204), secure against quantum computers; on JDK 24 or later. */
  ML_DSA_87(Family.ML_DSA, "ML-DSA-87", 4627);

  /** The kind of key. */
  enum Family {
    HMAC("oct", ""),
    RSA("RSA", "RSA"),
    EC("EC", "EC"),
    ED25519("OKP", "Ed25519"),
    ML_DSA("AKP", "ML-DSA");

    private final String jwkType;
    private final String keyFactory;

    Family(String jwkType, String keyFactory) {
      this.jwkType = jwkType;
      this.keyFactory = keyFactory;
    }

    /** The {@code kty} of a JWK. */
    String jwkType() {
      return jwkType;
    }

    /** The JCA's name for such keys. */
    String keyFactory() {
      return keyFactory;
    }
  }

  private final Family family;
  private final String jcaName;
  private final int length;

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable but not marked as such
  private final @Nullable PSSParameterSpec pss;

  JwsAlgorithm(Family family, String jcaName, int length) {
    this.family = family;
    this.jcaName = jcaName;
    this.length = length;
    this.pss = null;
  }

  JwsAlgorithm(
      Family family,
      String jcaName,
      int length,
      String digest,
      MGF1ParameterSpec mask,
      int saltLength) {
    this.family = family;
    this.jcaName = jcaName;
    this.length = length;
    this.pss = new PSSParameterSpec(digest, "MGF1", mask, saltLength, 1);
  }

  /** {@return its name in headers and keys, for example {@code ES256}} */
  public String jwaName() {
    return switch (this) {
      case EDDSA -> "EdDSA";
      case ED25519 -> "Ed25519";
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> jcaName;
      default -> name();
    };
  }

  /** Finds an algorithm by its name in a header or a key, compared exactly. */
  static Optional<JwsAlgorithm> named(String name) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.jwaName().equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * Compares it with the {@code alg} of a header.
   *
   * @param name the {@code alg}
   * @return whether that means this algorithm; EdDSA has two names (RFC 9864)
   */
  public boolean isNamed(String name) {
    return jwaName().equals(name)
        || (family == Family.ED25519 && (name.equals("EdDSA") || name.equals("Ed25519")));
  }

  /** {@return whether anyone who can verify can also sign} */
  public boolean isSymmetric() {
    return family == Family.HMAC;
  }

  Family family() {
    return family;
  }

  String jcaName() {
    return jcaName;
  }

  /** The length of a signature in bytes; for RSA it is the modulus's, and 0 here. */
  int length() {
    return length;
  }

  Optional<AlgorithmParameterSpec> parameters() {
    return Optional.ofNullable(pss);
  }
}
