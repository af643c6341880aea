package com.example.vertx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.Guard;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a refusal is, whatever a handler before the guard has said of the length. */
@Timeout(60)
class FramingTest {
  private static final Guard GUARD =
      Guard.of(AuthenticatorChain.of(request -> NotAttempted.NO_CREDENTIALS));

  private static Router router(Vertx vertx, Lanes lanes) {
    Router router = Router.router(vertx);
    router
        .route("/chunked")
        .handler(
            ctx -> {
              ctx.response().setChunked(true);
              ctx.next();
            });
    router
        .route("/long")
        .handler(
            ctx -> {
              ctx.response().putHeader("Content-Length", "100000");
              ctx.next();
            });
    router.route().handler(AuthHandler.of(GUARD, lanes));
    return router;
  }

  private static String answer(int port, String method, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chunked", "/long", "/"})
  @DisplayName(
      "RFC 9112 section 6.2: a refusal has one length, as its HEAD has, and no Transfer-Encoding")
  void oneLength(String path) throws Exception {
    Sallyport auth = Sallyport.of(CredentialStore.inMemory(), TokenStore.inMemory());
    Vertx vertx = Vertx.vertx();
    try (Lanes lanes = Lanes.of(auth)) {
      HttpServer server =
          vertx
              .createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0))
              .requestHandler(router(vertx, lanes))
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      String[] parts = answer(server.actualPort(), "GET", path).split("\r\n\r\n", 2);
      assertThat(parts[0])
          .startsWith("HTTP/1.1 403 ")
          .doesNotContainIgnoringCase("Transfer-Encoding")
          .containsIgnoringCase("\r\nContent-Length: " + parts[1].length());
      assertThat(parts[1]).startsWith("{").endsWith("}");
      assertThat(answer(server.actualPort(), "HEAD", path))
          .as("RFC 9110 section 8.6")
          .isEqualTo(parts[0] + "\r\n\r\n");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }
}
