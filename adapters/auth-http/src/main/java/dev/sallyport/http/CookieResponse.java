package dev.sallyport.http;

import dev.sallyport.SetCookie;
import dev.sallyport.guard.AuthResponse;
import java.util.List;

/** Responses that set cookies. */
final class CookieResponse {
  private CookieResponse() {}

  /** 204 with all given cookies. */
  static AuthResponse done(List<SetCookie> cookies) {
    return with(new AuthResponse(204, List.of(), ""), cookies);
  }

  static AuthResponse with(AuthResponse answer, List<SetCookie> cookies) {
    AuthResponse filled = answer;
    for (SetCookie cookie : cookies) {
      filled = filled.withHeader("Set-Cookie", cookie.header());
    }
    return filled;
  }
}
