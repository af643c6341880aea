package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Fault;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Password;
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
  private final Accounts accounts;
  private final Guard guard;
  private final Entrance entrance;
  private final Sessions sessions;

  LoginEndpoint(Accounts accounts, Guard guard, Entrance entrance, Sessions sessions) {
    this.accounts = accounts;
    this.guard = guard;
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
    String username = json.text("username", faults);
    String password = json.text("password", faults);
    boolean remember = json.flag("remember", faults);
    if (username == null || password == null || !faults.isEmpty()) {
      throw JsonBody.invalid(faults);
    }
    PasswordVerdict verdict = accounts.verify(username, Password.of(password), request.client());
    if (verdict instanceof PasswordVerdict.Refused refused) {
      return guard.refuseLogin(request, refused.rejected("login"));
    }
    PasswordVerdict.Verified login = (PasswordVerdict.Verified) verdict;
    SessionStart start =
        remember ? sessions.startRemembered(login, request) : sessions.start(login, request);
    if (!(start instanceof SessionStart.Started started)) {
      throw new RefusedRequestException(
          Problem.of(409, "too_many_sessions", "The user has as many sessions as there may be."));
    }
    return BrowserSessions.with(answer(login.user(), started), started.cookie());
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
