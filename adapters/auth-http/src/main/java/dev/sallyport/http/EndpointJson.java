package dev.sallyport.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object in strict UTF-8 (RFC 8259, RFC 7493), and writes JSON. */
final class EndpointJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // Names come from clients: they are not to fill a table that outlives the
                  // request.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Jackson accepts as a hex digit any character whose low byte is one, such as U+0663. */
  private static final Pattern FOREIGN_DIGIT =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u[0-9A-Fa-f]{0,3}[^\\x00-\\x7F]");

  private EndpointJson() {}

  /** Null for anything but one object; no reason is given, since it would quote the input. */
  static @Nullable ObjectNode parse(byte[] utf8) {
    try {
      // Decoded here, since Jackson guesses UTF-16 and UTF-32, skips a BOM and takes overlong
      // forms.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return !text.startsWith("\uFEFF")
              && !FOREIGN_DIGIT.matcher(text).find()
              && MAPPER.readTree(text) instanceof ObjectNode object
              && isWellFormed(object)
          ? object
          : null;
    } catch (CharacterCodingException | JsonProcessingException e) {
      return null;
    }
  }

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  /** An escape can produce half a surrogate pair, which is not text. */
  private static boolean isWellFormed(JsonNode node) {
    if (node.isTextual()) {
      return isWellFormed(node.textValue());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!isWellFormed(field.getKey())) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!isWellFormed(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** Strings, numbers, booleans, null, and lists and maps of them. */
  static String write(Map<String, ?> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A field has a value that JSON can't represent", e);
    }
  }
}
