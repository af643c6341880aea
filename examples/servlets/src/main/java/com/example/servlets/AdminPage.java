package com.example.servlets;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.http.HttpServletRequest;

/** A page for those who have the role {@code admin}. */
final class AdminPage extends PageServlet {
  private static final long serialVersionUID = 1L;

  private final transient LoginForm form;

  AdminPage(LoginForm form) {
    this.form = form;
  }

  @Override
  AuthResponse show(HttpServletRequest request) {
    String name = request.getRemoteUser();
    if (name == null) {
      return form.insteadOfPage(AuthFilter.authRequest(request));
    }
    return request.isUserInRole("admin")
        ? Html.page(200, "Administration", "<p>Welcome, " + Html.escape(name) + ".")
        : Html.page(403, "Administration", "<p>This page is for administrators.");
  }
}
