package dev.sallyport.jwt;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A key that checks signatures of one algorithm. Immutable and safe for many threads; {@code
 * toString} shows algorithm and id only.
 *
 * <pre>{@code
 * VerificationKey.of(JwsAlgorithm.RS256, publicKey).withKeyId("2026-11")
 * }</pre>
 */
public final class VerificationKey {
  static final int MAX_KEY_ID = 128;

  private final JwsAlgorithm algorithm;
  private final @Nullable String keyId;
  private final @Nullable PublicKey open;
  private final @Nullable Mac mac;
  private final @Nullable Provider provider;

  private VerificationKey(
      JwsAlgorithm algorithm,
      @Nullable String keyId,
      @Nullable PublicKey open,
      @Nullable Mac mac,
      @Nullable Provider provider) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.open = open;
    this.mac = mac;
    this.provider = provider;
  }

  /**
   * A public key.
   *
   * @param algorithm what it is for; not HMAC
   * @param key the key: RSA of at least 2048 bits, EC on the algorithm's curve, or Ed25519
   * @return the key, without an id
   * @throws IllegalArgumentException if the key is not fit for the algorithm
   */
  public static VerificationKey of(JwsAlgorithm algorithm, PublicKey key) {
    KeyRules.check(algorithm, key);
    return new VerificationKey(algorithm, null, key, null, null);
  }

  /**
   * A secret. Whoever can verify with it can sign as well.
   *
   * @param algorithm HS256, HS384 or HS512
   * @param secret random bytes, at least as many as the hash has: 32, 48 or 64; copied
   * @return the key, without an id
   * @throws IllegalArgumentException if the algorithm is another, or the secret is too short
   */
  public static VerificationKey ofSecret(JwsAlgorithm algorithm, byte[] secret) {
    KeyRules.checkSecret(algorithm, secret);
    return new VerificationKey(algorithm, null, null, Signatures.mac(algorithm, secret), null);
  }

  /**
   * The same key under an id, by which the header of a token names it.
   *
   * @param keyId 1 to 128 characters without control characters
   * @return a new key
   * @throws IllegalArgumentException if it is anything else
   */
  public VerificationKey withKeyId(String keyId) {
    return new VerificationKey(algorithm, checkKeyId(keyId), open, mac, provider);
  }

  static String checkKeyId(String keyId) {
    boolean plain = keyId.chars().noneMatch(Character::isISOControl);
    if (keyId.isEmpty() || keyId.length() > MAX_KEY_ID || !plain) {
      throw new IllegalArgumentException(
          "The id of a key has 1 to " + MAX_KEY_ID + " characters and no control characters");
    }
    return keyId;
  }

  /**
   * The same key, whose signatures another provider checks: a faster one, for example.
   *
   * @param provider the provider; of a secret's HMAC it is not asked
   * @return a new key
   */
  public VerificationKey withProvider(Provider provider) {
    return new VerificationKey(
        algorithm, keyId, open, mac, Objects.requireNonNull(provider, "provider"));
  }

  /**
   * What it is for.
   *
   * @return the algorithm
   */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Its id.
   *
   * @return the id; empty if it has none
   */
  public Optional<String> keyId() {
    return Optional.ofNullable(keyId);
  }

  /** The public key; empty for a secret, which is not to be published. */
  Optional<PublicKey> publicKey() {
    return Optional.ofNullable(open);
  }

  /**
   * Whether a signature is this key's. Its length is checked first: the JDK takes some that are too
   * short or too long.
   */
  boolean verifies(byte[] signed, int length, byte[] signature) {
    if (mac != null) {
      return MessageDigest.isEqual(Signatures.mac(mac, signed, length), signature);
    }
    PublicKey key = Objects.requireNonNull(open);
    int expected =
        key instanceof RSAKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : algorithm.length();
    if (signature.length != expected || Signatures.isZero(algorithm, signature)) {
      return false;
    }
    try {
      Signature verifier = Signatures.of(algorithm, provider);
      verifier.initVerify(key);
      verifier.update(signed, 0, length);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // some wrong signatures are told so
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("The provider does not take this key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The provider has no " + algorithm.jcaName(), e);
    }
  }

  @Override
  public String toString() {
    return "VerificationKey[" + algorithm + (keyId == null ? "" : " " + keyId) + "]";
  }
}
