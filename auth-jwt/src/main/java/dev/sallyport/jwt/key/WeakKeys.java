package dev.sallyport.jwt.key;

import java.math.BigInteger;
import java.util.Set;

/** Detects public keys that have the right form but protect nothing. */
final class WeakKeys {
  private static final BigInteger ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /** The y of all points of order 1, 2, 4 and 8. */
  private static final Set<BigInteger> LOW_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          Edwards.P.subtract(BigInteger.ONE),
          ORDER_8,
          Edwards.P.subtract(ORDER_8));

  /** Modulo each of these, the primes of ROCA are powers of 65537. */
  private static final int[] ROCA_PRIMES = {
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157
  };

  private WeakKeys() {}

  /** With a point of low order, some signatures that nobody has made are valid. */
  static boolean isLowOrder(BigInteger y) {
    return y.compareTo(Edwards.P) >= 0 || LOW_ORDER.contains(y);
  }

  /** Whether an RSA modulus was made by Infineon's library (CVE-2017-15361). */
  static boolean isRoca(BigInteger modulus) {
    for (int prime : ROCA_PRIMES) {
      if (!isPowerOf65537(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPowerOf65537(int value, int prime) {
    int power = 1;
    for (int i = 0; i < prime; i++) {
      if (power == value) {
        return true;
      }
      power = power * (65537 % prime) % prime;
    }
    return false;
  }
}
