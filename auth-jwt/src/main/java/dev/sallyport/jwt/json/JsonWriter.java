package dev.sallyport.jwt.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what {@link StrictJson} reads: strings, booleans, {@code Integer}, {@code Long}, finite
 * {@code Double}, null, and collections and maps of them. Anything else is refused by the name of
 * its member, without its value.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_LENGTH = 512;

  private final JsonGenerator json;

  private JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  /** Like {@link #text}, in UTF-8. */
  public static byte[] write(Map<String, ?> members) {
    return text(members).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes an object.
   *
   * @throws IllegalArgumentException if a member is none of those, or nested too deep
   */
  public static String text(Map<String, ?> members) {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      JsonWriter writer = new JsonWriter(json);
      json.writeStartObject();
      for (Map.Entry<String, ?> member : members.entrySet()) {
        json.writeFieldName(wellFormed(member.getKey(), member.getKey()));
        writer.value(member.getKey(), member.getValue(), 1);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory can't fail", e);
    }
    return text.toString();
  }

  private void value(String member, @Nullable Object value, int depth) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(wellFormed(member, text));
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      if (depth >= StrictJson.MAX_DEPTH) {
        throw new IllegalArgumentException("'" + member + "' is nested too deep");
      }
      nested(member, value, depth + 1);
    } else {
      throw new IllegalArgumentException(
          "'"
              + member
              + "' holds a "
              + value.getClass().getName()
              + "; it can hold strings, booleans, Integer, Long, finite Double, collections and"
              + " maps of them");
    }
  }

  private void nested(String member, Object value, int depth) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String name)) {
          throw new IllegalArgumentException("'" + member + "' has a key that is not a string");
        }
        json.writeFieldName(wellFormed(member, name));
        value(member, entry.getValue(), depth);
      }
      json.writeEndObject();
    } else {
      json.writeStartArray();
      for (Object element : (Collection<?>) value) {
        value(member, element, depth);
      }
      json.writeEndArray();
    }
  }

  private static String wellFormed(String member, String text) {
    if (!StrictText.isWellFormed(text)) {
      throw new IllegalArgumentException(
          (member.equals(text) ? "A name" : "'" + member + "'")
              + " contains an unpaired surrogate");
    }
    return text;
  }
}
