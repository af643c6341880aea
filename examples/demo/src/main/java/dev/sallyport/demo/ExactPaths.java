package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.site.Route;
import dev.sallyport.site.Routes;
import dev.sallyport.site.Site;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds a route by the exact path as received, and by the method. The JDK's server matches the
 * prefix of the decoded path, so the two could take a request for different routes.
 */
final class ExactPaths implements HttpHandler {
  private final HttpServerAdapter adapter;
  private final Site site;
  private final HttpHandler endpoints;
  private final Routes routes;
  private final Traces traces;
  private final PageStreams pages;

  ExactPaths(Site site, Traces traces) {
    this.site = site;
    this.traces = traces;
    pages = new PageStreams(site.guard());
    adapter = HttpServerAdapter.of(site.guard());
    endpoints = adapter.endpoints(site.endpoints());
    routes = site.routes().and(Page.routes());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    AuthRequest request = adapter.authRequest(exchange);
    Optional<PageStream.Request> followed = pages.sender(request);
    if (pages.areFor(request)) {
      pages.handle(exchange, request);
    } else if (followed.isPresent()) {
      traces.follow(followed.get(), exchange, traced -> route(traced, request));
    } else {
      route(exchange, request);
    }
  }

  private void route(HttpExchange exchange, AuthRequest request) throws IOException {
    Optional<Route> route = routes.find(request);
    if (site.endpoints().areFor(request)) {
      endpoints.handle(exchange);
    } else if (route.isPresent()) {
      handler(route.get(), request).handle(exchange);
    } else {
      HttpServerAdapter.send(exchange, routes.fallback(request));
    }
  }

  private HttpHandler handler(Route route, AuthRequest request) {
    return route.permission().isPresent()
        ? adapter.protect(
            route.permission().get(), (exchange, who) -> answer(exchange, route, request, who))
        : exchange -> answer(exchange, route, request, Optional.empty());
  }

  private static void answer(
      HttpExchange exchange, Route route, AuthRequest request, Optional<Authenticated> who)
      throws IOException {
    HttpServerAdapter.send(exchange, route.answer(request, who, exchange.getRequestBody()));
  }

  /** Ends the streams of open pages, which would go on for ever. */
  void end() {
    pages.end();
  }
}
