package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds a handler by the exact path as received, and by the method. The JDK's server matches the
 * prefix of the decoded path, so the two could take a request for different routes.
 */
final class Routes implements HttpHandler {
  private record Route(String method, HttpHandler handler) {
    boolean has(String asked) {
      return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    String allow() {
      return method.equals("GET") ? "GET, HEAD" : method;
    }
  }

  private final HttpServerAdapter adapter;
  private final Map<String, Route> exact = new LinkedHashMap<>();
  private final Map<String, HttpHandler> below = new LinkedHashMap<>();

  Routes(HttpServerAdapter adapter) {
    this.adapter = adapter;
  }

  Routes add(String method, String path, HttpHandler handler) {
    exact.put(path, new Route(method, handler));
    return this;
  }

  Routes addAllBelow(String path, HttpHandler handler) {
    below.put(path + "/", handler);
    return this;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = adapter.authRequest(exchange).path();
    for (Map.Entry<String, HttpHandler> mounted : below.entrySet()) {
      if (path.startsWith(mounted.getKey())) {
        mounted.getValue().handle(exchange);
        return;
      }
    }
    Route route = exact.get(path);
    if (route == null) {
      refuse(exchange, Problem.of(404, "not_found", "There is nothing at this path."));
    } else if (!route.has(exchange.getRequestMethod())) {
      refuse(
          exchange,
          Problem.of(405, "method_not_allowed", "This path does not support this method.")
              .withHeader("Allow", route.allow()));
    } else {
      route.handler().handle(exchange);
    }
  }

  private static void refuse(HttpExchange exchange, Problem problem) throws IOException {
    HttpServerAdapter.send(exchange, problem.toResponse());
  }
}
