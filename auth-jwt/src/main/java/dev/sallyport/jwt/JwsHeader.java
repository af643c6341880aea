package dev.sallyport.jwt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token (RFC 7515 section 4), as far as it says anything that counts. Members that
 * bring or fetch a key ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are not looked at.
 */
record JwsHeader(String algorithm, @Nullable String keyId, @Nullable String type) {
  /** Null for what is no header, or asks for what nobody here understands. */
  static @Nullable JwsHeader parse(byte[] json) {
    Reader reader = new Reader();
    try {
      StrictJson.readObject(json, reader);
    } catch (IOException e) {
      return null;
    }
    return reader.algorithm == null || !reader.understood
        ? null
        : new JwsHeader(reader.algorithm, reader.keyId, reader.type);
  }

  private static final class Reader implements StrictJson.Member {
    private @Nullable String algorithm;
    private @Nullable String keyId;
    private @Nullable String type;
    private boolean understood = true;

    @Override
    public void read(String name, StrictJson value) throws IOException {
      switch (name) {
        case "alg" -> algorithm = value.text();
        case "kid" -> keyId = value.text();
        case "typ" -> type = value.text();
        case "crit", "b64", "zip" -> {
          understood = false;
          value.skip();
        }
        default -> value.skip();
      }
    }
  }
}
