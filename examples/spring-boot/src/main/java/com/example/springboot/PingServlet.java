package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.site.Route;
import dev.sallyport.site.Routes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** The site's route at which no credentials are looked at. */
final class PingServlet extends HttpServlet {
  static final String PATH = "/api/ping";
  private static final long serialVersionUID = 1L;

  private final transient Routes routes;

  PingServlet(Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AuthRequest asked = AuthFilter.authRequest(request);
    Optional<Route> route = routes.find(asked);
    AuthResponse answer =
        route.isPresent()
            ? route.get().answer(asked, Optional.empty(), request.getInputStream())
            : routes.fallback(asked);
    AuthFilter.send(request, response, answer);
  }
}
