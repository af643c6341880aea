package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection;
import com.example.eventloop.SiteOptions;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that something else answers while the guard waits. */
@Timeout(60)
class AnsweredWhileWaitingTest {
  private static final int LENGTH = 1024 * 1024;

  private final CompletableFuture<Runnable> answer = new CompletableFuture<>();
  private Site site;

  @BeforeEach
  void start() throws Exception {
    site = new Site(SiteOptions.standard().turns(1), this::routes);
    site.hasher().hold();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private void routes(Site here, Router router) {
    router.post("/free").handler(BodyHandler.create(false)).handler(AnsweredWhileWaitingTest::say);
    router
        .post()
        .handler(
            ctx -> {
              Context context = here.vertx.getOrCreateContext();
              answer.complete(() -> context.runOnContext(late -> ctx.fail(503)));
              ctx.next();
            });
    router.post().handler(here.auth).handler(AnsweredWhileWaitingTest::say);
  }

  private static void say(RoutingContext ctx) {
    ctx.response().end(ctx.body().length() + " bytes");
  }

  /** Answers what waits, in its event loop. */
  private void answer() throws Exception {
    site.hasher().awaitBegun(1);
    answer.get(30, TimeUnit.SECONDS).run();
  }

  @Test
  @DisplayName("AD-9 who is answered by something else while waiting can use the connection again")
  void connection() throws Exception {
    try (Connection connection = site.connect()) {
      connection.send(Connection.begin("/", LENGTH, Site.basic("nobody", "wrong")));
      answer();
      assertThat(connection.answer().status()).isEqualTo(503);
      connection.send("x".repeat(LENGTH));
      assertThat(connection.post("/free", "text/plain", "hello").body()).isEqualTo("5 bytes");
    }
  }

  @Test
  @DisplayName("AD-9 over HTTP/2, such a request keeps no other stream of its connection waiting")
  void stream() throws Exception {
    HttpClient client = site.http2Client();
    String line = Site.basic("nobody", "wrong");
    HttpClientRequest first = post(client, "/");
    first.putHeader("Authorization", line.substring(line.indexOf(' ') + 1));
    first.setChunked(true).write(Buffer.buffer("x".repeat(LENGTH)));
    answer();
    assertThat(Site.get(first.response()).statusCode()).isEqualTo(503);
    Buffer whole = Buffer.buffer("y".repeat(LENGTH));
    assertThat(Site.get(post(client, "/free").send(whole).compose(HttpClientResponse::body)))
        .hasToString(LENGTH + " bytes");
    Site.get(client.close());
  }

  private HttpClientRequest post(HttpClient client, String path) throws Exception {
    return Site.get(client.request(HttpMethod.POST, site.port(), "localhost", path));
  }
}
