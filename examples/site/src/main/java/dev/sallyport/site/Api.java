package dev.sallyport.site;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.http.RefusedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of the site's own, most of them behind the guard. */
final class Api {
  private Api() {}

  static List<Route> routes(Resets resets) {
    Permission anyone = Permission.anyone();
    Permission authenticated = Permission.authenticated();
    Permission writer = Permission.scope("notes:write");
    Permission admin = Permission.role("admin");
    return List.of(
        Route.guarded("POST", "/api/reset/request", anyone, resets::request),
        Route.guarded("POST", "/api/reset/redeem", anyone, resets::redeem),
        Route.open("GET", "/api/ping", Api::ping),
        Route.guarded("GET", "/api/public", anyone, Api::open),
        Route.guarded("GET", "/api/hello", authenticated, Api::hello),
        Route.guarded("POST", "/api/notes", authenticated, Api::note),
        Route.guarded("POST", "/api/scoped-notes", writer, Api::note),
        Route.guarded("GET", "/api/admin", admin, Api::admin));
  }

  /** Needs no caller: shows what a request costs without a guard. */
  private static AuthResponse ping(
      AuthRequest request, Optional<Authenticated> who, InputStream body) {
    return JsonResponse.of(200, Map.of("hello", "anybody", "scheme", "none"));
  }

  private static AuthResponse open(
      AuthRequest request, Optional<Authenticated> who, InputStream body) {
    String name = who.map(known -> known.principal().name()).orElse("anonymous");
    return JsonResponse.of(200, Map.of("public", name));
  }

  private static AuthResponse hello(
      AuthRequest request, Optional<Authenticated> who, InputStream body) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("hello", who.orElseThrow().principal().name());
    fields.put("scheme", who.orElseThrow().scheme());
    return JsonResponse.of(200, fields);
  }

  private static AuthResponse note(
      AuthRequest request, Optional<Authenticated> who, InputStream body)
      throws IOException, RefusedRequestException {
    return JsonResponse.of(201, Map.of("text", JsonBody.read(request, body).text("text")));
  }

  private static AuthResponse admin(
      AuthRequest request, Optional<Authenticated> who, InputStream body) {
    return JsonResponse.of(200, Map.of("admin", who.orElseThrow().principal().name()));
  }
}
