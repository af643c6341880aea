package dev.sallyport.jwt.key;

/** Makes the signatures for one public key. */
interface Signing {
  /**
   * Signs the first {@code length} bytes of some content.
   *
   * @param verifier the key that verifies the signature
   * @throws dev.sallyport.StoreUnavailableException if it can't sign, permanently or for now
   */
  byte[] sign(VerificationKey verifier, byte[] content, int length);
}
