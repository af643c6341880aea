package com.example.servlets;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;

/** Ends the session of the browser, if it has one; the guard has refused other sites' forms. */
final class LogoutPage extends PageServlet {
  private static final long serialVersionUID = 1L;

  private final transient Sessions sessions;

  LogoutPage(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  AuthResponse take(HttpServletRequest request) {
    String expired = sessions.end(AuthFilter.authRequest(request)).header();
    return Html.seeOther(Pages.LOGIN).withHeader("Set-Cookie", expired);
  }
}
