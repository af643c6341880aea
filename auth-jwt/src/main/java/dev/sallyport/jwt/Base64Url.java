package dev.sallyport.jwt;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * base64url without padding (RFC 7515 section 2), in its one canonical form: the JDK's decoder
 * takes padding and stray bits as well.
 */
final class Base64Url {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** Null for anything that {@link #encode} would not have made. */
  static byte @Nullable [] decode(String text) {
    int rest = text.length() % 4;
    if (rest == 1 || text.endsWith("=") || !hasNoStrayBits(text, rest)) {
      return null;
    }
    try {
      return DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Two characters more than a multiple of four have four bits that mean nothing, three two. */
  private static boolean hasNoStrayBits(String text, int rest) {
    if (rest == 0) {
      return true;
    }
    int last = ALPHABET.indexOf(text.charAt(text.length() - 1));
    return (last & (rest == 2 ? 0xF : 0x3)) == 0;
  }
}
