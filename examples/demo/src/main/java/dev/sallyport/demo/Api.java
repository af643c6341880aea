package dev.sallyport.demo;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.Authenticated;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.http.RefusedRequestException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The demo's routes behind the guard. */
record Api(HttpServerAdapter adapter) {
  /** Needs no caller: shows what a request costs without a guard. */
  static void ping(HttpExchange exchange) throws IOException {
    send(exchange, 200, Map.of("hello", "anybody", "scheme", "none"));
  }

  static void open(HttpExchange exchange, Optional<Authenticated> who) throws IOException {
    String name = who.map(known -> known.principal().name()).orElse("anonymous");
    send(exchange, 200, Map.of("public", name));
  }

  static void hello(HttpExchange exchange, Optional<Authenticated> who) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("hello", who.orElseThrow().principal().name());
    fields.put("scheme", who.orElseThrow().scheme());
    send(exchange, 200, fields);
  }

  void note(HttpExchange exchange, Optional<Authenticated> who)
      throws IOException, RefusedRequestException {
    JsonBody body = JsonBody.read(adapter.authRequest(exchange), exchange.getRequestBody());
    send(exchange, 201, Map.of("text", body.text("text")));
  }

  static void admin(HttpExchange exchange, Optional<Authenticated> who) throws IOException {
    send(exchange, 200, Map.of("admin", who.orElseThrow().principal().name()));
  }

  private static void send(HttpExchange exchange, int status, Map<String, String> fields)
      throws IOException {
    HttpServerAdapter.send(exchange, JsonResponse.of(status, fields));
  }
}
