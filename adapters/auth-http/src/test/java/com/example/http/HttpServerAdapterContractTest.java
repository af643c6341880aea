package com.example.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 the adapter of the JDK's server")
class HttpServerAdapterContractTest implements AdapterContract {
  @Override
  public AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }

  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(AdapterAbility.TLS, AdapterAbility.MOUNT_PATH, AdapterAbility.PREFLIGHTS);
  }

  @Override
  public RunningHost start(AdapterSite site) throws IOException {
    HttpServerAdapter adapter = adapter(site);
    AuthEndpoints endpoints = AuthEndpoints.of(site.accounts(), site.guard());
    Map<String, HttpHandler> exact = new HashMap<>();
    for (AdapterRoute route : site.routes()) {
      exact.put(site.mountPath() + route.path(), handler(adapter, route));
    }
    HttpHandler auth = adapter.endpoints(endpoints);
    return JdkHost.withTls(
        site.serverTls(),
        exchange -> {
          HttpHandler found = exact.get(exchange.getRequestURI().getRawPath());
          if (found != null) {
            found.handle(exchange);
          } else if (endpoints.areFor(adapter.authRequest(exchange))) {
            auth.handle(exchange);
          } else {
            answer(exchange, 404);
          }
        });
  }

  private static HttpServerAdapter adapter(AdapterSite site) {
    HttpServerAdapter adapter = HttpServerAdapter.of(site.guard());
    return site.preflights()
        .map(
            preflights ->
                adapter.withPreflights(exchange -> preflights.handle(new JdkCall(exchange, null))))
        .orElse(adapter);
  }

  private static HttpHandler handler(HttpServerAdapter adapter, AdapterRoute route) {
    HttpServerAdapter.GuardedHandler guarded =
        (exchange, who) -> {
          if (exchange.getRequestMethod().equals(route.method())) {
            route.handler().handle(new JdkCall(exchange, who.orElse(null)));
          } else {
            answer(exchange, 405);
          }
        };
    return route
        .permission()
        .map(permission -> adapter.protect(permission, guarded))
        .orElseGet(() -> adapter.protect(guarded));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    HttpServerAdapter.send(exchange, new AuthResponse(status, List.of(), ""));
  }
}
