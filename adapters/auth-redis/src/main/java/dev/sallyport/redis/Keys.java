package dev.sallyport.redis;

import dev.sallyport.store.SecretDigest;
import java.nio.charset.StandardCharsets;

/**
 * The names of what is stored. What is between braces decides on the node of a Cluster, so that a
 * user's records, and the answers to the calls that changed them, are on one.
 *
 * @param prefix what all begin with; it has no braces
 */
record Keys(String prefix) {
  /** How much of a SHA-256 tells users apart: 162 bits, which keeps a session below 600 bytes. */
  private static final int DIGEST = 27;

  /** A name for a user's id or for what is counted, which may have any characters. */
  static String digest(String id) {
    return SecretDigest.of(Texts.written(id)).text().substring(0, DIGEST);
  }

  byte[] pointer(SecretDigest key) {
    return ascii(prefix + "p:" + key.text());
  }

  /** How the keys of users begin, before the digest and a closing brace. */
  byte[] users() {
    return ascii(prefix + "u:{");
  }

  byte[] user(String digest) {
    return ascii(prefix + "u:{" + digest + "}");
  }

  byte[] count(String digest) {
    return ascii(prefix + "t:{" + digest + "}");
  }

  byte[] call(String digest, String call) {
    return ascii(prefix + "c:{" + digest + "}:" + call);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
