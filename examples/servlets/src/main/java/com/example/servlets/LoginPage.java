package com.example.servlets;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.SessionLogin;
import jakarta.servlet.http.HttpServletRequest;

/** Logs in. It stands without a guard: whoever wants to log in may carry an old session. */
final class LoginPage extends PageServlet {
  private static final long serialVersionUID = 1L;

  private final transient SessionLogin login;
  private final transient LoginForm form;

  LoginPage(SessionLogin login, LoginForm form) {
    this.login = login;
    this.form = form;
  }

  @Override
  AuthResponse show(HttpServletRequest request) {
    return form.show();
  }

  @Override
  AuthResponse take(HttpServletRequest request) {
    AuthRequest asked = AuthFilter.authRequest(request);
    boolean remember = field(asked, "remember").equals("on");
    SessionLogin.Result result =
        login.logIn(asked, field(asked, "username"), field(asked, "password"), remember);
    if (result instanceof SessionLogin.LoggedIn done) {
      return Html.seeOther(Pages.NOTES).withHeader("Set-Cookie", done.session().cookie().header());
    }
    return form.again(((SessionLogin.Refused) result).response());
  }
}
