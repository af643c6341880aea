package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.eventloop.Connection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies over HTTP/2, which end or are reset; and what a connection is upgraded to. */
@Timeout(60)
class Http2BodyTest {
  private Site site;
  private HttpClient client;
  private WebSocketClient sockets; // Vert.x closes one that nobody holds

  @BeforeEach
  void start() throws Exception {
    site = new Site(Http2BodyTest::routes);
    sockets = site.vertx.createWebSocketClient();
    client = site.http2Client();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private static void routes(Site site, Router router) {
    router
        .get("/socket")
        .handler(site.auth)
        .handler(
            ctx ->
                ctx.request()
                    .toWebSocket()
                    .onSuccess(socket -> socket.writeTextMessage(ctx.user().get("username")))
                    .onFailure(ctx::fail));
    router
        .get("/begun")
        .handler(
            ctx -> {
              ctx.response().write("half");
              throw new IllegalStateException("a defect");
            });
    router
        .route()
        .handler(site.auth)
        .handler(BodyHandler.create(false))
        .handler(
            ctx -> {
              Buffer body = ctx.body().buffer();
              ctx.response().end((body == null ? 0 : body.length()) + " bytes");
            });
  }

  private HttpClientRequest post(String target, String... line) throws Exception {
    HttpClientRequest request =
        Site.get(client.request(HttpMethod.POST, site.port(), "localhost", target));
    for (String one : line) {
      int colon = one.indexOf(": ");
      request.putHeader(one.substring(0, colon), one.substring(colon + 2));
    }
    return request.setChunked(true);
  }

  @Test
  @DisplayName("AD-6 a stream that is reset in the middle of its body costs nobody anything")
  void reset() throws Exception {
    String session = site.session();
    String form = "Content-Type: application/x-www-form-urlencoded";
    for (int i = 0; i < 20; i++) {
      for (HttpClientRequest request :
          new HttpClientRequest[] {
            post("/auth/login", "Content-Type: application/json"),
            post("/", session, form),
            post("/", Site.alice()),
            post("/")
          }) {
        Site.get(request.write("x=y"));
        request.reset();
      }
    }
    HttpClientRequest last = post("/", Site.alice());
    Buffer whole = Buffer.buffer("y".repeat(200_000));
    assertThat(Site.get(last.send(whole).compose(HttpClientResponse::body)))
        .hasToString("200000 bytes");
    site.awaitLanes("store=0/");
    site.awaitLanes("hash=0/");
  }

  @Test
  @DisplayName(
      "AD-2 who holds a body back is refused without being asked, and may send it after all")
  void heldBack() throws Exception {
    for (int i = 0; i < 5; i++) {
      HttpClientRequest request = post("/", "Expect: 100-continue");
      request.sendHead();
      assertThat(Site.get(request.response()).statusCode()).isEqualTo(401);
      request.end("y".repeat(100_000));
    }
    assertThat(Site.get(post("/", Site.alice()).send("abc")).statusCode())
        .as("on the same connection, whose window is not used up")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("AD-6 a response that has begun is reset as an error, and not as if it were whole")
  void begun() throws Exception {
    Future<Buffer> body =
        client
            .request(HttpMethod.GET, site.port(), "localhost", "/begun")
            .compose(HttpClientRequest::send)
            .compose(HttpClientResponse::body);
    assertThatThrownBy(() -> Site.get(body))
        .cause()
        .isInstanceOfSatisfying(
            StreamResetException.class,
            reset -> assertThat(reset.getCode()).as("INTERNAL_ERROR").isEqualTo(2));
  }

  @Test
  @DisplayName("AD-5 a WebSocket is opened for whom the guard lets in, after its wait as well")
  void webSocket() throws Exception {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("localhost").setPort(site.port()).setURI("/socket");
    String[] upgrade = {
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    try (Connection connection = site.connect()) {
      assertThat(connection.ask("GET", "/socket", upgrade).status()).isEqualTo(401);
      assertThat(connection.ask("GET", "/", Site.alice()).status()).isEqualTo(200);
    }
    String line = Site.alice();
    options.addHeader("Authorization", line.substring(line.indexOf(' ') + 1));
    CompletableFuture<String> said = new CompletableFuture<>();
    WebSocket socket =
        Site.get(
            sockets.connect(options).onSuccess(open -> open.textMessageHandler(said::complete)));
    assertThat(said.get(30, TimeUnit.SECONDS)).isEqualTo("alice");
    Site.get(socket.close());
  }
}
