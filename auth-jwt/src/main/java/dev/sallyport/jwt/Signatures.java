package dev.sallyport.jwt;

import dev.sallyport.StoreUnavailableException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one key by one provider (JCA). Objects that are ready to verify are used again:
 * to make one ready costs up to a tenth of a verification.
 */
final class Signatures {
  private final JwsAlgorithm algorithm;
  private final @Nullable Provider provider;
  private final PublicKey open;
  private final Idle<Signature> idle = new Idle<>();

  Signatures(JwsAlgorithm algorithm, PublicKey open, @Nullable Provider provider) {
    this.algorithm = algorithm;
    this.open = open;
    this.provider = provider;
  }

  /**
   * Makes one ready, to see that the provider can.
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
   * Whether a signature is right. One that the provider finds no words for is wrong; a fault of the
   * provider's own says nothing about the signature.
   *
   * @throws StoreUnavailableException if the provider is out of order: a device is gone
   */
  boolean verifies(byte[] signed, int length, byte[] signature) {
    Signature verifier = take();
    try {
      verifier.update(signed, 0, length);
      boolean right = verifier.verify(signature);
      idle.give(verifier);
      return right;
    } catch (ProviderException e) {
      idle.clear(); // made by what is out of order now
      throw outage("verify", e);
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
      Signature made = make();
      made.initVerify(open);
      return made;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw outage("verify", e);
    }
  }

  /**
   * Signs.
   *
   * @throws StoreUnavailableException if the provider can't, or can't now
   */
  byte[] sign(PrivateKey key, byte[] content, int length) {
    try {
      Signature signer = make();
      signer.initSign(key);
      signer.update(content, 0, length);
      return signer.sign();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw outage("sign", e);
    }
  }

  private Signature make() throws GeneralSecurityException {
    Signature made =
        provider == null
            ? Signature.getInstance(algorithm.jcaName())
            : Signature.getInstance(algorithm.jcaName(), provider);
    if (algorithm.parameters().isPresent()) {
      made.setParameter(algorithm.parameters().get());
    }
    return made;
  }

  private StoreUnavailableException outage(String what, Exception e) {
    String who = provider == null ? "This Java runtime" : "The provider " + provider.getName();
    return new StoreUnavailableException(who + " can't " + what + " with " + algorithm, e);
  }
}
