package dev.sallyport.jwt.key;

import java.math.BigInteger;

/**
 * Signs where the private key is kept: in a key management service, or in a device without a JCA
 * provider. {@link SigningKey#of(JwsAlgorithm, java.security.PublicKey, ExternalSigner)} turns it
 * into a key. It is called once per token, in the thread that waits for the token, and by many
 * threads at once: give it a timeout.
 *
 * <pre>{@code
 * ExternalSigner signer =
 *     data -> ExternalSigner.fromDer(JwsAlgorithm.ES256, kms.sign("alias/jwt", data));
 * }</pre>
 */
@FunctionalInterface
public interface ExternalSigner {
  /**
   * Signs.
   *
   * @param data the bytes to sign, not their hash; a copy, up to about 8,000 bytes
   * @return the signature as in a JWS (RFC 7518 section 3): for RSA as long as the modulus, for
   *     ECDSA R followed by S, each as long as a coordinate (see {@link #fromDer}), for Ed25519 64
   *     bytes, for ML-DSA 2,420, 3,309 or 4,627 bytes, with an empty context string
   * @throws Exception if it can't sign now; the caller gets a {@link
   *     dev.sallyport.StoreUnavailableException}
   */
  byte[] sign(byte[] data) throws Exception;

  /**
   * Converts an ECDSA signature from DER, which most services and devices return, to the form of a
   * JWS.
   *
   * @param algorithm ES256, ES384 or ES512
   * @param der the signature, a {@code SEQUENCE} of the {@code INTEGER}s R and S (RFC 3279 section
   *     2.2.3)
   * @return R followed by S: 64, 96 or 132 bytes
   * @throws IllegalArgumentException if it is anything else, or the algorithm is not ECDSA
   */
  static byte[] fromDer(JwsAlgorithm algorithm, byte[] der) {
    int bytes = Curve.of(algorithm).bytes();
    Der numbers = Der.sequence(der);
    BigInteger r = numbers.number();
    BigInteger s = numbers.number();
    numbers.requireEnd();
    if (Math.max(r.bitLength(), s.bitLength()) > 8 * bytes) {
      throw new IllegalArgumentException("The signature is too long for " + algorithm);
    }
    byte[] joined = new byte[2 * bytes];
    System.arraycopy(JwkWriter.unsigned(r, bytes), 0, joined, 0, bytes);
    System.arraycopy(JwkWriter.unsigned(s, bytes), 0, joined, bytes, bytes);
    return joined;
  }
}
