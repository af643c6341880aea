package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tells a client who it is. */
final class MeEndpoint implements Endpoint {
  private final Guard guard;

  MeEndpoint(Guard guard) {
    this.guard = guard;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) throws RefusedRequestException {
    Decision decision = guard.check(request, Permission.authenticated());
    if (decision instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    Authenticated who = ((Decision.Proceed) decision).who().orElseThrow();
    if (who.epoch().isEmpty()) {
      throw new RefusedRequestException(
          Problem.of(403, "no_local_account", "The principal has no account here."));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", who.principal().id());
    fields.put("username", who.principal().name());
    fields.put("roles", who.principal().roles().stream().sorted().toList());
    fields.put("scheme", who.scheme());
    fields.put("scopes", who.scopes().orElse(Set.of()).stream().sorted().toList());
    fields.put("authenticated_at", who.authenticatedAt().map(Instant::toString).orElse(null));
    return JsonResponse.of(200, fields);
  }
}
