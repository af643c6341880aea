package dev.sallyport.jwt;

import java.math.BigInteger;
import java.util.Set;

/** Public keys that have the right form and protect nothing. */
final class WeakKeys {
  private static final BigInteger ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /** All y of the points of order 1, 2, 4 and 8. */
  private static final Set<BigInteger> LOW_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          Edwards.P.subtract(BigInteger.ONE),
          ORDER_8,
          Edwards.P.subtract(ORDER_8));

  /** In these, the primes of ROCA are powers of 65537 and of nothing else. */
  private static final int[] ROCA_PRIMES = {
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157
  };

  private WeakKeys() {}

  /** For a point of low order some signatures are right that nobody has made. */
  static boolean isLowOrder(BigInteger y) {
    return y.compareTo(Edwards.P) >= 0 || LOW_ORDER.contains(y);
  }

  /** Whether an RSA modulus was made by Infineon's library of CVE-2017-15361. */
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
