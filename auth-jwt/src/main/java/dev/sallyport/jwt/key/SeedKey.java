package dev.sallyport.jwt.key;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A private key of ML-DSA in the form that is written out, its seed, and the pair of keys that the
 * JDK computes from it. {@code toString} shows neither.
 */
final class SeedKey implements PrivateKey {
  private static final long serialVersionUID = 1L;

  private final byte[] seed;
  private final byte[] encoded;
  private final PublicKey open;
  private final PrivateKey expanded;

  SeedKey(byte[] seed, byte[] encoded, KeyPair pair) {
    this.seed = seed.clone();
    this.encoded = encoded;
    this.open = pair.getPublic();
    this.expanded = pair.getPrivate();
  }

  byte[] seed() {
    return seed.clone();
  }

  PublicKey open() {
    return open;
  }

  /** What the JDK signs with: its factories of keys read no seed before JDK 26. */
  PrivateKey expanded() {
    return expanded;
  }

  @Override
  public String getAlgorithm() {
    return "ML-DSA";
  }

  @Override
  public String getFormat() {
    return "PKCS#8";
  }

  @Override
  public byte[] getEncoded() {
    return encoded.clone();
  }
}
