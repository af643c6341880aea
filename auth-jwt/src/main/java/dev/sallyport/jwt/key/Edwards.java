package dev.sallyport.jwt.key;

import java.math.BigInteger;
import java.security.spec.EdECPoint;

/**
 * Points of Ed25519 as 32 bytes (RFC 8032 section 5.1.2): y in little-endian order, with the sign
 * of x in the highest bit.
 */
final class Edwards {
  static final int BYTES = 32;

  /** The prime of the field, 2^255 - 19. */
  static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /** The d of the curve -x^2 + y^2 = 1 + d x^2 y^2. */
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  private Edwards() {}

  /** Whether there is an x for this y, that is, whether (y^2 - 1) / (d y^2 + 1) is a square. */
  static boolean isOnCurve(BigInteger y) {
    BigInteger square = y.multiply(y).mod(P);
    BigInteger x2 =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger half = P.subtract(BigInteger.ONE).shiftRight(1);
    return x2.signum() == 0 || x2.modPow(half, P).equals(BigInteger.ONE);
  }

  static EdECPoint decode(byte[] encoded) {
    byte[] y = reversed(encoded);
    boolean odd = y[0] < 0;
    y[0] &= 0x7F;
    return new EdECPoint(odd, new BigInteger(1, y));
  }

  static byte[] encode(EdECPoint point) {
    byte[] y = reversed(JwkWriter.unsigned(point.getY(), BYTES));
    y[BYTES - 1] |= (byte) (point.isXOdd() ? 0x80 : 0);
    return y;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
