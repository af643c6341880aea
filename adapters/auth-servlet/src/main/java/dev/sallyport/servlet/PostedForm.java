package dev.sallyport.servlet;

import dev.sallyport.http.FormFields;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A posted form at which the guard has looked, so that the container can't read it any more:
 * stream, reader and parameters in its place. For one thread at a time, as a request is.
 */
final class PostedForm {
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  private final HttpServletRequest request;
  private final RequestBody body;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  PostedForm(HttpServletRequest request, RequestBody body) {
    this.request = request;
    this.body = body;
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

  BufferedReader reader() throws IOException {
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(stream(), charset()));
    }
    return reader;
  }

  private Charset charset() throws UnsupportedEncodingException {
    String named = request.getCharacterEncoding();
    try {
      return named == null ? StandardCharsets.ISO_8859_1 : Charset.forName(named);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedEncodingException("The body is in a character encoding that Java lacks");
    }
  }

  /** Those of the query, then those of the form, unless somebody has taken the stream. */
  Map<String, String[]> parameters() {
    if (parameters == null) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      String query = request.getQueryString();
      addTo(all, query == null ? "" : query);
      addTo(all, stream == null ? text() : "");
      Map<String, String[]> arrays = new LinkedHashMap<>();
      all.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
      parameters = Collections.unmodifiableMap(arrays);
    }
    return parameters;
  }

  private static void addTo(Map<String, List<String>> all, String form) {
    FormFields.parse(form)
        .forEach(
            (name, values) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
  }

  private String text() {
    try {
      byte[] bytes = body.stream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalStateException(
            "A form has more than 2 MiB: read it from the stream, before any parameter");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
