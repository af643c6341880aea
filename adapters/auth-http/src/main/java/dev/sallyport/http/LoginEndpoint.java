package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.User;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins a session for who knows the password. */
final class LoginEndpoint implements Endpoint {
  private final PasswordLogin logins;
  private final Entrance entrance;
  private final Sessions sessions;

  LoginEndpoint(PasswordLogin logins, Entrance entrance, Sessions sessions) {
    this.logins = logins;
    this.entrance = entrance;
    this.sessions = sessions;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    boolean remember = json.flag("remember", faults);
    PasswordVerdict.Verified login = logins.verify(request, json, faults);
    SessionStart start =
        remember ? sessions.startRemembered(login, request) : sessions.start(login, request);
    if (start instanceof SessionStart.Started started) {
      return BrowserSessions.with(answer(login.user(), started), started.cookie());
    }
    if (start instanceof SessionStart.TooMany) {
      throw new RefusedRequestException(
          Problem.of(
              409, "too_many_sessions", "The user has reached the maximum number of sessions."));
    }
    throw new IllegalStateException("There is no response for " + start.getClass());
  }

  private static AuthResponse answer(User user, SessionStart.Started started) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("id", started.record().id());
    session.put("expires_at", started.record().endsAt().map(Instant::toString).orElse(null));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", user.id());
    fields.put("username", user.name());
    fields.put("session", session);
    fields.put("csrf_token", started.csrfToken());
    return JsonResponse.of(200, fields);
  }
}
