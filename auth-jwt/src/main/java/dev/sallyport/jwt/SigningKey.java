package dev.sallyport.jwt;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs by one algorithm, together with the one that checks what it signs. Immutable and
 * safe for many threads; {@code toString} shows algorithm and id only.
 *
 * <pre>{@code
 * SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
 * }</pre>
 */
public final class SigningKey {
  private static final int RSA_BITS = 3072;
  private static final byte[] PROBE = {1, 2, 3};

  private final VerificationKey verifier;
  private final @Nullable PrivateKey closed;
  private final @Nullable Mac mac;
  private final @Nullable Provider provider;

  private SigningKey(
      VerificationKey verifier,
      @Nullable PrivateKey closed,
      @Nullable Mac mac,
      @Nullable Provider provider) {
    this.verifier = verifier;
    this.closed = closed;
    this.mac = mac;
    this.provider = provider;
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
    SigningKey key = new SigningKey(VerificationKey.of(algorithm, open), closed, null, null);
    if (!key.verifier.verifies(PROBE, PROBE.length, key.sign(PROBE, PROBE.length))) {
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
    return new SigningKey(verifier, null, Signatures.mac(algorithm, secret), null);
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
    switch (algorithm.family()) {
      case RSA -> {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(RSA_BITS, random);
        return rsa;
      }
      case EC -> {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(Curve.of(algorithm).parameters(), random);
        return ec;
      }
      default -> {
        KeyPairGenerator ed = KeyPairGenerator.getInstance("Ed25519");
        ed.initialize(NamedParameterSpec.ED25519, random);
        return ed;
      }
    }
  }

  /**
   * The same key under an id.
   *
   * @param keyId as for {@link VerificationKey#withKeyId}
   * @return a new key
   */
  public SigningKey withKeyId(String keyId) {
    return new SigningKey(verifier.withKeyId(keyId), closed, mac, provider);
  }

  /**
   * The same key, with which another provider signs and verifies.
   *
   * @param provider the provider; for HMAC it is not asked
   * @return a new key
   */
  public SigningKey withProvider(Provider provider) {
    return new SigningKey(
        verifier.withProvider(provider), closed, mac, Objects.requireNonNull(provider, "provider"));
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

  byte[] sign(byte[] content, int length) {
    if (mac != null) {
      return Signatures.mac(mac, content, length);
    }
    try {
      Signature signer = Signatures.of(algorithm(), provider);
      signer.initSign(Objects.requireNonNull(closed));
      signer.update(content, 0, length);
      return signer.sign();
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("The provider does not take this key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The provider can't sign with " + algorithm(), e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm() + keyId().map(id -> " " + id).orElse("") + "]";
  }
}
