package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.JwtLogin;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.password.PasswordVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Hands an access and a refresh token to who knows the password. */
final class JwtLoginEndpoint implements Endpoint {
  private final RefreshFamilies families;
  private final PasswordLogin logins;
  private final Entrance entrance;
  private final JwtCookies cookies;

  JwtLoginEndpoint(
      RefreshFamilies families, PasswordLogin logins, Entrance entrance, JwtCookies cookies) {
    this.families = families;
    this.logins = logins;
    this.entrance = entrance;
    this.cookies = cookies;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    PasswordVerdict.Verified proof =
        logins.verify(request, JsonBody.read(request, body), List.of());
    JwtLogin login = families.start(proof, request.client());
    if (login instanceof JwtLogin.LoggedIn done) {
      cookies.endFormer(request);
      return TokenPairs.answer(done.tokens());
    }
    if (login instanceof JwtLogin.TooMany) {
      throw new RefusedRequestException(
          Problem.of(
              409, "too_many_sessions", "The user has reached the maximum number of sessions."));
    }
    throw new IllegalStateException("There is no response for " + login.getClass());
  }
}
