package dev.sallyport.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Texts and numbers as scripts read them. A text is what {@link java.io.DataOutput#writeUTF} makes
 * of it, since that keeps every string, halves of surrogate pairs too, and how one begins is how
 * its bytes begin.
 */
final class Texts {
  /** With three bytes a character, such a text fits into the two bytes of its length. */
  static final int MAX_LENGTH = 16_000;

  private Texts() {}

  /** Whether a record can have such an id. */
  static boolean isKept(String id) {
    return id.length() <= MAX_LENGTH;
  }

  /**
   * Checks what is to be kept.
   *
   * @throws IllegalArgumentException if it is too long
   */
  static String checked(String what, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The " + what + " is longer than the " + MAX_LENGTH + " characters that can be kept");
    }
    return text;
  }

  /** The bytes of a text that is short enough, without its length. */
  static byte[] written(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOfRange(bytes.toByteArray(), Short.BYTES, bytes.size());
  }

  /** What {@link #written} has written. */
  static String read(byte[] written) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + written.length);
    bytes.putShort((short) written.length).put(written);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.array()))) {
      return in.readUTF();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number in eight bytes, in the order of the numbers. */
  static byte[] ordered(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE).array();
  }

  /** A number as a script compares it: 16 hex digits, in the order of the numbers. */
  static String hex(long number) {
    return HexFormat.of().formatHex(ordered(number));
  }
}
