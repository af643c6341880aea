package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.Refreshing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

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

  /** Exchanges the token of the request. */
  Refreshing refresh(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (isByCookie()) {
      JsonBody.readOptional(request, body);
      return families.refresh(request);
    }
    return families.refresh(inBody(request, body));
  }

  /** What could be meant: the token of the body, or all cookies of the name. */
  List<String> tokens(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (isByCookie()) {
      JsonBody.readOptional(request, body);
      return families.refreshTokens(request);
    }
    return List.of(inBody(request, body));
  }

  private static String inBody(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String token = json.text("refresh_token", faults);
    if (token == null) {
      throw JsonBody.invalid(faults);
    }
    return token;
  }
}
