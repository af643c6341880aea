package dev.sallyport.jwt.key;

import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.List;

/**
 * What a key must be like for its algorithm. The JDK accepts RSA keys of 512 bits and points that
 * are not on the curve.
 */
final class KeyRules {
  private static final int MIN_RSA_BITS = 2048;
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);

  private KeyRules() {}

  static void check(JwsAlgorithm algorithm, Key key) {
    boolean fits =
        switch (algorithm.family()) {
          case HMAC -> false; // secrets are bytes
          case RSA -> key instanceof RSAKey || isHidden(key, "RSA", "RSASSA-PSS");
          case EC -> key instanceof ECKey || isHidden(key, "EC", "ECDSA");
          case ED25519 ->
              key instanceof EdECKey ed
                  ? ed.getParams().getName().equals("Ed25519")
                  : isHidden(key, "Ed25519", "EdDSA");
          case ML_DSA -> key.getAlgorithm().startsWith("ML-DSA");
        };
    if (!fits) {
      throw new IllegalArgumentException(
          algorithm + " can't use a key of type " + key.getAlgorithm());
    }
    if (key instanceof RSAKey rsa) {
      checkRsa(rsa);
    } else if (key instanceof ECKey ec) {
      checkCurve(algorithm, ec);
    } else if (key instanceof EdECPublicKey ed) {
      checkEdwards(ed);
    } else if (algorithm.family() == Family.ML_DSA) {
      MlDsa.of(algorithm).check(key);
    }
  }

  /** Whether it is a private key of one of these types whose numbers a device keeps to itself. */
  private static boolean isHidden(Key key, String... types) {
    return key instanceof PrivateKey && List.of(types).contains(key.getAlgorithm());
  }

  static void checkSecret(JwsAlgorithm algorithm, byte[] secret) {
    if (algorithm.family() != Family.HMAC) {
      throw new IllegalArgumentException(algorithm + " uses a key pair, not a secret");
    }
    if (secret.length < algorithm.length()) {
      throw new IllegalArgumentException(
          algorithm
              + " needs a secret of at least "
              + algorithm.length()
              + " bytes, not "
              + secret.length);
    }
  }

  private static void checkRsa(RSAKey key) {
    BigInteger modulus = key.getModulus();
    if (modulus.bitLength() < MIN_RSA_BITS || !modulus.testBit(0)) {
      throw new IllegalArgumentException(
          "An RSA key must have an odd modulus of at least "
              + MIN_RSA_BITS
              + " bits, not "
              + modulus.bitLength());
    }
    if (WeakKeys.isRoca(modulus)) {
      throw new IllegalArgumentException("The RSA key can be factored (CVE-2017-15361)");
    }
    if (key instanceof RSAPublicKey open
        && (open.getPublicExponent().compareTo(MIN_EXPONENT) < 0
            || !open.getPublicExponent().testBit(0))) {
      throw new IllegalArgumentException("The exponent of an RSA key must be odd and at least 3");
    }
  }

  private static void checkEdwards(EdECPublicKey key) {
    if (WeakKeys.isLowOrder(key.getPoint().getY())) {
      throw new IllegalArgumentException("The point of the key is of low order");
    }
    if (!Edwards.isOnCurve(key.getPoint().getY())) {
      throw new IllegalArgumentException("The point of the key is not on the curve");
    }
  }

  private static void checkCurve(JwsAlgorithm algorithm, ECKey key) {
    ECParameterSpec expected = Curve.of(algorithm).parameters();
    ECParameterSpec actual = key.getParams();
    if (!actual.getCurve().equals(expected.getCurve())
        || !actual.getGenerator().equals(expected.getGenerator())
        || !actual.getOrder().equals(expected.getOrder())) {
      throw new IllegalArgumentException(algorithm + " needs a key on " + Curve.of(algorithm));
    }
    if (key instanceof ECPublicKey open && !isOnCurve(open.getW(), expected.getCurve())) {
      throw new IllegalArgumentException("The point of the key is not on the curve");
    }
  }

  private static boolean isOnCurve(ECPoint point, EllipticCurve curve) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return y.multiply(y).mod(p).equals(right);
  }
}
