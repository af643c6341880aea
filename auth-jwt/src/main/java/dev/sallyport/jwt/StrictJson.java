package dev.sallyport.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object as a stream, in strict UTF-8 (RFC 8259, RFC 7493), without names that stand
 * twice at any level. What is no such object is an {@link IOException}, without a word of it.
 */
final class StrictJson {
  static final int MAX_DEPTH = 16;

  /** Keeps no names, which strangers could make up without end. */
  private static final JsonFactory STRANGERS = factory(true);

  /** Keeps the names of what was written here, interned: they are always the same. */
  private static final JsonFactory OURS = factory(false);

  /** Takes one member; it must read the value to its end, as {@link #skip} does. */
  interface Member {
    void read(String name, StrictJson value) throws IOException;
  }

  private final JsonParser parser;

  /** Whether no text in it can hold half a surrogate pair. */
  private final boolean plain;

  private int values;

  private StrictJson(JsonParser parser, boolean plain) {
    this.parser = parser;
    this.plain = plain;
  }

  private static JsonFactory factory(boolean forStrangers) {
    return new JsonFactoryBuilder()
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, forStrangers)
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, !forStrangers)
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, !forStrangers)
        .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(64).build())
        .build();
  }

  /** Gives how many objects {@link #value} has made. */
  static int readObject(byte[] utf8, Member member) throws IOException {
    return readObject(STRANGERS, utf8, member);
  }

  /**
   * Reads what is known to have been written here. That no name stands twice is for the member to
   * see; of what {@link #value} reads, it is seen here.
   */
  static int readOurs(byte[] utf8, Member member) throws IOException {
    return readObject(OURS, utf8, member);
  }

  private static int readObject(JsonFactory factory, byte[] utf8, Member member)
      throws IOException {
    boolean plain = StrictText.isPlain(utf8);
    if (!plain && !StrictText.isStrict(utf8)) {
      throw new IOException("no strict UTF-8");
    }
    try (JsonParser parser = factory.createParser(utf8)) {
      parser.nextToken();
      StrictJson json = new StrictJson(parser, plain);
      json.members(member);
      if (parser.nextToken() != null) {
        throw new IOException("something behind the object");
      }
      return json.values;
    }
  }

  /** Reads the object before which it stands, to its end. */
  void members(Member member) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("no object");
    }
    String name = parser.nextFieldName();
    while (name != null) {
      parser.nextToken();
      member.read(wellFormed(name), this);
      name = parser.nextFieldName();
    }
  }

  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  String text() throws IOException {
    if (!isText()) {
      throw new IOException("no string");
    }
    return wellFormed(parser.getText());
  }

  /** A number of any size, as near as a double comes. */
  double number() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      throw new IOException("no number");
    }
    return parser.getDoubleValue();
  }

  /** Takes the elements of a list one after the other. */
  interface Element {
    void read(StrictJson value) throws IOException;
  }

  void elements(Element element) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("no list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read(this);
    }
  }

  /** Reads a value that nobody wants, but that must be JSON all the same. */
  void skip() throws IOException {
    value();
  }

  /**
   * Reads any value: a string, a boolean, a {@link Long} or for what is more than that a {@link
   * java.math.BigInteger}, a finite {@link Double}, null, or an unmodifiable list or map of them.
   */
  @Nullable Object value() throws IOException {
    values++;
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
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(4);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value());
        }
        yield Collections.unmodifiableList(list);
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new HashMap<>();
        members((name, member) -> putOnce(map, name, member.value()));
        yield Collections.unmodifiableMap(map);
      }
      default -> throw new IOException("no value");
    };
  }

  static void putOnce(Map<String, @Nullable Object> map, String name, @Nullable Object value)
      throws IOException {
    int before = map.size();
    map.put(name, value);
    if (map.size() == before) {
      throw new IOException("a name stands twice");
    }
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

  /** An escape can make half a surrogate pair, which is no text. */
  private String wellFormed(String text) throws IOException {
    if (!plain && !StrictText.isWellFormed(text)) {
      throw new IOException("half a surrogate pair");
    }
    return text;
  }

  /** A text without control characters as a JSON string. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
