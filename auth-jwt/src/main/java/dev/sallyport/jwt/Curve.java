package dev.sallyport.jwt;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** The curves of RFC 7518 section 6.2.1.1. */
enum Curve {
  P_256("P-256", "secp256r1", 32),
  P_384("P-384", "secp384r1", 48),
  P_521("P-521", "secp521r1", 66);

  private final String jwkName;

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable, and doesn't say so
  private final ECParameterSpec parameters;

  private final int bytes;

  Curve(String jwkName, String jcaName, int bytes) {
    this.jwkName = jwkName;
    this.bytes = bytes;
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(jcaName));
      parameters = named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no curve " + jcaName, e);
    }
  }

  static Curve of(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> P_256;
      case ES384 -> P_384;
      case ES512 -> P_521;
      default -> throw new IllegalArgumentException(algorithm + " has no curve");
    };
  }

  ECParameterSpec parameters() {
    return parameters;
  }

  /** How long a coordinate is. */
  int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return jwkName;
  }
}
