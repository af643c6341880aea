package dev.sallyport.jwt.key;

import dev.sallyport.StoreUnavailableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Signs through the host's signer, and checks each of its signatures. */
record ExternalSigning(ExternalSigner signer) implements Signing {
  @Override
  public byte[] sign(VerificationKey verifier, byte[] content, int length) {
    byte[] signature = signed(verifier.algorithm(), Arrays.copyOf(content, length));
    if (signature == null || !verifier.verifies(content, length, signature)) {
      throw new StoreUnavailableException(
          "The external signer did not return a signature for its public key by "
              + verifier.algorithm()
              + ", in the form of a JWS");
    }
    return signature;
  }

  /** Returns a copy, so that the signature that is checked is the one that is sent. */
  private byte @Nullable [] signed(JwsAlgorithm algorithm, byte[] data) {
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

  @Override
  public String toString() {
    return "ExternalSigning";
  }
}
