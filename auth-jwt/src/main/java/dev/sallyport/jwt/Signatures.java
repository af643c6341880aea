package dev.sallyport.jwt;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
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
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e.getCause());
    }
  }

  /** Whether a signature is right; one that the provider finds no words for is wrong. */
  boolean verifies(byte[] signed, int length, byte[] signature) {
    try {
      Signature verifier = take();
      verifier.update(signed, 0, length);
      boolean right = verifier.verify(signature);
      idle.give(verifier);
      return right;
    } catch (SignatureException e) {
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
    } catch (GeneralSecurityException e) {
      throw cant("verify", e);
    }
  }

  byte[] sign(PrivateKey key, byte[] content, int length) {
    try {
      Signature signer = make();
      signer.initSign(key);
      signer.update(content, 0, length);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw cant("sign", e);
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

  private IllegalStateException cant(String what, GeneralSecurityException e) {
    String who = provider == null ? "This Java runtime" : "The provider " + provider.getName();
    return new IllegalStateException(who + " can't " + what + " with " + algorithm, e);
  }
}
