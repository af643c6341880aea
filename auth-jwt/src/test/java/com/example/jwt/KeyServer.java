package com.example.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Another issuer on loopback: what it answers is the test's to say, and its hits are counted. */
final class KeyServer {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile HttpHandler handler = exchange -> answer(exchange, 404, "");

  private KeyServer(HttpServer server) {
    this.server = server;
  }

  static KeyServer start() {
    try {
      KeyServer keys =
          new KeyServer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
      keys.server.setExecutor(keys.threads);
      keys.server.createContext(
          "/",
          exchange -> {
            keys.hits.incrementAndGet();
            try (exchange) {
              keys.handler.handle(exchange);
            } finally {
              keys.answered.incrementAndGet();
            }
          });
      keys.server.start();
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
  }

  int hits() {
    return hits.get();
  }

  void publish(VerificationKey... keys) {
    publish(JwkSet.publicJwkSet(List.of(keys)));
  }

  void publish(String body) {
    answer(200, body);
  }

  void answer(int status, String body) {
    handler = exchange -> answer(exchange, status, body);
  }

  void answer(HttpHandler own) {
    handler = own;
  }

  /** The next answers, and those that have begun, wait for the latch. */
  void holdBack(CountDownLatch until) {
    HttpHandler after = handler;
    handler =
        exchange -> {
          await(until);
          after.handle(exchange);
        };
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }
}
