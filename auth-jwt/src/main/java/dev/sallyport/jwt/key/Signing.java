package dev.sallyport.jwt.key;

import dev.sallyport.StoreUnavailableException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** Makes the signatures for one public key. */
interface Signing {
  /**
   * Signs.
   *
   * @param verifier the key that verifies the signature
   * @throws StoreUnavailableException if it can't sign, permanently or for now
   */
  byte[] sign(VerificationKey verifier, byte[] content);

  /** Signs through the JCA; a device can sign with a key that never leaves it. */
  static Signing by(@Nullable Provider provider, PrivateKey key) {
    return (verifier, content) -> {
      JwsAlgorithm algorithm = verifier.algorithm();
      try {
        Signature signer = Signatures.make(algorithm, provider);
        signer.initSign(key);
        signer.update(content);
        return signer.sign();
      } catch (GeneralSecurityException | RuntimeException e) {
        throw Signatures.outage(algorithm, provider, "sign", e);
      }
    };
  }

  /** Signs through the host's signer, and checks each of its signatures. */
  static Signing by(ExternalSigner signer) {
    return (verifier, content) -> {
      byte[] signature = signed(signer, verifier.algorithm(), content.clone());
      if (signature == null || !verifier.verifies(content, content.length, signature)) {
        throw new StoreUnavailableException(
            "The external signer did not return a signature for its public key by "
                + verifier.algorithm()
                + ", in the form of a JWS");
      }
      return signature;
    };
  }

  /** Returns a copy, so that the signature that is checked is the one that is sent. */
  private static byte @Nullable [] signed(
      ExternalSigner signer, JwsAlgorithm algorithm, byte[] data) {
    try {
      byte @Nullable [] signature = signer.sign(data);
      return signature == null ? null : signature.clone();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreUnavailableException("The external signer can't sign with " + algorithm, e);
    }
  }
}
