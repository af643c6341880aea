package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Fault;
import dev.sallyport.account.ActiveLogins;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins, lists and ends the caller's sessions. */
final class SessionRoutes {
  private final Guard guard;
  private final PasswordLogin logins;
  private final Caller caller;

  SessionRoutes(Guard guard, PasswordLogin logins) {
    this.guard = guard;
    this.logins = logins;
    this.caller = new Caller(guard);
  }

  void addTo(Routes routes, String basePath, Permission ending) {
    guard
        .chain()
        .member(SessionAuthenticator.class)
        .map(SessionAuthenticator::sessions)
        .ifPresent(
            sessions ->
                routes.add(
                    "POST",
                    basePath + "/login",
                    (request, body) -> logIn(sessions, request, body)));
    logins
        .accounts()
        .activeLogins()
        .ifPresent(
            devices -> {
              String path = basePath + "/sessions";
              routes.add("GET", path, (request, body) -> list(devices, request));
              routes.addItem(
                  "DELETE",
                  path,
                  (request, body) -> end(devices, caller.manager(request, ending), request));
            });
  }

  private AuthResponse logIn(Sessions sessions, AuthRequest request, InputStream body)
      throws IOException, RefusedRequestException {
    if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    JsonBody json = JsonBody.read(request, body);
    List<Fault> faults = new ArrayList<>();
    boolean remember = json.flag("remember", faults);
    PasswordResult.Verified login = logins.verify(request, json, faults);
    SessionResult start =
        remember ? sessions.startRemembered(login, request) : sessions.start(login, request);
    if (start instanceof SessionResult.Started started) {
      return CookieResponse.with(answer(login.user(), started), List.of(started.cookie()));
    }
    if (start instanceof SessionResult.TooMany) {
      throw PasswordLogin.tooManySessions();
    }
    throw new IllegalStateException("There is no response for " + start.getClass());
  }

  private static AuthResponse answer(User user, SessionResult.Started started) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("id", started.record().id());
    session.put("expires_at", started.record().endsAt().map(Instant::toString).orElse(null));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", user.id());
    fields.put("username", user.name());
    fields.put("session", session);
    fields.put("csrf_token", started.csrfToken().reveal());
    return JsonResponse.of(200, fields);
  }

  private AuthResponse list(ActiveLogins devices, AuthRequest request)
      throws RefusedRequestException {
    Authenticated who = caller.manager(request);
    List<Map<String, Object>> sessions =
        devices.list(who.principal().id()).stream().map(record -> fields(record, who)).toList();
    return JsonResponse.of(200, Map.of("sessions", sessions));
  }

  private static Map<String, Object> fields(TokenRecord record, Authenticated who) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", record.id());
    fields.put("kind", record.kind().text());
    fields.put("client", record.client());
    fields.put("created_at", record.createdAt().toString());
    fields.put("last_seen_at", record.lastSeenAt().toString());
    fields.put("expires_at", record.endsAt().map(Instant::toString).orElse(null));
    fields.put("current", Caller.isCurrent(who, record.id()));
    return fields;
  }

  private AuthResponse end(ActiveLogins devices, Authenticated who, AuthRequest request)
      throws RefusedRequestException {
    String id = Routes.id(request);
    if (!devices.end(who.principal().id(), id)) {
      throw Routes.notFound();
    }
    return caller.ended(who, id);
  }
}
