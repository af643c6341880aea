package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.example.eventloop.Connection;
import com.example.eventloop.Connection.Answer;
import dev.sallyport.guard.Permission;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A handler whose upstream goes away, in contrast to a client that does. */
@Timeout(60)
class UpstreamTest {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final CountDownLatch gone = new CountDownLatch(1);
  private Site site;
  private HttpClient http1;
  private HttpClient http2;
  private int upstream;

  @BeforeEach
  void start() throws Exception {
    site = new Site(this::routes);
    http1 = site.vertx.createHttpClient();
    http2 = site.http2Client();
    upstream =
        Site.get(
                site.vertx
                    .createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0))
                    .requestHandler(request -> request.response().reset())
                    .listen())
            .actualPort();
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stop() {
    site.close();
    root.detachAppender(logged);
  }

  private void routes(Site here, Router router) {
    router.route().handler(here.auth.needing(Permission.anyone()));
    router.get("/over/1").handler(ctx -> ask(http1, ctx, 500));
    router.get("/over/2").handler(ctx -> ask(http2, ctx, 500));
    router.get("/gateway").handler(ctx -> ask(http1, ctx, 502));
    router
        .post()
        .handler(
            ctx -> {
              ctx.addEndHandler(end -> gone.countDown());
              ctx.next();
            });
    router.post().handler(BodyHandler.create(false));
    router.get("/").handler(ctx -> ctx.response().end("hello"));
  }

  private void ask(HttpClient client, RoutingContext ctx, int status) {
    client
        .request(HttpMethod.GET, upstream, "localhost", "/")
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .onSuccess(ctx.response()::end)
        .onFailure(thrown -> ctx.fail(status, thrown));
  }

  @Test
  @DisplayName("AD-6 an upstream that closes or resets is 500 and logged, and nobody hangs")
  void upstream() throws Exception {
    try (Connection connection = site.connect()) {
      for (String path : new String[] {"/over/1", "/over/2"}) {
        Answer answer = connection.ask("GET", path);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal_error\"");
      }
      assertThat(connection.ask("GET", "/gateway").status()).as("the host's own").isEqualTo(502);
    }
    HttpClientRequest request =
        Site.get(http2.request(HttpMethod.GET, site.port(), "localhost", "/over/2"));
    assertThat(Site.get(request.send()).statusCode()).isEqualTo(500);
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.startsWith("A handler failed: "))
        .hasSize(3);
  }

  @Test
  @DisplayName("AD-6 a client that goes away in its body is no error, and nothing is logged")
  void client() throws Exception {
    Connection connection = site.connect();
    connection.send(Connection.begin("/", 100) + "half");
    try (Connection other = site.connect()) {
      assertThat(other.ask("GET", "/").status()).as("its head has arrived").isEqualTo(200);
      connection.close();
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(other.ask("GET", "/").status()).as("turns later").isEqualTo(200);
    }
    assertThat(logged.list).isEmpty();
  }

  @Test
  @DisplayName("AD-6 a client that resets its stream in the body is no error either")
  void stream() throws Exception {
    HttpClientRequest request =
        Site.get(http2.request(HttpMethod.POST, site.port(), "localhost", "/"));
    Site.get(request.setChunked(true).write(Buffer.buffer("half")));
    HttpClientRequest other =
        Site.get(http2.request(HttpMethod.GET, site.port(), "localhost", "/"));
    assertThat(Site.get(other.send()).statusCode()).isEqualTo(200);
    request.exceptionHandler(own -> {}).reset();
    assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    try (Connection later = site.connect()) {
      assertThat(later.ask("GET", "/").status()).as("turns later").isEqualTo(200);
    }
    assertThat(logged.list).isEmpty();
  }
}
