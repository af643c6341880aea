package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.WatchedTokenStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A host whose clock the test sets, and whose answers it can hold back. */
final class ClientSite implements HttpHandler, AutoCloseable {
  final SettableClock clock = SettableClock.create();
  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  private final AuthConfiguration built;
  private final AuthEndpoints endpoints;
  private final HttpHandler endpointsHandler;
  private final HttpHandler hello;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, CountDownLatch> gates = new HashMap<>();
  private volatile String elsewhere = "/";

  /**
   * Starts it.
   *
   * @param delivery of JWTs: header or cookie
   * @param grace of refresh tokens, in seconds
   */
  ClientSite(String delivery, int grace) throws Exception {
    AuthEnvironment environment = AuthEnvironment.standard().withClock(clock);
    built =
        AuthConfiguration.builder(
                Map.of(
                    "auth.chain", "jwt, session",
                    "auth.jwt.issuer", "client-site",
                    "auth.jwt.audience", "client-site",
                    "auth.jwt.delivery", delivery,
                    "auth.jwt.grace", Integer.toString(grace),
                    "auth.passwords.cost", "10",
                    "auth.transport", "optional-on-loopback-for-development"))
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, tokens)
            .with(AuthEnvironment.class, environment)
            .with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256))
            .build();
    endpoints =
        AuthEndpoints.builder(built.auth().accounts(), built.guard()).javaScriptClient().build();
    HttpServerAdapter adapter = HttpServerAdapter.of(built.guard());
    endpointsHandler = adapter.endpoints(endpoints);
    hello =
        adapter.protect(
            Permission.authenticated(),
            (exchange, who) ->
                HttpServerAdapter.send(
                    exchange,
                    JsonResponse.of(200, Map.of("hello", who.orElseThrow().principal().name()))));
    server = HttpServer.create(new InetSocketAddress(RunningDemo.loopback(1), 0), 0);
    server.createContext("/", this);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Where {@code /away} leads. */
  void redirectTo(String address) {
    elsewhere = address;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    CountDownLatch gate = arrive(path);
    try {
      if (!gate.await(60, TimeUnit.SECONDS)) {
        throw new IOException("nobody let " + path + " go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (path.startsWith(endpoints.basePath() + "/")) {
      endpointsHandler.handle(exchange);
    } else if (path.equals("/api/hello")) {
      hello.handle(exchange);
    } else if (path.equals("/away")) {
      HttpServerAdapter.send(
          exchange,
          new AuthResponse(302, List.of(new AuthResponse.Header("Location", elsewhere)), ""));
    } else {
      page(exchange);
    }
    count(exchange.getResponseCode() + " " + path);
  }

  static void page(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    byte[] page = "<!doctype html><title>A page</title><p>Hello".getBytes(UTF_8);
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private synchronized CountDownLatch arrive(String path) {
    count("arrived " + path);
    return gates.getOrDefault(path, new CountDownLatch(0));
  }

  private synchronized void count(String what) {
    counts.merge(what, 1, Integer::sum);
    notifyAll();
  }

  /** How often it was answered so, such as {@code 200 /auth/jwt/refresh}. */
  synchronized int answers(String answer) {
    return counts.getOrDefault(answer, 0);
  }

  /** Waits for answers, or for requests such as {@code arrived /auth/jwt/refresh}. */
  synchronized void until(String what, int times) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answers(what) < times) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + times + " times " + what + ": " + counts);
      }
      wait(left);
    }
  }

  /** From now on, requests to a path wait; those that wait go on when the latch is counted down. */
  synchronized CountDownLatch hold(String path) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(path, gate);
    return gate;
  }

  /** New requests to a path don't wait. */
  synchronized void pass(String path) {
    gates.remove(path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    built.close();
  }
}
