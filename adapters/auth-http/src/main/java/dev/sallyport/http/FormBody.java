package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.guard.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The body of a request of OAuth 2.0 (RFC 6749 appendix B): a form of at most 16 KiB in strict
 * UTF-8, in which no field appears twice. {@code toString} shows none of it.
 */
final class FormBody {
  private static final Pattern TYPE =
      Pattern.compile(
          "application/x-www-form-urlencoded[ \\t]*(;[ \\t]*(charset=(utf-8|\"utf-8\")[ \\t]*)?)?",
          Pattern.CASE_INSENSITIVE);

  private final Map<String, String> fields;

  private FormBody(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads a body, at most one byte beyond the limit. */
  static FormBody read(AuthRequest request, InputStream in)
      throws IOException, RefusedRequestException {
    if (!JsonBody.hasType(request, TYPE)) {
      throw JsonBody.unsupported("application/x-www-form-urlencoded");
    }
    return new FormBody(parse(new String(JsonBody.limited(in), StandardCharsets.ISO_8859_1)));
  }

  private static Map<String, String> parse(String text) throws RefusedRequestException {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (fields.put(name, value) != null) {
        throw malformed();
      }
    }
    return fields;
  }

  /** The JDK's decoder would replace what isn't UTF-8, so it is given Latin-1 to decode. */
  private static String decode(String text) throws RefusedRequestException {
    try {
      byte[] bytes =
          URLDecoder.decode(text, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw malformed();
    }
  }

  private static RefusedRequestException malformed() {
    return new RefusedRequestException(
        Problem.of(
            400, "malformed_form", "The body must be a form in UTF-8, without duplicate names."));
  }

  /** The text of a required field; one without a value counts as absent (RFC 6749 section 3.2). */
  String text(String field) throws RefusedRequestException {
    String text = fields.getOrDefault(field, "");
    if (text.isEmpty()) {
      throw JsonBody.invalid(List.of(new Fault(field, "required", "The field is required.")));
    }
    return text;
  }

  @Override
  public String toString() {
    return "FormBody[hidden]";
  }
}
