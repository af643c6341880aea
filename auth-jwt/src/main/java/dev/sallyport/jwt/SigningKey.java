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
 * process, unless its private half is kept by a device or a service.
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
   * A pair of keys. For a private key that never leaves a device, name the device's provider.
   *
   * @param algorithm what it is for; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param closed the private key
   * @return the key, without an id
   * @throws IllegalArgumentException if a key is not fit for the algorithm, or they are no pair
   */
  public static SigningKey of(JwsAlgorithm algorithm, PublicKey open, PrivateKey closed) {
    return pair(algorithm, open, closed, null);
  }

  /**
   * A pair of keys whose private half one provider signs with, as SunPKCS11 does with a key that
   * never leaves its device. The JDK verifies, without the device.
   *
   * @param algorithm what it is for; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param closed the private key in the provider's form; it need not show what it is made of
   * @param provider what signs with it
   * @return the key, without an id
   * @throws IllegalArgumentException if a key is not fit for the algorithm, they are no pair, or
   *     the provider can't sign with it, which is tried once
   */
  public static SigningKey of(
      JwsAlgorithm algorithm, PublicKey open, PrivateKey closed, Provider provider) {
    return pair(algorithm, open, closed, Objects.requireNonNull(provider, "provider"));
  }

  private static SigningKey pair(
      JwsAlgorithm algorithm, PublicKey open, PrivateKey closed, @Nullable Provider provider) {
    KeyRules.check(algorithm, closed);
    return paired(
        new SigningKey(
            VerificationKey.of(algorithm, open),
            new ProviderSigner(closed, provider),
            isWritable(closed) ? closed : null,
            null));
  }

  private static boolean isWritable(PrivateKey closed) {
    return closed.getEncoded() != null && "PKCS#8".equals(closed.getFormat());
  }

  /**
   * A key that the host has a service sign with. Each signature is checked against the public key
   * before anybody gets it; a wrong one, or none, is a {@link StoreUnavailableException}.
   *
   * @param algorithm what it is for; not HMAC
   * @param open the public key, as for {@link VerificationKey#of}
   * @param signer what signs
   * @return the key, without an id
   * @throws IllegalArgumentException if the public key is not fit for the algorithm, or the signer
   *     does not sign for it, which is tried once
   */
  public static SigningKey of(JwsAlgorithm algorithm, PublicKey open, ExternalSigner signer) {
    Objects.requireNonNull(signer, "signer");
    return paired(
        new SigningKey(
            VerificationKey.of(algorithm, open), new ExternalSigning(signer), null, null));
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
    return new SigningKey(verifier, VerificationKey::mac, null, secret.clone());
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
   * The same key, with which another provider signs and verifies. A key that can't leave its device
   * or service goes on signing there, and the provider verifies only.
   *
   * @param provider the provider, which gets the key in its own form
   * @return a new key; the same for a secret, whose HMAC the provider is not asked for
   * @throws IllegalArgumentException if the provider can't do it
   */
  public SigningKey withProvider(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (secret != null) {
      return this;
    }
    Signing theirs =
        closed == null
            ? signing
            : new ProviderSigner(ProviderKeys.translated(algorithm(), closed, provider), provider);
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

  /**
   * The private key as it was given, which has an encoding; only for a pair.
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

  /** Whether both are one secret. */
  boolean hasSecretOf(SigningKey other) {
    return secret != null && MessageDigest.isEqual(secret, other.secret);
  }

  byte[] sign(byte[] content, int length) {
    return signing.sign(verifier, content, length);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + keyId().map(id -> " " + id).orElse("") + "]";
  }
}
