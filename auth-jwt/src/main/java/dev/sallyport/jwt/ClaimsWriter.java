package dev.sallyport.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes claims as JSON in UTF-8, in the order given. Not safe for several threads. */
final class ClaimsWriter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
  private final JsonGenerator json;

  ClaimsWriter() throws IOException {
    json = FACTORY.createGenerator(bytes);
    json.writeStartObject();
  }

  ClaimsWriter text(ClaimName name, String value) throws IOException {
    name(name);
    json.writeString(wellFormed(value));
    return this;
  }

  private void name(ClaimName name) throws IOException {
    json.writeFieldName(ClaimName.NAMES.get(name.place));
  }

  private static String wellFormed(String text) {
    if (!StrictText.isWellFormed(text)) {
      throw new IllegalArgumentException("A claim contains an unpaired surrogate");
    }
    return text;
  }

  ClaimsWriter number(ClaimName name, long value) throws IOException {
    name(name);
    json.writeNumber(value);
    return this;
  }

  ClaimsWriter texts(ClaimName name, Collection<String> values) throws IOException {
    name(name);
    json.writeStartArray();
    for (String value : values) {
      json.writeString(wellFormed(value));
    }
    json.writeEndArray();
    return this;
  }

  /** Writes any value that JSON has; NaN and infinities are refused. */
  ClaimsWriter any(String name, @Nullable Object value) throws IOException {
    json.writeFieldName(wellFormed(name));
    write(name, value, 1);
    return this;
  }

  private void write(String name, @Nullable Object value, int depth) throws IOException {
    boolean nests = value instanceof Collection || value instanceof Map;
    if (nests && depth >= StrictJson.MAX_DEPTH) {
      throw new IllegalArgumentException("The claim '" + name + "' is nested too deep");
    }
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(wellFormed(text));
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Collection<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(name, element, depth + 1);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(wellFormed(key(name, entry.getKey())));
        write(name, entry.getValue(), depth + 1);
      }
      json.writeEndObject();
    } else {
      throw new IllegalArgumentException(
          "The claim '"
              + name
              + "' holds a "
              + value.getClass().getName()
              + "; claims are strings, booleans, Integer, Long, finite Double, collections and maps"
              + " of them");
    }
  }

  private static String key(String name, @Nullable Object key) {
    if (key instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("The claim '" + name + "' has a key that is not a string");
  }

  byte[] end() throws IOException {
    json.writeEndObject();
    json.close();
    return bytes.toByteArray();
  }

  /** How many bytes a claim takes. */
  static int size(String name, @Nullable Object value) {
    try {
      return new ClaimsWriter().any(name, value).end().length;
    } catch (IOException e) {
      return 0;
    }
  }
}
