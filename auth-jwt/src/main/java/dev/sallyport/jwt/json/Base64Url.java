package dev.sallyport.jwt.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * base64url without padding (RFC 7515 section 2), in its canonical form only: the JDK's decoder
 * also accepts padding and stray bits.
 */
public final class Base64Url {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** The digits that may come last where two are left over; below, where three are. */
  private static final String LAST_OF_TWO = "AQgw";

  private static final String LAST_OF_THREE = "AEIMQUYcgkosw048";

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  public static byte[] encoded(byte[] bytes) {
    return ENCODER.encode(bytes);
  }

  /** Returns null for anything that {@link #encode} would not have produced. */
  public static byte @Nullable [] decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // non-ASCII never becomes a digit
    return decode(bytes, 0, bytes.length);
  }

  /** Decodes part of an array without copying it. */
  public static byte @Nullable [] decode(byte[] text, int from, int to) {
    if (to > from && !endsWell(text[to - 1], (to - from) % 4)) {
      return null;
    }
    try {
      ByteBuffer decoded = DECODER.decode(ByteBuffer.wrap(text, from, to - from));
      byte[] bytes = decoded.array();
      return bytes.length == decoded.limit() ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Two digits beyond a multiple of four leave four unused bits, three leave two. */
  private static boolean endsWell(byte last, int rest) {
    return switch (rest) {
      case 0 -> last != '=';
      case 2 -> LAST_OF_TWO.indexOf(last) >= 0;
      case 3 -> LAST_OF_THREE.indexOf(last) >= 0;
      default -> false;
    };
  }
}
