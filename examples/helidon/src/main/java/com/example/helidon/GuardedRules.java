package com.example.helidon;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Rules that put a gate before every handler, whichever way it is registered. */
record GuardedRules(Guard guard, HttpRules rules) implements HttpRules {
  @Override
  public HttpRules register(HttpService... services) {
    for (HttpService service : services) {
      rules.register(new GuardedService(guard, service));
    }
    return this;
  }

  @Override
  public HttpRules register(String pathPattern, HttpService... services) {
    for (HttpService service : services) {
      rules.register(pathPattern, new GuardedService(guard, service));
    }
    return this;
  }

  /** All methods of {@link HttpRules} that take a handler end here. */
  @Override
  public HttpRules route(HttpRoute route) {
    rules.route(new GuardedRoute(route, Gate.before(guard, route.handler())));
    return this;
  }

  private record GuardedService(Guard guard, HttpService service) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      service.routing(new GuardedRules(guard, rules));
    }

    @Override
    public void beforeStart() {
      service.beforeStart();
    }

    @Override
    public void afterStart(WebServer server) {
      service.afterStart(server);
    }

    @Override
    public void afterStop() {
      service.afterStop();
    }
  }

  private record GuardedRoute(HttpRoute route, Handler handler) implements HttpRoute {
    @Override
    public PathMatchers.MatchResult accepts(HttpPrologue prologue) {
      return route.accepts(prologue);
    }

    @Override
    public PathMatchers.MatchResult accepts(HttpPrologue prologue, ServerRequestHeaders headers) {
      return route.accepts(prologue, headers);
    }

    @Override
    public Optional<PathMatcher> pathMatcher() {
      return route.pathMatcher();
    }

    @Override
    public void beforeStart() {
      route.beforeStart();
    }

    @Override
    public void afterStart(WebServer server) {
      route.afterStart(server);
    }

    @Override
    public void afterStop() {
      route.afterStop();
    }
  }

  /** Stands before one handler. */
  private record Gate(Guard guard, Permission permission, Handler handler) implements Handler {
    static Handler before(Guard guard, Handler handler) {
      return handler instanceof AuthFeature.Needs needs
          ? new Gate(guard, needs.permission(), needs.handler())
          : new Gate(guard, guard.defaultPermission(), handler);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
      Arrival arrival = request.context().get(Arrival.class).orElseThrow();
      Decision decision = arrival.decide(guard, permission);
      if (decision instanceof Decision.Refuse refuse) {
        AuthFeature.answer(request, response, refuse.response(), arrival);
        return;
      }
      Decision.Proceed proceed = (Decision.Proceed) decision;
      proceed.who().ifPresent(request.context()::register);
      for (AuthResponse.Header line : proceed.headers()) {
        Header header = HeaderValues.create(HeaderNames.create(line.name()), line.value());
        if (!response.headers().contains(header)) {
          response.headers().add(header);
        }
      }
      boolean begun = arrival.body().isBegun();
      handler.handle(begun ? BegunRequest.of(request, arrival.body().stream()) : request, response);
    }
  }
}
