package dev.sallyport.http;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Responses with a JSON object. */
public final class JsonResponse {
  private JsonResponse() {}

  /**
   * Builds a response of type {@code application/json}.
   *
   * @param status the status code
   * @param fields the fields, in the order of the map: strings, booleans, {@code Integer}, {@code
   *     Long}, finite {@code Double}, null, and collections and maps of them
   * @return the response
   * @throws IllegalArgumentException if one is anything else
   */
  public static AuthResponse of(int status, Map<String, ?> fields) {
    return new AuthResponse(
        status,
        List.of(new AuthResponse.Header("Content-Type", "application/json")),
        JsonWriter.text(fields));
  }

  /** Scopes as a response shows them: null for no restriction, an empty list for no rights. */
  static @Nullable List<String> scopes(Optional<Set<String>> scopes) {
    return scopes.map(found -> found.stream().sorted().toList()).orElse(null);
  }
}
