package dev.sallyport.jwt;

/** What signs for one public key. */
interface Signing {
  /**
   * Signs the first bytes of some.
   *
   * @param verifier what checks the signature
   * @throws dev.sallyport.StoreUnavailableException if it can't, or can't now
   */
  byte[] sign(VerificationKey verifier, byte[] content, int length);
}
