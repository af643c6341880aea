package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.jwt.RefreshFamilies;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands before refresh and revoke: the token is in the body, or in a cookie, never in both.
 */
record RefreshEntrance(Entrance entrance, RefreshFamilies families) {
  private boolean isByCookie() {
    return families.cookiePath().isPresent();
  }

  Decision check(AuthRequest request, String what) {
    return isByCookie() ? entrance.checkCookie(request, what) : entrance.check(request, what);
  }

  /** The token; null where there is no cookie that could be meant. */
  @Nullable String token(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (isByCookie()) {
      JsonBody.readOptional(request, body);
      return families.refreshToken(request).orElse(null);
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String token = json.text("refresh_token", faults);
    if (token == null) {
      throw JsonBody.invalid(faults);
    }
    return token;
  }
}
