package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** Signs through the JCA; a device can sign with a key that never leaves it. */
record ProviderSigner(PrivateKey key, @Nullable Provider provider) implements Signing {
  @Override
  public byte[] sign(VerificationKey verifier, byte[] content, int length) {
    JwsAlgorithm algorithm = verifier.algorithm();
    try {
      Signature signer = Signatures.make(algorithm, provider);
      signer.initSign(key);
      signer.update(content, 0, length);
      return signer.sign();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw Signatures.outage(algorithm, provider, "sign", e);
    }
  }

  /** Without the key, whose provider might reveal its key material. */
  @Override
  public String toString() {
    return "ProviderSigner[" + ProviderKeys.nameOf(provider) + "]";
  }
}
