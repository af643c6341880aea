package dev.sallyport.jwt.dpop;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.JsonWriter;
import dev.sallyport.jwt.json.StrictJson;
import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.jws.JwsHeader;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The key in the header of a proof.
 *
 * @param thumbprint its name by its content (RFC 7638)
 */
record ProofKey(JwsHeader header, VerificationKey key, String thumbprint) {
  /** 64 bits: with a long exponent a stranger's key costs hundreds of times as much. */
  private static final int MAX_EXPONENT = 11;

  /**
   * Reads it.
   *
   * @param proof the proof, not checked yet
   * @return null unless it is a public key that is fit for the algorithm
   */
  static @Nullable ProofKey read(CompactJws proof, JwsAlgorithm algorithm) {
    byte[] header = proof.headerBytes();
    byte[] json = Base64Url.decode(header, 0, header.length);
    try {
      if (json == null
          || !(StrictJson.read(json).get("jwk") instanceof JsonObject jwk)
          || (jwk.get("e") instanceof String exponent && exponent.length() > MAX_EXPONENT)) {
        return null;
      }
      VerificationKey key = Jwk.publicKey(JsonWriter.text(jwk), algorithm);
      return new ProofKey(proof.header, key, Jwk.thumbprint(key));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
