package dev.sallyport.jwt.key;

import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Reads keys in forms older than PKCS #8, which the JDK doesn't read: PKCS #1 (RFC 8017 appendix
 * A.1) for RSA, which the newer forms contain as it is, and SEC 1 (RFC 5915) for elliptic curves.
 */
final class OlderKeys {
  /** The AlgorithmIdentifier rsaEncryption (RFC 8017 appendix A.1). */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private static final BigInteger SEC1_VERSION = BigInteger.ONE;

  private OlderKeys() {}

  static PublicKey rsaPublic(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Der.publicKey(RSA, der)));
  }

  static PrivateKey rsaPrivate(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Der.privateKey(RSA, der)));
  }

  /** It contains the curve and possibly the public key too, which must match the private key. */
  static PrivateKey ecPrivate(JwsAlgorithm algorithm, byte[] der) throws GeneralSecurityException {
    require(algorithm.family() == Family.EC, algorithm + " can't use a key of type EC");
    Curve curve = Curve.of(algorithm);
    Der key = Der.sequence(der);
    require(key.number().equals(SEC1_VERSION), "The EC key is of an unknown version");
    byte[] scalar = key.content(Der.OCTET_STRING);
    require(scalar.length == curve.bytes(), algorithm + " needs a key on " + curve);
    Der parameters = key.elements(Der.context(0));
    require(parameters.isNext(Der.OBJECT_ID), "The EC key doesn't name its curve");
    require(
        MessageDigest.isEqual(parameters.content(Der.OBJECT_ID), curve.objectId()),
        algorithm + " needs a key on " + curve);
    parameters.requireEnd();
    PrivateKey read =
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, scalar), curve.parameters()));
    if (key.isNext(Der.context(1))) {
      Der open = key.elements(Der.context(1));
      requirePublic(curve, open.content(Der.BIT_STRING), PublicHalf.of(algorithm, read));
      open.requireEnd();
    }
    key.requireEnd();
    return read;
  }

  /**
   * A point is written as 4, x and y (SEC 1 section 2.3.3), here after the count of unused bits.
   */
  private static void requirePublic(Curve curve, byte[] written, PublicKey open) {
    byte[] point = new byte[2 + 2 * curve.bytes()];
    point[1] = 4;
    BigInteger x = ((ECPublicKey) open).getW().getAffineX();
    BigInteger y = ((ECPublicKey) open).getW().getAffineY();
    System.arraycopy(JwkWriter.unsigned(x, curve.bytes()), 0, point, 2, curve.bytes());
    System.arraycopy(
        JwkWriter.unsigned(y, curve.bytes()), 0, point, 2 + curve.bytes(), curve.bytes());
    require(
        MessageDigest.isEqual(point, written),
        "The private key does not belong to the public key with it");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
