package com.example.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.ForcedAuthenticator;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AD-8 Routes behind the feature")
class GuardedRulesTest {
  private static final Handler REACHED = (request, response) -> response.send("reached");

  private final AtomicInteger asked = new AtomicInteger();

  /** Whoever names themselves. */
  private HelidonHost host(Consumer<HttpRules> routes) {
    Authenticator named =
        request -> {
          asked.incrementAndGet();
          List<String> names = request.headers("X-Name");
          return names.isEmpty()
              ? NotAttempted.NO_CREDENTIALS
              : ForcedAuthenticator.as(names.get(0)).authenticate(request);
        };
    return new HelidonHost(AuthFeature.of(Sallyport.inMemory().guard(named), routes));
  }

  @Test
  @DisplayName("AD-8 however a handler is registered, it needs the default permission")
  void everyWay() throws Exception {
    try (HelidonHost host =
        host(
            routes ->
                routes
                    .get("/get", REACHED)
                    .any("/any", REACHED)
                    .route(Method.GET, "/route", REACHED)
                    .route(HttpRoute.builder().path("/built").handler(REACHED).build())
                    .register(rules -> rules.get("/service", REACHED))
                    .register("/below", rules -> rules.get("/service", REACHED))
                    .register(
                        "/deep", rules -> rules.register("/er", more -> more.get("/", REACHED))))) {
      for (String path :
          List.of("/get", "/any", "/route", "/built", "/service", "/below/service", "/deep/er")) {
        assertThat(host.get(path).statusCode()).as(path).isEqualTo(403);
        assertThat(host.get(path, "X-Name", "alice").body()).as(path).isEqualTo("reached");
      }
      assertThat(host.get("/unknown").statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("AD-8 a handler can need less, or more")
  void ownPermission() throws Exception {
    Permission bob = Permission.who(who -> who.principal().name().equals("bob"));
    try (HelidonHost host =
        host(
            routes ->
                routes
                    .get("/open", AuthFeature.needs(Permission.anyone(), REACHED))
                    .get("/bob", AuthFeature.needs(bob, REACHED)))) {
      assertThat(host.get("/open").statusCode()).isEqualTo(200);
      assertThat(host.get("/bob").statusCode()).isEqualTo(403);
      assertThat(host.get("/bob", "X-Name", "alice").statusCode()).isEqualTo(403);
      assertThat(host.get("/bob", "X-Name", "bob").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName(
      "AD-5 a handler that goes on to the next is judged with it, and the chain asked once")
  void next() throws Exception {
    Permission bob = Permission.who(who -> who.principal().name().equals("bob"));
    Handler goOn = (request, response) -> response.next();
    try (HelidonHost host =
        host(
            routes ->
                routes
                    .any(AuthFeature.needs(Permission.anyone(), goOn))
                    .get("/first", goOn, AuthFeature.needs(bob, REACHED)))) {
      assertThat(host.get("/first", "X-Name", "bob").body()).isEqualTo("reached");
      assertThat(asked).hasValue(1);
      assertThat(host.get("/first", "X-Name", "alice").statusCode()).isEqualTo(403);
      assertThat(host.get("/first").statusCode()).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("AD-8 a permission outside the feature answers nobody")
  void outside() throws Exception {
    Handler outside = AuthFeature.needs(Permission.anyone(), REACHED);
    try (HelidonHost host =
        host(routes -> routes.get("/", (request, response) -> outside.handle(request, response)))) {
      assertThat(host.get("/", "X-Name", "alice").statusCode()).isEqualTo(500);
    }
  }
}
