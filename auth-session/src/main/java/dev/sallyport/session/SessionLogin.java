package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import java.util.Objects;

/**
 * Handles a login form in one call: refuses requests from another site's page or over plain HTTP,
 * checks the password, and begins a session. Immutable and safe for many threads; it blocks on the
 * store and while a password is hashed.
 *
 * <pre>{@code
 * SessionLogin login = SessionLogin.of(auth, guard);
 * if (login.logIn(request, username, password, remember) instanceof SessionLogin.LoggedIn done) {
 *   response.addHeader("Set-Cookie", done.session().cookie().header());
 * }
 * }</pre>
 */
public final class SessionLogin {
  private final Guard guard;
  private final Passwords passwords;
  private final Sessions sessions;

  private SessionLogin(Guard guard, Passwords passwords, Sessions sessions) {
    this.guard = guard;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  /** How a login ended. */
  public sealed interface Result permits LoggedIn, Refused {}

  /**
   * The user is logged in.
   *
   * @param session the session, with the cookie to send
   */
  public record LoggedIn(SessionResult.Started session) implements Result {
    /** Refuses null. */
    public LoggedIn {
      Objects.requireNonNull(session, "session");
    }
  }

  /**
   * The user is not logged in.
   *
   * @param response the complete response: 401 with challenges that no browser acts on, 403, 409,
   *     429 or 503
   */
  public record Refused(AuthResponse response) implements Result {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(response, "response");
    }
  }

  /**
   * Logs users in to the sessions of a guard's chain.
   *
   * @param auth whose passwords are checked
   * @param guard one whose chain has a {@link SessionAuthenticator}
   * @return the login
   * @throws IllegalArgumentException if the chain has no sessions
   */
  public static SessionLogin of(Sallyport auth, Guard guard) {
    Sessions sessions =
        guard
            .chain()
            .member(SessionAuthenticator.class)
            .orElseThrow(
                () -> new IllegalArgumentException("The guard's chain has no SessionAuthenticator"))
            .sessions();
    return new SessionLogin(guard, auth.passwords(), sessions);
  }

  /**
   * Logs a user in. A session that the request carries is ended.
   *
   * @param request the login request
   * @param username the name as submitted
   * @param password the password as submitted
   * @param remember whether the session outlives the browser
   * @return the session, or the response that refuses it
   */
  public Result logIn(AuthRequest request, String username, String password, boolean remember) {
    if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
      return new Refused(refuse.response());
    }
    try {
      PasswordResult verdict = passwords.logIn(username, Password.of(password), request.client());
      return verdict instanceof PasswordResult.Verified login
          ? begin(login, request, remember)
          : new Refused(
              guard.refuseLogin(request, ((PasswordResult.Refused) verdict).rejected("login")));
    } catch (StoreUnavailableException e) {
      return new Refused(Guard.storeUnavailable());
    }
  }

  private Result begin(PasswordResult.Verified login, AuthRequest request, boolean remember) {
    SessionResult start =
        remember ? sessions.startRemembered(login, request) : sessions.start(login, request);
    return start instanceof SessionResult.Started started
        ? new LoggedIn(started)
        : new Refused(
            Problem.of(
                    409,
                    "too_many_sessions",
                    "The user has reached the maximum number of sessions.")
                .toResponse());
  }

  @Override
  public String toString() {
    return "SessionLogin[" + sessions + "]";
  }
}
