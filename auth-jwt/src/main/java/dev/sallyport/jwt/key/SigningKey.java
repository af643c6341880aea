package dev.sallyport.jwt.key;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs with one algorithm, together with the key that verifies its signatures. Safe for
 * many threads; {@code toString} shows algorithm and id only.
 *
 * <p>{@link Jwk#privateJwk} and {@link Pem#privatePem} write it out, so that it outlives the
 * process, unless its private half is kept in a device or a service.
 *
 * <pre>{@code
 * SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
 * }</pre>
 */
public final class SigningKey {
  private static final int RSA_BITS = 3072;
  private static final byte[] PROBE = {1, 2, 3};

  private final VerificationKey verifier;

  private final Signing signing;

  /** Null if it can't leave a device or service, and for a secret. */
  private final @Nullable PrivateKey closed;

  private final byte @Nullable [] secret;

  private SigningKey(
      VerificationKey verifier,
      Signing signing,
      @Nullable PrivateKey closed,
      byte @Nullable [] secret) {
    this.verifier = verifier;
    this.signing = signing;
    this.closed = closed;
    this.secret = secret;
  }

  /**
   * Creates a key from a key pair. For a private key that never leaves a device, name the device's
   * provider.
   *
   * @param algorithm the algorithm to sign with; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param closed the private key
   * @return the key, without an id
   * @throws IllegalArgumentException if a key is unsuitable for the algorithm, or the two are not a
   *     pair
   */
  public static SigningKey of(JwsAlgorithm algorithm, PublicKey open, PrivateKey closed) {
    return pair(algorithm, open, closed, null);
  }

  /**
   * Creates a key from a key pair whose private half is used by the given provider, such as
   * SunPKCS11 for a key that never leaves its device. The JDK verifies, without the device.
   *
   * @param algorithm the algorithm to sign with; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param closed the private key in the provider's form; it need not reveal its key material
   * @param provider the provider that signs with it
   * @return the key, without an id
   * @throws IllegalArgumentException if a key is unsuitable for the algorithm, the two are not a
   *     pair, or the provider can't sign with it, which is tried once
   */
  public static SigningKey of(
      JwsAlgorithm algorithm, PublicKey open, PrivateKey closed, Provider provider) {
    return pair(algorithm, open, closed, Objects.requireNonNull(provider, "provider"));
  }

  private static SigningKey pair(
      JwsAlgorithm algorithm, PublicKey open, PrivateKey closed, @Nullable Provider provider) {
    KeyRules.check(algorithm, closed);
    PrivateKey usable = closed instanceof SeedKey seed ? seed.expanded() : closed;
    return paired(
        new SigningKey(
            VerificationKey.of(algorithm, open),
            Signing.by(provider, usable),
            isWritable(closed) ? closed : null,
            null));
  }

  private static boolean isWritable(PrivateKey closed) {
    return closed.getEncoded() != null && "PKCS#8".equals(closed.getFormat());
  }

  /**
   * Creates a key that signs through a service of the host's. Each signature is checked against the
   * public key before it is handed out; if it is wrong or missing, that is a {@link
   * StoreUnavailableException}.
   *
   * @param algorithm the algorithm to sign with; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param signer makes the signatures
   * @return the key, without an id
   * @throws IllegalArgumentException if the public key is unsuitable for the algorithm, or the
   *     signer does not sign for it, which is tried once
   */
  public static SigningKey of(JwsAlgorithm algorithm, PublicKey open, ExternalSigner signer) {
    Objects.requireNonNull(signer, "signer");
    return paired(
        new SigningKey(VerificationKey.of(algorithm, open), Signing.by(signer), null, null));
  }

  /**
   * Reads a key from an entry of a key store: a key pair with its certificate, or a secret for
   * HMAC. It is for a store whose entries need no password of their own, such as a device over
   * PKCS#11, which was unlocked when it was loaded.
   *
   * @param algorithm the algorithm to sign with
   * @param store the key store, already loaded; a key that can't leave it is used by its provider
   * @param alias the name of the entry
   * @return the key, without an id
   * @throws IllegalArgumentException if there is no such entry, it is unsuitable for the algorithm,
   *     or it needs a password; nothing but the key is looked at in the certificate
   */
  public static SigningKey of(JwsAlgorithm algorithm, KeyStore store, String alias) {
    return StoredKey.read(algorithm, store, alias, null);
  }

  /**
   * As {@link #of(JwsAlgorithm, KeyStore, String)}, for an entry with a password. In PKCS#12 that
   * is usually the password of the store.
   *
   * @param algorithm the algorithm to sign with
   * @param store the key store, already loaded
   * @param alias the name of the entry
   * @param password the password of the entry, which is not kept
   * @return the key, without an id
   * @throws IllegalArgumentException as there, or if the password is wrong
   */
  public static SigningKey of(
      JwsAlgorithm algorithm, KeyStore store, String alias, char[] password) {
    return StoredKey.read(algorithm, store, alias, Objects.requireNonNull(password, "password"));
  }

  private static SigningKey paired(SigningKey key) {
    byte[] signature;
    try {
      signature = key.sign(PROBE);
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e.getCause());
    }
    if (!key.verifier.verifies(PROBE, PROBE.length, signature)) {
      throw new IllegalArgumentException("The private key does not belong to the public key");
    }
    return key;
  }

  /**
   * Creates a key from a secret.
   *
   * @param algorithm HS256, HS384 or HS512
   * @param secret random bytes, as for {@link VerificationKey#ofSecret}; copied
   * @return the key, without an id
   * @throws IllegalArgumentException if it is another algorithm, or the secret is too short
   */
  public static SigningKey ofSecret(JwsAlgorithm algorithm, byte[] secret) {
    VerificationKey verifier = VerificationKey.ofSecret(algorithm, secret);
    return new SigningKey(verifier, VerificationKey::mac, null, secret.clone());
  }

  /**
   * Generates a key: a secret as long as the hash, an RSA key of 3072 bits, a key on the
   * algorithm's curve, or a key of ML-DSA.
   *
   * @param algorithm the algorithm to sign with
   * @param random the source of randomness
   * @return the key, without an id
   * @throws IllegalArgumentException if it is ML-DSA, and the JDK is older than 24
   */
  public static SigningKey generate(JwsAlgorithm algorithm, SecureRandom random) {
    if (algorithm.isSymmetric()) {
      byte[] secret = new byte[algorithm.length()];
      random.nextBytes(secret);
      return ofSecret(algorithm, secret);
    }
    if (algorithm.family() == Family.ML_DSA) {
      byte[] seed = new byte[MlDsa.SEED_BYTES];
      random.nextBytes(seed);
      SeedKey key = MlDsa.of(algorithm).ofSeed(seed);
      return of(algorithm, key.open(), key);
    }
    try {
      KeyPair pair = generator(algorithm, random).generateKeyPair();
      return of(algorithm, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime can't generate keys for " + algorithm, e);
    }
  }

  private static KeyPairGenerator generator(JwsAlgorithm algorithm, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family().keyFactory());
    switch (algorithm.family()) {
      case RSA -> generator.initialize(RSA_BITS, random);
      case EC -> generator.initialize(Curve.of(algorithm).parameters(), random);
      default -> generator.initialize(NamedParameterSpec.ED25519, random);
    }
    return generator;
  }

  /**
   * Returns the same key with an id.
   *
   * @param keyId as for {@link VerificationKey#withKeyId}
   * @return a new key
   * @throws IllegalArgumentException as there
   */
  public SigningKey withKeyId(String keyId) {
    return new SigningKey(verifier.withKeyId(keyId), signing, closed, secret);
  }

  /**
   * Returns the same key, for which another provider signs and verifies. A key that can't leave its
   * device or service continues to sign there, and the provider only verifies.
   *
   * @param provider the provider, which is given the key in its own form
   * @return a new key; for a secret this same key, because the provider is not used for HMAC
   * @throws IllegalArgumentException if the provider can't do that
   */
  public SigningKey withProvider(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (secret != null) {
      return this;
    }
    Signing theirs =
        closed == null
            ? signing
            : Signing.by(provider, KeyForms.translated(algorithm(), closed, provider));
    return paired(new SigningKey(verifier.withProvider(provider), theirs, closed, null));
  }

  /** {@return the algorithm that it signs with} */
  public JwsAlgorithm algorithm() {
    return verifier.algorithm();
  }

  /** {@return its id; empty if it has none} */
  public Optional<String> keyId() {
    return verifier.keyId();
  }

  /** {@return the key that verifies its signatures: the public key, or for HMAC the same secret} */
  public VerificationKey verificationKey() {
    return verifier;
  }

  /**
   * The private key as given, which has an encoding; only for a key pair.
   *
   * @throws IllegalArgumentException if it can't leave its device or service
   */
  PrivateKey privateKey() {
    if (closed == null) {
      throw new IllegalArgumentException(
          "The private key can't leave its device or service, and so can't be written");
    }
    return closed;
  }

  /** The secret; only for HMAC. */
  byte[] secret() {
    return Objects.requireNonNull(secret, "a pair of keys").clone();
  }

  /** Whether both are the same secret. */
  boolean hasSecretOf(SigningKey other) {
    return secret != null && MessageDigest.isEqual(secret, other.secret);
  }

  /** Whether it is the same key for the same use under the same id. */
  boolean isSame(SigningKey other) {
    return verifier.isSame(other.verifier)
        || (hasSecretOf(other)
            && algorithm() == other.algorithm()
            && keyId().equals(other.keyId()));
  }

  /**
   * Signs bytes.
   *
   * @param content what is to be signed
   * @return the signature, as JWS has it (RFC 7518 section 3)
   * @throws StoreUnavailableException if the key's provider or service can't sign, permanently or
   *     for now
   */
  public byte[] sign(byte[] content) {
    return signing.sign(verifier, content);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + keyId().map(id -> " " + id).orElse("") + "]";
  }
}
