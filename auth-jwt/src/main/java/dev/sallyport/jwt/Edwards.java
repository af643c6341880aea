package dev.sallyport.jwt;

import java.math.BigInteger;
import java.security.spec.EdECPoint;

/**
 * Points of Ed25519 as 32 bytes (RFC 8032 section 5.1.2): y from the low end, above it x's sign.
 */
final class Edwards {
  static final int BYTES = 32;

  private Edwards() {}

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
