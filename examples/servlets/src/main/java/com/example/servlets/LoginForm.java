package com.example.servlets;

import dev.sallyport.AuthRequest;
import dev.sallyport.Challenge;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import java.util.List;
import java.util.Optional;

/** The form that asks for name and password: a page of its own, or in place of another. */
record LoginForm(Guard guard) {
  AuthResponse show() {
    return page(200, "");
  }

  /** For nobody, with challenges at which no browser opens a dialogue over the form. */
  AuthResponse insteadOfPage(AuthRequest request) {
    Decision nobody = guard.authorize(request, Optional.empty(), Permission.authenticated());
    Problem problem = ((Decision.Refuse) nobody).problem();
    List<Challenge> unprompted = problem.challenges().stream().map(Challenge::unprompted).toList();
    return insteadOf(problem.withChallenges(unprompted).toResponse(), "Log in first.");
  }

  /** Once more, after a login that was refused. */
  AuthResponse again(AuthResponse refusal) {
    return insteadOf(
        refusal,
        switch (refusal.status()) {
          case 401 -> "The name or the password is wrong.";
          case 403 -> "Logging in works only over HTTPS, and with the form of this site.";
          case 409 -> "You are logged in on too many devices.";
          case 429 -> "Too many failed attempts. " + tryAgain(refusal);
          default -> "Nobody can log in at the moment. " + tryAgain(refusal);
        });
  }

  private static String tryAgain(AuthResponse refusal) {
    return refusal
        .header("Retry-After")
        .map(seconds -> "Try again in " + seconds + " s.")
        .orElse("Try again later.");
  }

  /** What a program reads of the refusal stays: status, challenges, time to wait. */
  private static AuthResponse insteadOf(AuthResponse refusal, String message) {
    AuthResponse page = page(refusal.status(), message);
    for (Header line : refusal.headers()) {
      if (page.header(line.name()).isEmpty() || line.name().equals("WWW-Authenticate")) {
        page = page.withHeader(line.name(), line.value());
      }
    }
    return page;
  }

  private static AuthResponse page(int status, String message) {
    return Html.page(
        status,
        "Log in",
        """
          <p role="status">%s</p>
          <form method="post" action="%s">
            <p><label>Name <input name="username" autocomplete="username" required></label>
            <p><label>Password
              <input type="password" name="password" autocomplete="current-password" required></label>
            <p><label><input type="checkbox" name="remember"> Stay logged in</label>
            <p><button>Log in</button>
          </form>"""
            .formatted(Html.escape(message), Pages.LOGIN));
  }
}
