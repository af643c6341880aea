package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a client who it is. */
final class MeEndpoint implements Endpoint {
  private final Caller caller;
  private final BrowserSessions sessions;

  MeEndpoint(Caller caller, BrowserSessions sessions) {
    this.caller = caller;
    this.sessions = sessions;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Authenticated who = caller.known(request);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", who.principal().id());
    fields.put("username", who.principal().name());
    fields.put("roles", who.principal().roles().stream().sorted().toList());
    fields.put("scheme", who.scheme());
    fields.put("scopes", JsonResponse.scopes(who.scopes()));
    fields.put("authenticated_at", who.authenticatedAt().map(Instant::toString).orElse(null));
    sessions.csrfToken(request, who).ifPresent(token -> fields.put("csrf_token", token));
    return JsonResponse.of(200, fields);
  }
}
