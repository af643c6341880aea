package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.JwtLogin;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Hands an access and a refresh token to who knows the password. */
final class JwtLoginEndpoint implements Endpoint {
  private final RefreshFamilies families;
  private final Accounts accounts;
  private final Guard guard;
  private final Entrance entrance;
  private final JwtCookies cookies;

  JwtLoginEndpoint(
      RefreshFamilies families,
      Accounts accounts,
      Guard guard,
      Entrance entrance,
      JwtCookies cookies) {
    this.families = families;
    this.cookies = cookies;
    this.accounts = accounts;
    this.guard = guard;
    this.entrance = entrance;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    if (username == null || password == null) {
      throw JsonBody.invalid(faults);
    }
    PasswordVerdict verdict = accounts.verify(username, Password.of(password), request.client());
    if (verdict instanceof PasswordVerdict.Refused refused) {
      return guard.refuseLogin(request, refused.rejected("login"));
    }
    JwtLogin login = families.start((PasswordVerdict.Verified) verdict, request.client());
    if (login instanceof JwtLogin.LoggedIn done) {
      cookies.endFormer(request);
      return TokenPairs.answer(done.tokens());
    }
    throw new RefusedRequestException(
        Problem.of(409, "too_many_sessions", "The user has as many sessions as there may be."));
  }
}
