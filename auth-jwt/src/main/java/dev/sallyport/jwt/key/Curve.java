package dev.sallyport.jwt.key;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.HexFormat;

/** The curves of RFC 7518 section 6.2.1.1. */
enum Curve {
  P_256("P-256", "secp256r1", 32, "2a8648ce3d030107"),
  P_384("P-384", "secp384r1", 48, "2b81040022"),
  P_521("P-521", "secp521r1", 66, "2b81040023");

  private final String jwkName;

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable but not marked as such
  private final ECParameterSpec parameters;

  private final int bytes;
  private final String objectId;

  Curve(String jwkName, String jcaName, int bytes, String objectId) {
    this.jwkName = jwkName;
    this.bytes = bytes;
    this.objectId = objectId;
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

  /** The content of its object identifier in DER. */
  byte[] objectId() {
    return HexFormat.of().parseHex(objectId);
  }

  /** The length of a coordinate in bytes. */
  int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return jwkName;
  }
}
