package dev.sallyport.jwt.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads and writes DER (X.690), as far as keys and ECDSA signatures need it: every length must be
 * definite, as short as possible and within the input, and numbers must not be negative. Anything
 * else is an {@link IllegalArgumentException} that shows no byte of it.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_ID = 0x06;
  static final int SEQUENCE = 0x30;

  /** The tag of the constructed, context-specific element with this number. */
  static int context(int number) {
    return 0xA0 | number;
  }

  private final byte[] bytes;
  private int at;
  private final int end;

  private Der(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The elements of the single sequence that makes up these bytes. */
  static Der sequence(byte[] bytes) {
    Der outer = new Der(bytes, 0, bytes.length);
    Der inner = outer.elements(SEQUENCE);
    outer.requireEnd();
    return inner;
  }

  /** Elements one after another. */
  static Der of(byte[] bytes) {
    return new Der(bytes, 0, bytes.length);
  }

  /** Writes an element whose content is all of these together. */
  static byte[] element(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream element = new ByteArrayOutputStream(length + 4);
    element.write(tag);
    if (length >= 0x100) {
      element.write(0x82);
      element.write(length >> 8);
    } else if (length >= 0x80) {
      element.write(0x81);
    }
    element.write(length);
    for (byte[] content : contents) {
      element.writeBytes(content);
    }
    return element.toByteArray();
  }

  /** A SubjectPublicKeyInfo (RFC 5280 section 4.1). */
  static byte[] publicKey(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, algorithm, element(BIT_STRING, new byte[1], key));
  }

  /** A PrivateKeyInfo (PKCS #8, RFC 5208 section 5). */
  static byte[] privateKey(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, element(INTEGER, new byte[1]), algorithm, element(OCTET_STRING, key));
  }

  boolean isNext(int tag) {
    return at < end && (bytes[at] & 0xFF) == tag;
  }

  /** The elements of the next element, which has this tag. */
  Der elements(int tag) {
    int length = header(tag);
    Der inner = new Der(bytes, at, at + length);
    at += length;
    return inner;
  }

  /** The content of the next element, which has this tag. */
  byte[] content(int tag) {
    int length = header(tag);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  BigInteger number() {
    byte[] content = content(INTEGER);
    boolean padded = content.length > 1 && content[0] == 0 && content[1] >= 0;
    if (content.length == 0 || content[0] < 0 || padded) {
      throw malformed();
    }
    return new BigInteger(content);
  }

  void requireEnd() {
    if (at != end) {
      throw malformed();
    }
  }

  /** Returns the length of the content, which is known to be present. */
  private int header(int tag) {
    if (!isNext(tag)) {
      throw malformed();
    }
    at++;
    int length = next();
    if (length >= 0x80) {
      int size = length & 0x7F;
      if (size == 0 || size > 3) {
        throw malformed(); // indefinite, or longer than any key
      }
      length = 0;
      for (int i = 0; i < size; i++) {
        length = (length << 8) | next();
      }
      if (length < 0x80 || (length >>> (8 * (size - 1))) == 0) {
        throw malformed(); // a shorter form exists
      }
    }
    if (length > end - at) {
      throw malformed();
    }
    return length;
  }

  private int next() {
    if (at == end) {
      throw malformed();
    }
    return bytes[at++] & 0xFF;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("This is not DER, or not the expected structure");
  }
}
