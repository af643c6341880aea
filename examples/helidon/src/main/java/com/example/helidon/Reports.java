package com.example.helidon;

import dev.sallyport.Authenticated;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Routes that say who may call them. */
final class Reports {
  private Reports() {}

  static AuthFeature guardedBy(Guard guard) {
    return AuthFeature.of(
        guard,
        routes ->
            routes
                .get("/reports", Reports::mine)
                .get("/reports/all", AuthFeature.needs(Permission.role("admin"), Reports::all)));
  }

  private static void mine(ServerRequest request, ServerResponse response) {
    Authenticated who = AuthFeature.who(request).orElseThrow();
    response.send("Reports of " + who.principal().name());
  }

  private static void all(ServerRequest request, ServerResponse response) {
    response.send("All reports");
  }
}
