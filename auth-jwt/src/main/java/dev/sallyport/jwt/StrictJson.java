package dev.sallyport.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object as a stream, in strict UTF-8 (RFC 8259), without duplicate names at any
 * level and without unpaired surrogates (RFC 7493). Anything else is an {@link IOException} that
 * quotes none of it.
 */
final class StrictJson {
  static final int MAX_DEPTH = 16;

  /** Keeps no names, because strangers could invent any number of them. */
  private static final JsonFactory STRANGERS = factory(false);

  /** Keeps and interns the names of JSON that was written here: they are always the same. */
  private static final JsonFactory OURS = factory(true);

  /** Receives one member; it must read the value to its end, as {@link #skip} does. */
  interface Member {
    void read(String name, StrictJson value) throws IOException;
  }

  /** As {@link Member}, with the position of the name among the likely ones. */
  interface LikelyMember {
    void read(int place, String name, StrictJson value) throws IOException;
  }

  private final JsonParser parser;

  /** Whether no text in it can contain an unpaired surrogate. */
  private final boolean plain;

  /** The current value, if it is a string. */
  private @Nullable String text;

  private int values;

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

  /** Returns how many values {@link #value} has read. */
  static int readObject(byte[] utf8, Member member) throws IOException {
    return read(utf8, false, json -> json.members(member));
  }

  /**
   * Reads an object whose names can be guessed. The member must check that none of them appears
   * twice; in what {@link #value} reads, it is checked here.
   *
   * @param ours whether it is known to have been written here
   */
  static int readObject(byte[] utf8, boolean ours, MemberOrder order, LikelyMember member)
      throws IOException {
    return read(utf8, ours, json -> json.members(order, member));
  }

  private interface Root {
    void read(StrictJson json) throws IOException;
  }

  private static int read(byte[] utf8, boolean ours, Root root) throws IOException {
    boolean plain = StrictText.isPlain(utf8);
    try (JsonParser parser = parser(utf8, plain, ours)) {
      parser.nextToken();
      StrictJson json = new StrictJson(parser, plain);
      root.read(json);
      // Where Jackson counts bytes, it need not be asked for a token that isn't there.
      if (parser.currentLocation().getByteOffset() != utf8.length && parser.nextToken() != null) {
        throw new IOException("something behind the object");
      }
      return json.values;
    }
  }

  /**
   * Jackson compares bytes only where it keeps names; otherwise it would decode them, less
   * strictly.
   */
  private static JsonParser parser(byte[] utf8, boolean plain, boolean ours) throws IOException {
    if (!plain) {
      return STRANGERS.createParser(StrictText.decode(utf8));
    }
    return ours
        ? OURS.createParser(utf8)
        : STRANGERS.createParser(new String(utf8, StandardCharsets.ISO_8859_1));
  }

  /** Reads the object that starts here, to its end; no name may appear twice. */
  void members(Member member) throws IOException {
    Set<String> names = new HashSet<>();
    each(
        (name, value) -> {
          if (!names.add(name)) {
            throw twice();
          }
          member.read(name, value);
        });
  }

  /** As {@link #members(Member)}, but the member must check for duplicate names. */
  private void each(Member member) throws IOException {
    requireObject();
    String name = parser.nextFieldName();
    while (name != null) {
      advance();
      member.read(wellFormed(name), this);
      name = parser.nextFieldName();
    }
    text = null;
  }

  /** For the outermost object only. */
  private void members(MemberOrder order, LikelyMember member) throws IOException {
    requireObject();
    int last = MemberNames.NONE;
    while (true) {
      int place = order.after(last);
      SerializableString guess = order.name(place);
      String name = guess.getValue();
      if (!parser.nextFieldName(guess)) {
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
          return;
        }
        name = wellFormed(parser.currentName());
        place = order.placeOf(name);
        if (place != MemberNames.NONE) {
          order.learn(last, place);
        }
      }
      advance();
      member.read(place, name, this);
      last = place == MemberNames.NONE ? last : place;
    }
  }

  private void requireObject() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("no object");
    }
  }

  /** One call to Jackson for a token and its text is faster than two. */
  private void advance() throws IOException {
    text = parser.nextTextValue();
  }

  boolean isText() {
    return text != null;
  }

  String text() throws IOException {
    String value = text;
    if (value == null) {
      throw new IOException("no string");
    }
    return wellFormed(value);
  }

  /** A number of any size, as precisely as a double allows. */
  double number() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      throw new IOException("no number");
    }
    return parser.getDoubleValue();
  }

  /** Receives the elements of a list one after another. */
  interface Element {
    void read(StrictJson value) throws IOException;
  }

  void elements(Element element) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("no list");
    }
    while (isElement()) {
      element.read(this);
    }
  }

  private boolean isElement() throws IOException {
    advance();
    return parser.currentToken() != JsonToken.END_ARRAY;
  }

  /** Reads a value that nobody needs, but which must still be JSON. */
  void skip() throws IOException {
    value();
  }

  /**
   * Reads any value: a string, a boolean, a {@link Long} or, beyond its range, a {@link
   * java.math.BigInteger}, a finite {@link Double}, null, or an unmodifiable list or map of them.
   */
  @Nullable Object value() throws IOException {
    values++;
    if (text != null) {
      return text();
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("the object has no end");
    }
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> finite();
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(4);
        while (isElement()) {
          list.add(value());
        }
        yield Collections.unmodifiableList(list);
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new HashMap<>();
        each((name, member) -> putOnce(map, name, member.value()));
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
      throw twice();
    }
  }

  static IOException twice() {
    return new IOException("a name appears twice");
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

  /** An escape can produce an unpaired surrogate, which is not text. */
  private String wellFormed(String text) throws IOException {
    if (!plain && !StrictText.isWellFormed(text)) {
      throw new IOException("half a surrogate pair");
    }
    return text;
  }

  /** Writes a text without control characters as a JSON string. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
