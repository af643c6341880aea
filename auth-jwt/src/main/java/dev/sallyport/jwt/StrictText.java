package dev.sallyport.jwt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that can be the text of JSON, as far as Jackson is not strict by itself: it would guess
 * UTF-16 and UTF-32, skip a byte order mark, take overlong forms, and take a character for a hex
 * digit whose low byte is one. Control characters are no JSON in any place.
 */
final class StrictText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = ' ' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private StrictText() {}

  /**
   * Whether it is ASCII without control characters and backslashes, as nearly all tokens are. It
   * looks at eight bytes at a time: a byte that is no such has its high bit, or gets it when a
   * space is taken from it, or becomes zero when a backslash is.
   */
  static boolean isPlain(byte[] bytes) {
    long found = 0; // to the end, whatever is found: such a loop is unrolled
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, i);
      long others = eight ^ BACKSLASHES;
      found |= eight | (eight - SPACES) | ((others - ONES) & ~others);
    }
    boolean plain = (found & HIGH_BITS) == 0;
    for (; i < bytes.length; i++) {
      plain &= bytes[i] >= ' ' && bytes[i] != '\\';
    }
    return plain;
  }

  /** Whether it is strict UTF-8 with nothing in it that JSON has not. */
  static boolean isStrict(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
      if (b == '\\') {
        i++;
        if (i < bytes.length && bytes[i] == 'u' && !isHex(bytes, i + 1)) {
          return false;
        }
      }
    }
    return isUtf8(bytes);
  }

  /** Whether each half of a surrogate pair has the other. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().noneMatch(StrictText::isSurrogate);
      }
    }
    return true;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isHex(byte[] bytes, int from) {
    if (from + 4 > bytes.length) {
      return false;
    }
    for (int i = from; i < from + 4; i++) {
      if (Character.digit(bytes[i] < 0 ? '!' : bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).charAt(0)
          != '\uFEFF';
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
