package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one JSON object of at most 16 KiB in strict UTF-8, without duplicate
 * names, at most 16 levels deep, with numbers that a double can hold. Fields that nobody asks for
 * are ignored. {@code toString} shows none of it.
 *
 * <pre>{@code
 * String text = JsonBody.read(request, in).text("text");
 * }</pre>
 */
public final class JsonBody {
  private static final int MAX_BYTES = 16 * 1024;
  private static final Pattern JSON_TYPE =
      Pattern.compile(
          "application/json[ \\t]*(;[ \\t]*(charset=(utf-8|\"utf-8\")[ \\t]*)?)?",
          Pattern.CASE_INSENSITIVE);

  private final JsonObject fields;

  private JsonBody(JsonObject fields) {
    this.fields = fields;
  }

  /**
   * Reads a body. It reads at most one byte beyond the limit.
   *
   * @param request the request, whose {@code Content-Type} is checked
   * @param in its body; not closed
   * @return the object
   * @throws IOException if the body can't be read
   * @throws RefusedRequestException with 415 if it is not {@code application/json}, 413 if it is
   *     too long, 400 if it is otherwise malformed
   */
  public static JsonBody read(AuthRequest request, InputStream in)
      throws IOException, RefusedRequestException {
    if (!isJson(request)) {
      throw unsupported();
    }
    return parse(limited(in));
  }

  /** Like {@link #read}, but an absent body counts as an object without fields. */
  static JsonBody readOptional(AuthRequest request, InputStream in)
      throws IOException, RefusedRequestException {
    byte[] bytes = limited(in);
    if (bytes.length == 0) {
      return new JsonBody(JsonObject.EMPTY);
    }
    if (!isJson(request)) {
      throw unsupported();
    }
    return parse(bytes);
  }

  private static RefusedRequestException unsupported() {
    return unsupported("application/json");
  }

  static RefusedRequestException unsupported(String supported) {
    return new RefusedRequestException(
        Problem.of(415, "unsupported_media_type", "The body must be " + supported + " in UTF-8."));
  }

  /** Reads a body of whatever type. */
  static byte[] limited(InputStream in) throws IOException, RefusedRequestException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new RefusedRequestException(
          Problem.of(413, "content_too_large", "The body is larger than " + MAX_BYTES + " bytes."));
    }
    return bytes;
  }

  private static JsonBody parse(byte[] bytes) throws RefusedRequestException {
    try {
      return new JsonBody(StrictJson.read(bytes));
    } catch (IOException e) {
      throw new RefusedRequestException(
          Problem.of(
              400,
              "malformed_json",
              "The body must be a single JSON object in UTF-8, without duplicate names."));
    }
  }

  private static boolean isJson(AuthRequest request) {
    return hasType(request, JSON_TYPE);
  }

  static boolean hasType(AuthRequest request, Pattern type) {
    List<String> types = request.headers("Content-Type");
    return types.size() == 1
        && type.matcher(types.get(0)).matches()
        && request.headers("Content-Encoding").isEmpty();
  }

  /**
   * Gets the text of a required field.
   *
   * @param field its name
   * @return the text, possibly empty; it has no unpaired surrogates
   * @throws RefusedRequestException with 400 if it is missing or not a string
   */
  public String text(String field) throws RefusedRequestException {
    List<Fault> faults = new ArrayList<>(1);
    String text = text(field, faults);
    if (text == null) {
      throw invalid(faults);
    }
    return text;
  }

  /** Like {@link #text(String)}, but notes the fault, so that all faults are reported together. */
  @Nullable String text(String field, List<Fault> faults) {
    if (!has(field)) {
      faults.add(new Fault(field, "required", "The field is required."));
      return null;
    }
    String text = fields.text(field);
    if (text == null) {
      faults.add(new Fault(field, "wrong_type", "The field must be a string."));
    }
    return text;
  }

  /** Whether there is such a field. */
  boolean has(String field) {
    return fields.containsKey(field);
  }

  /** The text of an optional field; null if it is missing, or is not a string, which is noted. */
  @Nullable String optionalText(String field, List<Fault> faults) {
    return has(field) ? text(field, faults) : null;
  }

  /** The texts of an optional list; notes anything else than a list of strings. */
  List<String> texts(String field, List<Fault> faults) {
    if (!has(field)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (fields.get(field) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String text) {
          texts.add(text);
        }
      }
      if (texts.size() == list.size()) {
        return texts;
      }
    }
    faults.add(new Fault(field, "wrong_type", "The field must be a list of strings."));
    return List.of();
  }

  /** Whether a field is an empty list. */
  boolean isEmptyList(String field) {
    return fields.get(field) instanceof List<?> list && list.isEmpty();
  }

  /**
   * The number of an optional field; null if it is missing, or is not a whole number, which is
   * noted.
   */
  @Nullable Long wholeNumber(String field, List<Fault> faults) {
    if (fields.get(field) instanceof Long number) {
      return number;
    }
    if (has(field)) {
      faults.add(new Fault(field, "wrong_type", "The field must be a whole number."));
    }
    return null;
  }

  /** Whether an optional field is true; notes a value that is neither true nor false. */
  boolean flag(String field, List<Fault> faults) {
    if (fields.get(field) instanceof Boolean flag) {
      return flag;
    }
    if (has(field)) {
      faults.add(new Fault(field, "wrong_type", "The field must be true or false."));
    }
    return false;
  }

  static RefusedRequestException invalid(List<Fault> faults) {
    return new RefusedRequestException(
        Problem.of(400, "invalid_request", "Some fields are missing or not valid.")
            .withFaults(faults));
  }

  @Override
  public String toString() {
    return "JsonBody[hidden]";
  }
}
