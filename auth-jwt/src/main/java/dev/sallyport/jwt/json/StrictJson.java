package dev.sallyport.jwt.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object in strict UTF-8 (RFC 8259), without duplicate names at any level and
 * without unpaired surrogates (RFC 7493). Anything else is an {@link IOException} that quotes none
 * of it.
 *
 * <p>Text and its token in one call, eight bytes at a time ({@link StrictText}) and bits of hashes
 * ({@link JsonObject}) are worth 3 to 10 % of a verification with HS256 each, and together a sixth
 * (left out, by turns in one process).
 *
 * <p>A value is a string, a boolean, a {@link Long} or, beyond its range, a {@link
 * java.math.BigInteger}, a finite {@link Double}, null, an unmodifiable list, or a {@link
 * JsonObject}.
 */
public final class StrictJson {
  static final int MAX_DEPTH = 16;

  /** Keeps no names, because strangers could invent any number of them. */
  private static final JsonFactory STRANGERS = factory(false);

  /** Keeps and interns names, of which Jackson limits the number. */
  private static final JsonFactory SIGNED = factory(true);

  private final JsonParser parser;

  /** Whether no text in it can contain an unpaired surrogate. */
  private final boolean plain;

  private StrictJson(JsonParser parser, boolean plain) {
    this.parser = parser;
    this.plain = plain;
  }

  private static JsonFactory factory(boolean keepsNames) {
    return new JsonFactoryBuilder()
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, keepsNames)
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, keepsNames)
        .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(64).build())
        .build();
  }

  /** Reads what anybody may have written. */
  public static JsonObject read(byte[] utf8) throws IOException {
    return read(utf8, false);
  }

  /**
   * Reads what the owner of a trusted key has signed: its names are kept, and read faster. Without
   * that, a verification with HS256 takes 11 to 19 % longer (both in one process, by turns).
   */
  public static JsonObject readSigned(byte[] utf8) throws IOException {
    return read(utf8, true);
  }

  private static JsonObject read(byte[] utf8, boolean signed) throws IOException {
    boolean plain = StrictText.isPlain(utf8);
    try (JsonParser parser = parser(utf8, plain, signed)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      JsonObject object = new StrictJson(parser, plain).object();
      if (parser.nextToken() != null) {
        throw new IOException("something behind the object");
      }
      return object;
    }
  }

  /**
   * Jackson compares bytes only where it keeps names; otherwise it would decode them, less
   * strictly.
   */
  private static JsonParser parser(byte[] utf8, boolean plain, boolean signed) throws IOException {
    if (!plain) {
      return STRANGERS.createParser(StrictText.decode(utf8));
    }
    return signed
        ? SIGNED.createParser(utf8)
        : STRANGERS.createParser(new String(utf8, StandardCharsets.ISO_8859_1));
  }

  private JsonObject object() throws IOException {
    JsonObject members = new JsonObject();
    String name = parser.nextFieldName();
    while (name != null) {
      String text = parser.nextTextValue();
      members.add(wellFormed(name), text == null ? value() : wellFormed(text));
      name = parser.nextFieldName();
    }
    return members;
  }

  private List<@Nullable Object> list() throws IOException {
    List<@Nullable Object> list = new ArrayList<>(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return Collections.unmodifiableList(list);
  }

  private @Nullable Object value() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("the object has no end");
    }
    return switch (token) {
      case VALUE_STRING -> wellFormed(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> finite();
      case START_ARRAY -> list();
      case START_OBJECT -> object();
      default -> throw new IOException("no value");
    };
  }

  private Number integer() throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return parser.getBigIntegerValue();
    }
    return parser.getLongValue();
  }

  private Double finite() throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new IOException("a number without a value");
    }
    return number;
  }

  /** A value that has to be a string. */
  public static String text(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      return text;
    }
    throw new IOException("no string");
  }

  /** An escape can produce an unpaired surrogate, which is not text. */
  private String wellFormed(String text) throws IOException {
    if (!plain && !StrictText.isWellFormed(text)) {
      throw new IOException("half a surrogate pair");
    }
    return text;
  }
}
