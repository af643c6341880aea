package com.example.servlet;

import com.example.servlet.Container.Running;
import com.example.servlet.Container.Setup;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The contract of adapters, for the filter in a container. */
interface ServletContract extends AdapterContract {
  int CONFLICT = HttpServletResponse.SC_CONFLICT;

  /** A container's own page would quote the exception. */
  AuthResponse INTERNAL_ERROR =
      Problem.of(500, "internal_error", "The server could not handle the request.").toResponse();

  Container container();

  default boolean onVirtualThreads() {
    return false;
  }

  /** What stands before the filter. */
  default void precede(ServletContext context) {}

  @Override
  default Set<AdapterAbility> abilities() {
    return EnumSet.allOf(AdapterAbility.class);
  }

  @Override
  default AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }

  @Override
  default RunningHost start(AdapterSite site) throws Exception {
    Map<Integer, String> errorPages = new HashMap<>();
    errorPages.put(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "/internal-error");
    for (AdapterRoute route : site.routes()) {
      if (route.arrival() == AdapterRoute.Arrival.ERROR_PAGE) {
        errorPages.put(CONFLICT, "/behind" + route.path());
      }
    }
    Running running =
        container()
            .start(
                new Setup(
                    site.mountPath(),
                    context -> {
                      precede(context);
                      register(site, context);
                    },
                    errorPages,
                    site.keyStore(),
                    onVirtualThreads()));
    return RunningHost.at(running.port(), running.tlsPort(), running);
  }

  private static void register(AdapterSite site, ServletContext context) {
    Map<String, Permission> permissions = new HashMap<>();
    Site.serve(
        context,
        "/internal-error",
        (request, response) -> AuthFilter.send(request, response, INTERNAL_ERROR));
    for (AdapterRoute route : site.routes()) {
      route.permission().ifPresent(needed -> permissions.put(route.path(), needed));
      switch (route.arrival()) {
        case DIRECT -> serve(context, route, route.path());
        case ASYNCHRONOUS ->
            Site.serve(context, route.path(), (request, response) -> Later.answer(route, request));
        case FORWARD -> {
          serve(context, route, "/behind" + route.path());
          Site.serve(
              context,
              route.path(),
              (request, response) ->
                  request
                      .getRequestDispatcher("/behind" + route.path())
                      .forward(request, response));
        }
        case ERROR_PAGE -> {
          serve(context, route, "/behind" + route.path());
          Site.serve(context, route.path(), (request, response) -> response.sendError(CONFLICT));
        }
      }
    }
    AuthFilter filter =
        AuthFilter.of(site.guard())
            .withEndpoints(AuthEndpoints.of(site.accounts(), site.guard()))
            .withPermissions(permissions);
    site.preflights()
        .map(
            preflights ->
                filter.withPreflights(
                    (request, response, chain) ->
                        preflights.handle(
                            new ServletCall(
                                (HttpServletRequest) request, (HttpServletResponse) response))))
        .orElse(filter)
        .addTo(context);
  }

  private static void serve(ServletContext context, AdapterRoute route, String path) {
    Site.serve(
        context,
        path,
        (request, response) -> {
          if (request.getMethod().equals(route.method())) {
            route.handler().handle(new ServletCall(request, response));
          } else {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
          }
        });
  }
}
