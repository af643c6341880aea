package dev.sallyport.jwt;

import dev.sallyport.StoreUnavailableException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
 * A key that signs by one algorithm, together with the one that checks what it signs. Safe for many
 * threads; {@code toString} shows algorithm and id only.
 *
 * <p>{@link Jwk#privateJwk} and {@link Pem#privatePem} write it down, so that it outlives the
 * process.
 *
 * <pre>{@code
 * SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
 * }</pre>
 */
public final class SigningKey {
  private static final int RSA_BITS = 3072;
  private static final byte[] PROBE = {1, 2, 3};

  private final VerificationKey verifier;

  /** In the form of its provider. */
  private final @Nullable PrivateKey signing;

  private final @Nullable PrivateKey closed;
  private final byte @Nullable [] secret;

  private SigningKey(
      VerificationKey verifier,
      @Nullable PrivateKey signing,
      @Nullable PrivateKey closed,
      byte @Nullable [] secret) {
    this.verifier = verifier;
    this.signing = signing;
    this.closed = closed;
    this.secret = secret;
  }

  /**
   * A pair of keys.
   *
   * @param algorithm what it is for; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param closed the private key
   * @return the key, without an id
   * @throws IllegalArgumentException if a key is not fit for the algorithm, or they are no pair
   */
  public static SigningKey of(JwsAlgorithm algorithm, PublicKey open, PrivateKey closed) {
    KeyRules.check(algorithm, closed);
    return paired(new SigningKey(VerificationKey.of(algorithm, open), closed, closed, null));
  }

  private static SigningKey paired(SigningKey key) {
    byte[] signature;
    try {
      signature = key.sign(PROBE, PROBE.length);
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e.getCause());
    }
    if (!key.verifier.verifies(PROBE, PROBE.length, signature)) {
      throw new IllegalArgumentException("The private key does not belong to the public key");
    }
    return key;
  }

  /**
   * A secret.
   *
   * @param algorithm HS256, HS384 or HS512
   * @param secret random bytes, as for {@link VerificationKey#ofSecret}; copied
   * @return the key, without an id
   * @throws IllegalArgumentException if the algorithm is another, or the secret is too short
   */
  public static SigningKey ofSecret(JwsAlgorithm algorithm, byte[] secret) {
    VerificationKey verifier = VerificationKey.ofSecret(algorithm, secret);
    return new SigningKey(verifier, null, null, secret.clone());
  }

  /**
   * A new key: a secret as long as the hash, an RSA key of 3072 bits, or a key on the algorithm's
   * curve.
   *
   * @param algorithm what it is for
   * @param random where it comes from
   * @return the key, without an id
   */
  public static SigningKey generate(JwsAlgorithm algorithm, SecureRandom random) {
    if (algorithm.isSymmetric()) {
      byte[] secret = new byte[algorithm.length()];
      random.nextBytes(secret);
      return ofSecret(algorithm, secret);
    }
    try {
      KeyPair pair = generator(algorithm, random).generateKeyPair();
      return of(algorithm, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime makes no keys for " + algorithm, e);
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
   * The same key under an id.
   *
   * @param keyId as for {@link VerificationKey#withKeyId}
   * @return a new key
   * @throws IllegalArgumentException as there
   */
  public SigningKey withKeyId(String keyId) {
    return new SigningKey(verifier.withKeyId(keyId), signing, closed, secret);
  }

  /**
   * The same key, with which another provider signs and verifies.
   *
   * @param provider the provider, which gets the key in its own form
   * @return a new key; the same for a secret, whose HMAC the provider is not asked for
   * @throws IllegalArgumentException if the provider can't do it
   */
  public SigningKey withProvider(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (closed == null) {
      return this;
    }
    PrivateKey theirs = ProviderKeys.translated(algorithm(), closed, provider);
    return paired(new SigningKey(verifier.withProvider(provider), theirs, closed, null));
  }

  /**
   * What it is for.
   *
   * @return the algorithm
   */
  public JwsAlgorithm algorithm() {
    return verifier.algorithm();
  }

  /**
   * Its id.
   *
   * @return the id; empty if it has none
   */
  public Optional<String> keyId() {
    return verifier.keyId();
  }

  /**
   * What checks its signatures.
   *
   * @return the public key, or for HMAC the secret once more
   */
  public VerificationKey verificationKey() {
    return verifier;
  }

  /** The private key as it was given; only for a pair. */
  PrivateKey privateKey() {
    return Objects.requireNonNull(closed, "a secret");
  }

  /** The secret; only for HMAC. */
  byte[] secret() {
    return Objects.requireNonNull(secret, "a pair of keys").clone();
  }

  /** Whether both are one secret. */
  boolean hasSecretOf(SigningKey other) {
    return secret != null && MessageDigest.isEqual(secret, other.secret);
  }

  byte[] sign(byte[] content, int length) {
    return signing == null
        ? verifier.mac(content, length)
        : verifier.signatures().sign(signing, content, length);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + keyId().map(id -> " " + id).orElse("") + "]";
  }
}
