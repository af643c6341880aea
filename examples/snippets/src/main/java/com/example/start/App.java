package com.example.start;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.TransportSecurity;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A server with one protected route. */
public final class App {
  private App() {}

  public static void main(String[] args) throws IOException {
    HttpServer server = start(8080);
    System.out.println("Listening on http://127.0.0.1:" + server.getAddress().getPort());
  }

  public static HttpServer start(int port) throws IOException {
    // Accepts plain HTTP from this machine. Leave it out once the server has TLS.
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    Sallyport auth = Sallyport.of(environment, CredentialStore.inMemory(), TokenStore.inMemory());
    Guard guard = auth.guard(BasicAuthenticator.of(auth), SessionAuthenticator.of(auth));

    HttpServerAdapter adapter = HttpServerAdapter.of(guard);
    AuthEndpoints endpoints = AuthEndpoints.of(auth.accounts(), guard);
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 0);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext("/auth", adapter.endpoints(endpoints));
    server.createContext("/hello", adapter.protect(Permission.authenticated(), App::hello));
    server.start();
    return server;
  }

  private static void hello(HttpExchange exchange, Optional<Authenticated> who) throws IOException {
    byte[] text =
        ("Hello, " + who.orElseThrow().principal().name() + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
  }
}
