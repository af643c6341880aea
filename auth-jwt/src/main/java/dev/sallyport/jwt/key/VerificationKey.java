package dev.sallyport.jwt.key;

import dev.sallyport.jwt.json.StrictText;
import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies signatures of one algorithm. Safe for many threads; {@code toString} shows
 * algorithm and id only.
 *
 * <pre>{@code
 * VerificationKey.of(JwsAlgorithm.RS256, publicKey).withKeyId("2026-11")
 * }</pre>
 */
public final class VerificationKey {
  /** The longest id that a key can have, in characters. */
  public static final int MAX_KEY_ID_LENGTH = 512;

  private final JwsAlgorithm algorithm;
  private final @Nullable String keyId;
  private final @Nullable PublicKey open;
  private final @Nullable Signatures signatures;
  private final @Nullable Macs macs;

  private VerificationKey(
      JwsAlgorithm algorithm,
      @Nullable String keyId,
      @Nullable PublicKey open,
      @Nullable Signatures signatures,
      @Nullable Macs macs) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.open = open;
    this.signatures = signatures;
    this.macs = macs;
  }

  /**
   * Creates a key from a public key.
   *
   * @param algorithm the algorithm of the signatures; not HMAC
   * @param key the key: RSA of at least 2048 bits, EC on the algorithm's curve, Ed25519, or ML-DSA
   *     of the algorithm's parameter set
   * @return the key, without an id
   * @throws IllegalArgumentException if the key is unsuitable for the algorithm, or this JDK
   *     doesn't have the algorithm
   */
  public static VerificationKey of(JwsAlgorithm algorithm, PublicKey key) {
    KeyRules.check(algorithm, key);
    PublicKey open = KeyForms.translated(algorithm, key, null); // away from any device
    Signatures signatures = new Signatures(algorithm, open, null);
    signatures.prepare(); // a key can be restricted to a different hash
    return new VerificationKey(algorithm, null, open, signatures, null);
  }

  /**
   * Creates a key from a secret. Whoever can verify with it can also sign.
   *
   * @param algorithm HS256, HS384 or HS512
   * @param secret random bytes, at least as many as the hash has: 32, 48 or 64; copied
   * @return the key, without an id
   * @throws IllegalArgumentException if it is another algorithm, or the secret is too short
   */
  public static VerificationKey ofSecret(JwsAlgorithm algorithm, byte[] secret) {
    KeyRules.checkSecret(algorithm, secret);
    return new VerificationKey(algorithm, null, null, null, new Macs(algorithm, secret));
  }

  /**
   * Returns the same key with an id, by which the header of a token names it.
   *
   * @param keyId 1 to 512 characters, without control characters or unpaired surrogates
   * @return a new key
   * @throws IllegalArgumentException if it is anything else
   */
  public VerificationKey withKeyId(String keyId) {
    if (keyId.isEmpty() || keyId.length() > MAX_KEY_ID_LENGTH || !StrictText.isPlain(keyId)) {
      throw new IllegalArgumentException(
          "The id of a key must have 1 to "
              + MAX_KEY_ID_LENGTH
              + " characters, without control characters or unpaired surrogates");
    }
    return new VerificationKey(algorithm, keyId, open, signatures, macs);
  }

  /**
   * Returns the same key, whose signatures another provider checks: a faster one, for example.
   *
   * @param provider the provider, which is given the key in its own form
   * @return a new key; for a secret this same key, because the provider is not used for HMAC
   * @throws IllegalArgumentException if the provider can't do that
   */
  public VerificationKey withProvider(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (open == null) {
      return this;
    }
    Signatures theirs =
        new Signatures(algorithm, KeyForms.translated(algorithm, open, provider), provider);
    theirs.prepare();
    return new VerificationKey(algorithm, keyId, open, theirs, null);
  }

  /** {@return the algorithm of the signatures} */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /** {@return its id; empty if it has none} */
  public Optional<String> keyId() {
    return Optional.ofNullable(keyId);
  }

  /** The public key; empty for a secret, which must not be published. */
  Optional<PublicKey> publicKey() {
    return Optional.ofNullable(open);
  }

  /** Whether it is the same public key for the same use under the same id. */
  boolean isSame(VerificationKey other) {
    return open != null
        && algorithm == other.algorithm
        && Objects.equals(keyId, other.keyId)
        && open.equals(other.open);
  }

  /** Whether a header that means this key could mean the other as well. */
  boolean isMeantLike(VerificationKey other) {
    return Objects.equals(keyId, other.keyId) && algorithm.isNamed(other.algorithm.jwaName());
  }

  /**
   * Checks a signature. Its length is checked first: the JDK accepts some that are too short or too
   * long.
   *
   * @param content starts with what was signed
   * @param length how many bytes of it were signed
   * @param signature the signature, as JWS has it (RFC 7518 section 3)
   * @return whether it is this key's
   * @throws dev.sallyport.StoreUnavailableException if the key's provider has failed
   */
  public boolean verifies(byte[] content, int length, byte[] signature) {
    if (macs != null) {
      return MessageDigest.isEqual(macs.of(content, length), signature);
    }
    int expected =
        open instanceof RSAKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : algorithm.length();
    return signature.length == expected
        && !hasZero(signature)
        && Objects.requireNonNull(signatures).verifies(content, length, signature);
  }

  /** Whether r or s is zero, which older JDKs accept as anybody's signature (CVE-2022-21449). */
  private boolean hasZero(byte[] signature) {
    int half = signature.length / 2;
    return algorithm.family() == Family.EC
        && (isZero(signature, 0, half) || isZero(signature, half, signature.length));
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      any |= bytes[i];
    }
    return any == 0;
  }

  /** The MAC of a message; only for a secret. */
  byte[] mac(byte[] message) {
    return Objects.requireNonNull(macs, "not a secret").of(message, message.length);
  }

  @Override
  public String toString() {
    return "VerificationKey[" + algorithm + (keyId == null ? "" : " " + keyId) + "]";
  }
}
