package com.example.servlets;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says who is logged in, shows their notes, takes another. */
final class NotesPage extends PageServlet {
  private static final long serialVersionUID = 1L;

  private final transient Notes notes = new Notes();
  private final transient Sessions sessions;
  private final transient LoginForm form;

  NotesPage(Sessions sessions, LoginForm form) {
    this.sessions = sessions;
    this.form = form;
  }

  @Override
  AuthResponse show(HttpServletRequest request) {
    AuthRequest asked = AuthFilter.authRequest(request);
    return AuthFilter.who(request)
        .map(who -> page(asked, who))
        .orElseGet(() -> form.insteadOfPage(asked));
  }

  private AuthResponse page(AuthRequest asked, Authenticated who) {
    String items =
        notes.of(who.principal().id()).stream()
            .map(text -> "<li>" + Html.escape(text))
            .collect(Collectors.joining("\n"));
    String token =
        sessions
            .csrfToken(asked)
            .map(
                known ->
                    "<input type=\"hidden\" name=\"csrf_token\" value=\"%s\">"
                        .formatted(Html.escape(known.reveal())))
            .orElse(""); // known by something else than a session, which needs no token
    String name = Html.escape(who.principal().name());
    return Html.page(
        200,
        "Notes",
        """
          <p>Logged in as <strong>%1$s</strong>.
          <ul>%2$s</ul>
          <form method="post" action="%3$s">
            %5$s
            <p><label>Note <input name="text" maxlength="%6$d" required></label> <button>Add</button>
          </form>
          <form method="post" action="%4$s">
            %5$s
            <p><button>Log out</button>
          </form>"""
            .formatted(name, items, Pages.NOTES, Pages.LOGOUT, token, Notes.MAX_LENGTH));
  }

  @Override
  AuthResponse take(HttpServletRequest request) {
    AuthRequest asked = AuthFilter.authRequest(request);
    Optional<Authenticated> who = AuthFilter.who(request);
    if (who.isEmpty()) {
      return form.insteadOfPage(asked);
    }
    String text = field(asked, "text").strip();
    if (text.isEmpty() || text.length() > Notes.MAX_LENGTH) {
      return Html.page(
          400, "Not noted", "<p>A note has 1 to %d characters.".formatted(Notes.MAX_LENGTH));
    }
    notes.add(who.get().principal().id(), text);
    return Html.seeOther(Pages.NOTES);
  }
}
