package dev.sallyport.http;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.TokenPair;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers with a pair of tokens (RFC 6749 section 5.1): in the body, or in cookies. */
final class TokenPairs {
  private TokenPairs() {}

  static AuthResponse answer(TokenPair pair) {
    boolean inBody = pair.cookies().isEmpty();
    Map<String, Object> fields = new LinkedHashMap<>();
    if (inBody) {
      fields.put("access_token", pair.accessToken());
    }
    fields.put("token_type", "Bearer");
    fields.put("expires_in", pair.expiresIn().toSeconds());
    if (inBody) {
      fields.put("refresh_token", pair.refreshToken());
    }
    fields.put("refresh_expires_in", pair.refreshExpiresIn().toSeconds());
    return JwtCookies.with(JsonResponse.of(200, fields), pair.cookies());
  }
}
