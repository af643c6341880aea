package dev.sallyport.servlet;

import dev.sallyport.guard.Problem;
import dev.sallyport.http.FormFields;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.ServletInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A posted form at which the guard has looked, so that the container can't read it any more:
 * stream, reader and fields in its place. For one thread at a time, as a request is.
 */
final class PostedForm {
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  private final RequestBody body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, List<String>> fields;

  PostedForm(RequestBody body) {
    this.body = body;
  }

  boolean isForm() {
    return body.isForm();
  }

  boolean isBegun() {
    return body.isBegun();
  }

  ServletInputStream stream() {
    if (stream == null) {
      stream = new BodyStream(body.stream());
    }
    return stream;
  }

  BufferedReader reader(@Nullable String encoding) throws IOException {
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(stream(), charset(encoding)));
    }
    return reader;
  }

  private static Charset charset(@Nullable String encoding) throws UnsupportedEncodingException {
    try {
      return encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedEncodingException("The body is in a character encoding that Java lacks");
    }
  }

  /**
   * The fields, unless somebody has taken the stream.
   *
   * @throws UnreadableFormException if they can't be read; later there are none
   */
  Map<String, List<String>> fields() {
    if (fields == null) {
      fields = Map.of();
      fields = stream == null ? FormFields.parse(text()) : fields;
    }
    return fields;
  }

  private String text() {
    try {
      byte[] bytes = body.stream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw tooLarge();
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnreadableFormException("A form broke off", e);
    }
  }

  private static UnreadableFormException tooLarge() {
    Problem problem = Problem.of(413, "content_too_large", "The form is larger than 2 MiB.");
    return new UnreadableFormException(
        "A form has more than 2 MiB: read it from the stream, before any parameter",
        new RefusedRequestException(problem));
  }
}
