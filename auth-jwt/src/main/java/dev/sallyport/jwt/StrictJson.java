package dev.sallyport.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON object as a stream, in strict UTF-8 (RFC 8259, RFC 7493), without names that stand
 * twice at any level. What is no such object is an {@link IOException}, without a word of it.
 */
final class StrictJson {
  private static final int MAX_DEPTH = 16;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .build())
          .build();

  /** Takes one member; it must read the value to its end, as {@link #skip} does. */
  interface Member {
    void read(String name, JsonParser value) throws IOException;
  }

  private StrictJson() {}

  static void readObject(byte[] utf8, Member member) throws IOException {
    if (!isStrictText(utf8)) {
      throw new IOException("no strict UTF-8");
    }
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = wellFormed(parser.currentName());
        parser.nextToken();
        member.read(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new IOException("something behind the object");
      }
    }
  }

  static String text(JsonParser value) throws IOException {
    if (value.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("no string");
    }
    return wellFormed(value.getText());
  }

  /** Reads a value that nobody wants, but that must be JSON all the same. */
  static void skip(JsonParser value) throws IOException {
    int depth = 0;
    do {
      JsonToken token = value.currentToken();
      if (token == null) {
        throw new IOException("the object has no end");
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
        wellFormed(value.getText());
      }
      if (depth > 0) {
        value.nextToken();
      }
    } while (depth > 0);
  }

  /**
   * Jackson would guess UTF-16 and UTF-32, skip a byte order mark, take overlong forms, and take a
   * character for a hex digit whose low byte is one. Control characters are no JSON in any place.
   */
  private static boolean isStrictText(byte[] bytes) {
    boolean ascii = true;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
      ascii = ascii && b >= 0;
      if (b == '\\') {
        i++;
        if (i < bytes.length && bytes[i] == 'u' && !isHex(bytes, i + 1)) {
          return false;
        }
      }
    }
    return ascii || isUtf8(bytes);
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

  /** An escape can make half a surrogate pair, which is no text. */
  private static String wellFormed(String text) throws IOException {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new IOException("half a surrogate pair");
      }
      i += Character.charCount(codePoint);
    }
    return text;
  }
}
