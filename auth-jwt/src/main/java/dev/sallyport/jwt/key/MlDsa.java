package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The parameter sets of ML-DSA (FIPS 204). Java 17 has no types for their keys, so these are read
 * and written as DER (RFC 9881). A private key is its seed, the only form that a JWK can have (RFC
 * 9964 section 3); the JDK computes the expanded key from it.
 */
enum MlDsa {
  ML_DSA_44("608648016503040311", 1312),
  ML_DSA_65("608648016503040312", 1952),
  ML_DSA_87("608648016503040313", 2592);

  static final int SEED_BYTES = 32;
  private static final int FIRST_JDK = 24;
  private static final int SEED = 0x80;
  private static final int PUBLIC_KEY = 0x81;

  private final String objectId;
  private final int publicBytes;

  MlDsa(String objectId, int publicBytes) {
    this.objectId = objectId;
    this.publicBytes = publicBytes;
  }

  /**
   * The parameter set of an algorithm.
   *
   * @throws IllegalArgumentException if this JDK doesn't have it
   */
  static MlDsa of(JwsAlgorithm algorithm) {
    requireJdk(algorithm);
    return valueOf(algorithm.name());
  }

  static void requireJdk(JwsAlgorithm algorithm) {
    int jdk = Runtime.version().feature();
    if (jdk < FIRST_JDK) {
      throw new IllegalArgumentException(
          algorithm.jwaName() + " needs JDK " + FIRST_JDK + " or later, and this is " + jdk);
    }
  }

  /**
   * Checks a key that may be of another parameter set or have another size, which the JDK notices
   * only when it is used.
   */
  void check(Key key) {
    if (key instanceof PublicKey open) {
      bytes(open);
      return;
    }
    byte[] encoded = "PKCS#8".equals(key.getFormat()) ? key.getEncoded() : null;
    if (encoded != null) { // it is null where a device keeps the key
      Der info = Der.sequence(encoded);
      info.number();
      requireThis(info);
    }
  }

  private void requireThis(Der info) {
    Der identifier = info.elements(Der.SEQUENCE);
    if (!MessageDigest.isEqual(identifier.content(Der.OBJECT_ID), objectId())) {
      throw new IllegalArgumentException(this + " needs a key of its own parameter set");
    }
    identifier.requireEnd();
  }

  private byte[] objectId() {
    return HexFormat.of().parseHex(objectId);
  }

  private byte[] identifier() {
    return Der.element(Der.SEQUENCE, Der.element(Der.OBJECT_ID, objectId()));
  }

  /** The {@code pub} of a JWK. */
  byte[] bytes(PublicKey key) {
    Der info = Der.sequence(key.getEncoded());
    requireThis(info);
    byte[] bits = info.content(Der.BIT_STRING);
    info.requireEnd();
    if (bits.length != 1 + publicBytes || bits[0] != 0) {
      throw new IllegalArgumentException(
          "A public key of " + this + " has " + publicBytes + " bytes");
    }
    return Arrays.copyOfRange(bits, 1, bits.length);
  }

  PublicKey publicKey(byte[] bytes) {
    byte[] encoded = Der.publicKey(identifier(), bytes);
    try {
      PublicKey key =
          KeyFactory.getInstance(toString()).generatePublic(new X509EncodedKeySpec(encoded));
      check(key);
      return key;
    } catch (GeneralSecurityException e) {
      throw unfit();
    }
  }

  SeedKey ofSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("A seed of " + this + " has " + SEED_BYTES + " bytes");
    }
    try {
      KeyPair pair = PublicHalf.pair(new NamedParameterSpec(toString()), seed);
      return new SeedKey(seed, Der.privateKey(identifier(), Der.element(SEED, seed)), pair);
    } catch (GeneralSecurityException e) {
      throw unfit();
    }
  }

  /**
   * Reads a private key as PKCS #8 with a seed, alone or before the expanded key (RFC 9881 section
   * 6).
   *
   * @throws IllegalArgumentException if it has no seed, or contradicts itself
   */
  SeedKey privateKey(byte[] pkcs8) {
    Der info = Der.sequence(pkcs8);
    info.number();
    requireThis(info);
    Der choice = Der.of(info.content(Der.OCTET_STRING));
    if (choice.isNext(Der.OCTET_STRING)) {
      throw new IllegalArgumentException(
          "The private key has no seed, and what is computed from it doesn't reveal its public"
              + " half; generate a key with SigningKey.generate");
    }
    boolean isBoth = choice.isNext(Der.SEQUENCE);
    Der both = isBoth ? choice.elements(Der.SEQUENCE) : choice;
    SeedKey key = ofSeed(both.content(isBoth ? Der.OCTET_STRING : SEED));
    if (isBoth) {
      requireSame(key, both.content(Der.OCTET_STRING));
    }
    both.requireEnd();
    choice.requireEnd();
    if (info.isNext(Der.context(0))) {
      info.content(Der.context(0)); // attributes
    }
    if (info.isNext(PUBLIC_KEY)) {
      requirePublic(info.content(PUBLIC_KEY), key);
    }
    info.requireEnd();
    return key;
  }

  private void requirePublic(byte[] bits, SeedKey key) {
    if (bits.length == 0
        || !MessageDigest.isEqual(Arrays.copyOfRange(bits, 1, bits.length), bytes(key.open()))) {
      throw new IllegalArgumentException("The private key does not belong to the public key");
    }
  }

  /** Whatever form the JDK keeps it in, the expanded key has to sign like the one of the seed. */
  private void requireSame(SeedKey key, byte[] expanded) {
    byte[] encoded = Der.privateKey(identifier(), Der.element(Der.OCTET_STRING, expanded));
    try {
      PrivateKey other =
          KeyFactory.getInstance(toString()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      SigningKey.of(JwsAlgorithm.valueOf(name()), key.open(), other);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The private key contradicts itself: its expanded key is not that of its seed");
    }
  }

  private IllegalArgumentException unfit() {
    return new IllegalArgumentException("This is not a key for " + this);
  }

  @Override
  public String toString() {
    return name().replace('_', '-');
  }
}
