package com.example.undertow;

import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.AuthConfiguration;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;

/** A host with the endpoints and one route. */
public final class Hello {
  private Hello() {}

  public static Undertow server(AuthConfiguration auth, int port) {
    UndertowAdapter adapter = UndertowAdapter.of(auth.guard());
    PathHandler routes = new PathHandler(exchange -> exchange.setStatusCode(404));
    routes.addExactPath(
        "/hello",
        adapter.protect(
            Permission.authenticated(),
            (exchange, who) ->
                exchange
                    .getResponseSender()
                    .send("Hello, " + who.orElseThrow().principal().name())));
    AuthEndpoints endpoints = AuthEndpoints.of(auth.auth().accounts(), auth.guard());
    return Undertow.builder()
        .addHttpListener(port, "127.0.0.1")
        .setWorkerThreads(200)
        .setHandler(adapter.endpoints(endpoints, routes))
        .build();
  }
}
