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

  private final Map<String, List<String>> fields;

  private FormBody(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** Reads a body, at most one byte beyond the limit. */
  static FormBody read(AuthRequest request, InputStream in)
      throws IOException, RefusedRequestException {
    if (!JsonBody.hasType(request, TYPE)) {
      throw JsonBody.unsupported("application/x-www-form-urlencoded");
    }
    Map<String, List<String>> fields = FormFields.parse(strict(JsonBody.limited(in)));
    if (fields.values().stream().anyMatch(values -> values.size() > 1)) {
      throw malformed();
    }
    return new FormBody(fields);
  }

  /** {@link FormFields} takes what is no UTF-8, or is escaped wrongly, as browsers may send it. */
  private static String strict(byte[] form) throws RefusedRequestException {
    String bytes = new String(form, StandardCharsets.ISO_8859_1);
    try {
      String decoded = URLDecoder.decode(bytes, StandardCharsets.ISO_8859_1);
      utf8(decoded.getBytes(StandardCharsets.ISO_8859_1));
      return utf8(form);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw malformed();
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static RefusedRequestException malformed() {
    return new RefusedRequestException(
        Problem.of(
            400, "malformed_form", "The body must be a form in UTF-8, without duplicate names."));
  }

  /** The text of a required field; one without a value counts as absent (RFC 6749 section 3.2). */
  String text(String field) throws RefusedRequestException {
    String text = fields.getOrDefault(field, List.of("")).get(0);
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
