package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Plan.Work;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.store.SecretDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text that anybody may have. Caches keep it, and ask each time whether it is still current (RFC
 * 9110 section 13.1.2), so that nobody runs the client of a former version.
 */
record StaticText(String etag, String type, String text) implements Endpoint {
  static StaticText of(String type, String text) {
    return new StaticText('"' + SecretDigest.of(text).text() + '"', type, text);
  }

  /** The text of a resource beside this class. */
  static String resource(String name) {
    try (InputStream in = StaticText.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The JAR of auth-http lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Work work(AuthRequest request) {
    return null;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) {
    Header tag = new Header("ETag", etag);
    Header revalidate = new Header("Cache-Control", "no-cache");
    return isCurrent(request)
        ? new AuthResponse(304, List.of(tag, revalidate), "")
        : new AuthResponse(
            200,
            List.of(
                new Header("Content-Type", type),
                tag,
                revalidate,
                new Header("X-Content-Type-Options", "nosniff")),
            text);
  }

  private boolean isCurrent(AuthRequest request) {
    return request.headers("If-None-Match").stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
        .anyMatch(known -> known.equals(etag) || known.equals("*"));
  }

  @Override
  public String toString() {
    return "StaticText[" + type + " " + etag + "]";
  }
}
