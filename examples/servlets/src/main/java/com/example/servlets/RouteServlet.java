package com.example.servlets;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.site.Route;
import dev.sallyport.site.Site;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers the routes of one path, which the container has matched and the filter has guarded. */
final class RouteServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Site site;
  private final transient List<Route> routes;

  RouteServlet(Site site, List<Route> routes) {
    this.site = site;
    this.routes = List.copyOf(routes);
  }

  static Optional<Route> find(List<Route> routes, String method) {
    return routes.stream().filter(route -> route.accepts(method)).findFirst();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AuthRequest asked = AuthFilter.authRequest(request);
    Optional<Route> route = find(routes, request.getMethod());
    AuthResponse answer =
        route.isPresent()
            ? route.get().answer(asked, AuthFilter.who(request), request.getInputStream())
            : site.routes().fallback(asked);
    AuthFilter.send(request, response, answer);
  }
}
