package com.example.snippets.tasks;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import java.util.List;

/** A login form, and a session behind it. */
public final class LoginFormTask {
  private final Guard guard;
  private final SessionLogin login;

  /** Guards with sessions. */
  public LoginFormTask(Sallyport auth) {
    guard = auth.guard(SessionAuthenticator.of(auth));
    login = SessionLogin.of(auth, guard);
  }

  /** Answers the form. */
  public AuthResponse logIn(AuthRequest request, String username, String password) {
    SessionLogin.Result result = login.logIn(request, username, password, false);
    if (result instanceof SessionLogin.LoggedIn done) {
      return new AuthResponse(303, List.of(AuthResponse.Header.NO_STORE), "")
          .withHeader("Location", "/")
          .withHeader("Set-Cookie", done.session().cookie().header());
    }
    return ((SessionLogin.Refused) result).response();
  }

  /** Guards everything else. */
  public Guard guard() {
    return guard;
  }
}
