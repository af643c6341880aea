package com.example.servlets;

import dev.sallyport.guard.Permission;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.Sessions;
import dev.sallyport.site.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pages in HTML with a login form, as servlets by their paths.
 *
 * <p>Those that need a login have a permission for anyone, and show the form to nobody: a refusal
 * by the filter is for programs.
 */
record Pages(Map<String, PageServlet> servlets) {
  static final String LOGIN = "/pages/login";
  static final String LOGOUT = "/pages/logout";
  static final String NOTES = "/pages/notes";
  static final String ADMIN = "/pages/admin";

  /** The pages of a site; none if its settings have a chain without sessions. */
  static Pages of(Site site) {
    Optional<SessionAuthenticator> scheme = site.guard().chain().member(SessionAuthenticator.class);
    Map<String, PageServlet> servlets = new LinkedHashMap<>();
    if (scheme.isPresent()) {
      Sessions sessions = scheme.get().sessions();
      LoginForm form = new LoginForm(site.guard());
      servlets.put(LOGIN, new LoginPage(SessionLogin.of(site.auth(), site.guard()), form));
      servlets.put(LOGOUT, new LogoutPage(sessions));
      servlets.put(NOTES, new NotesPage(sessions, form));
      servlets.put(ADMIN, new AdminPage(form));
    }
    return new Pages(servlets);
  }

  /** What a page needs; empty for the one where no credentials are looked at. */
  static Optional<Permission> permission(String path) {
    return path.equals(LOGIN) ? Optional.empty() : Optional.of(Permission.anyone());
  }
}
