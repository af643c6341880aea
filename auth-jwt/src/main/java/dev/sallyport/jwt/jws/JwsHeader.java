package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token's header (RFC 7515 section 4) that matter. Members that supply or point to a
 * key ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are ignored.
 */
public record JwsHeader(String algorithm, @Nullable String keyId, @Nullable String type) {
  /** Returns null if it is not a header, or requires something that is not supported here. */
  static @Nullable JwsHeader parse(byte[] json) {
    String algorithm = null;
    String keyId = null;
    String type = null;
    try {
      JsonObject header = StrictJson.read(json);
      for (int i = 0; i < header.size(); i++) {
        Object value = header.value(i);
        switch (header.name(i)) {
          case "alg" -> algorithm = StrictJson.text(value);
          case "kid" -> keyId = StrictJson.text(value);
          case "typ" -> type = StrictJson.text(value);
          case "crit", "b64", "zip" -> throw new IOException("something that is not supported");
          default -> {}
        }
      }
    } catch (IOException e) {
      return null;
    }
    return algorithm == null ? null : new JwsHeader(algorithm, keyId, type);
  }
}
