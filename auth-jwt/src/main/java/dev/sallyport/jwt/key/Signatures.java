package dev.sallyport.jwt.key;

import dev.sallyport.StoreUnavailableException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one key by one provider (JCA). Objects that are ready to verify are reused:
 * preparing one costs up to a tenth of a verification.
 */
final class Signatures {
  private final JwsAlgorithm algorithm;
  private final @Nullable Provider provider;
  private final PublicKey open;
  private final Pool<Signature> idle = new Pool<>();

  Signatures(JwsAlgorithm algorithm, PublicKey open, @Nullable Provider provider) {
    this.algorithm = algorithm;
    this.open = open;
    this.provider = provider;
  }

  /**
   * Prepares one, to see that the provider can.
   *
   * @throws IllegalArgumentException if it can't
   */
  void prepare() {
    try {
      idle.give(take());
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(e.getMessage(), e.getCause());
    }
  }

  /**
   * Whether a signature is valid. One that the provider can't process is invalid; a failure of the
   * provider itself says nothing about the signature.
   *
   * @throws StoreUnavailableException if the provider has failed, for example because a device is
   *     gone
   */
  boolean verifies(byte[] signed, int length, byte[] signature) {
    Signature verifier = take();
    try {
      verifier.update(signed, 0, length);
      boolean right = verifier.verify(signature);
      idle.give(verifier);
      return right;
    } catch (ProviderException e) {
      idle.clear(); // they were made by a provider that has failed
      throw outage(algorithm, provider, "verify", e);
    } catch (SignatureException | RuntimeException e) {
      return false; // and not used again: the JDK's Ed25519 keeps what it was given
    }
  }

  private Signature take() {
    Signature ready = idle.take();
    if (ready != null) {
      return ready;
    }
    try {
      Signature made = make(algorithm, provider);
      made.initVerify(open);
      return made;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw outage(algorithm, provider, "verify", e);
    }
  }

  static Signature make(JwsAlgorithm algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    Signature made =
        provider == null
            ? Signature.getInstance(algorithm.jcaName())
            : Signature.getInstance(algorithm.jcaName(), provider);
    if (algorithm.parameters().isPresent()) {
      made.setParameter(algorithm.parameters().get());
    }
    return made;
  }

  static StoreUnavailableException outage(
      JwsAlgorithm algorithm, @Nullable Provider provider, String what, Exception e) {
    return new StoreUnavailableException(
        KeyForms.nameOf(provider) + " can't " + what + " with " + algorithm, e);
  }
}
