package dev.sallyport.jwt.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * Derives the public key from a private one, which the JDK does not. Callers check the pair; it
 * runs when a key is read, not when it is used.
 */
final class PublicHalf {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private PublicHalf() {}

  static PublicKey of(JwsAlgorithm algorithm, PrivateKey closed) {
    KeyRules.check(algorithm, closed);
    try {
      if (closed instanceof RSAPrivateCrtKey rsa) {
        return KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      }
      if (closed instanceof ECPrivateKey ec) {
        Curve curve = Curve.of(algorithm);
        ECPoint point =
            times(
                ec.getS().mod(curve.parameters().getOrder()),
                curve.parameters().getGenerator(),
                curve.parameters().getCurve());
        return KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(point, curve.parameters()));
      }
      if (closed instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
        return pair(NamedParameterSpec.ED25519, ed.getBytes().get()).getPublic();
      }
      if (closed instanceof SeedKey key) {
        return key.open();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The private key is unsuitable for " + algorithm, e);
    }
    throw new IllegalArgumentException("The private key doesn't reveal its public half");
  }

  /** Doubles and adds, from the highest bit. */
  private static ECPoint times(BigInteger factor, ECPoint point, EllipticCurve curve) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = plus(sum, sum, curve);
      if (factor.testBit(bit)) {
        sum = plus(sum, point, curve);
      }
    }
    return sum;
  }

  private static ECPoint plus(ECPoint a, ECPoint b, EllipticCurve curve) {
    if (a.equals(ECPoint.POINT_INFINITY)) {
      return b;
    }
    if (b.equals(ECPoint.POINT_INFINITY)) {
      return a;
    }
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger slope =
        a.equals(b)
            ? a.getAffineX()
                .pow(2)
                .multiply(THREE)
                .add(curve.getA())
                .multiply(a.getAffineY().multiply(TWO).modInverse(p))
            : b.getAffineY()
                .subtract(a.getAffineY())
                .multiply(b.getAffineX().subtract(a.getAffineX()).modInverse(p));
    BigInteger x = slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
    BigInteger y = slope.multiply(a.getAffineX().subtract(x)).subtract(a.getAffineY()).mod(p);
    return new ECPoint(x, y);
  }

  /**
   * The JDK makes the pair from its random bytes, which here are the seed (RFC 8032 section 5.1.5,
   * FIPS 204 section 6.1).
   */
  static KeyPair pair(NamedParameterSpec kind, byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.getName());
    generator.initialize(kind, new Given(seed));
    return generator.generateKeyPair();
  }

  /** Returns these bytes in place of random ones. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
    }
  }
}
