package dev.sallyport.jwt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a token's header (RFC 7515 section 4) that matter. Members that supply or point to a
 * key ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are ignored.
 */
record JwsHeader(String algorithm, @Nullable String keyId, @Nullable String type) {
  /** Returns null if it is not a header, or requires something that is not supported here. */
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
