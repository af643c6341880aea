package com.example.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpHandler;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.HttpServerAdapter.GuardedHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpServerFaultsTest {
  @RegisterExtension final Wire wire = new Wire();

  private final HttpServerAdapter adapter = HttpServerAdapter.of(new Site().guard);
  private final Logger logger = (Logger) LoggerFactory.getLogger(HttpServerAdapter.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private void open(GuardedHandler handler) {
    wire.route(adapter.protect(Permission.anyone(), handler));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime",
        "error",
        "overflow",
        "io",
        "in the permission",
        "after headers were set"
      })
  @DisplayName(
      "CH-6 an unexpected exception is 500 without details, and the log has no request data")
  void unexpected(String where) throws IOException {
    String secret = "secret-of-the-request";
    wire.route(
        adapter.protect(
            access -> {
              if (where.equals("in the permission")) {
                throw new IllegalStateException(secret);
              }
              return Permission.anyone().check(access);
            },
            (exchange, who) -> {
              switch (where) {
                case "io" -> throw new IOException(secret, new RuntimeException(secret));
                case "error" -> throw new AssertionError(secret);
                case "overflow" -> throw new StackOverflowError(secret);
                case "after headers were set" -> {
                  exchange.getResponseHeaders().add("Set-Cookie", "a=" + secret);
                  throw new IllegalStateException(secret);
                }
                default -> throw new RuntimeException(secret);
              }
            }));
    Wire.Answer answer = wire.ask("POST", "X-Secret: " + secret);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.toString()).doesNotContain(secret);
    assertThat(answer.values("Cache-Control")).containsExactly("no-store");
    assertThat(answer.values("Content-Type")).containsExactly("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                + "\"code\":\"internal_error\",\"detail\":\"The server could not handle the request.\"}");
    assertThat(log.list).hasSize(1);
    ILoggingEvent event = log.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
    assertThat(event.getFormattedMessage())
        .startsWith("A handler failed: java.")
        .contains("\n\tat com.example.http.HttpServerFaultsTest")
        .doesNotContain(secret);
    assertThat(event.getThrowableProxy()).isNull();
    if (where.equals("io")) {
      assertThat(event.getFormattedMessage()).contains("\ncaused by java.lang.RuntimeException\n");
    }
  }

  @Test
  @DisplayName("CH-6 an exception in the middle of an answer breaks it off")
  void breaksOff() throws IOException {
    open(
        (exchange, who) -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          throw new IllegalStateException();
        });
    Wire.Answer answer = wire.ask("GET");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.toString()).doesNotContain("500");
    assertThat(answer.body()).hasSize(10);
    assertThat(log.list).hasSize(1);
  }

  @Test
  @DisplayName("EV-1 a client that goes away in the middle of its body is no fault of the server")
  void clientGoesAway() throws Exception {
    Site site = new Site();
    CountDownLatch answered = new CountDownLatch(1);
    HttpHandler endpoints =
        HttpServerAdapter.of(site.guardBehind("127.0.0.0/8")).endpoints(site.endpoints);
    wire.route(
        exchange -> {
          try {
            endpoints.handle(exchange);
          } finally {
            answered.countDown();
          }
        });
    wire.sendAndReset(
        "POST /auth/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{\"user");
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(log.list).allSatisfy(e -> assertThat(e.getLevel()).isEqualTo(Level.DEBUG));
  }

  @Test
  @DisplayName("AD-6 a body that breaks off in a handler is answered by nothing, and is no error")
  void bodyBreaksOff() throws IOException {
    open((exchange, who) -> exchange.getRequestBody().readAllBytes());
    try (Socket socket = wire.connect()) {
      socket
          .getOutputStream()
          .write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab".getBytes(US_ASCII));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(log.list).allSatisfy(e -> assertThat(e.getLevel()).isEqualTo(Level.DEBUG));
  }

  @Test
  @DisplayName("AD-6 a response that can't be written to its end is no error")
  void responseBreaksOff() throws IOException {
    open(
        (exchange, who) -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().flush(); // newer JDKs hold the head back
          throw new IOException("broken pipe");
        });
    assertThat(wire.ask("GET").status()).isEqualTo(200);
    assertThat(log.list).allSatisfy(e -> assertThat(e.getLevel()).isEqualTo(Level.DEBUG));
  }

  @Test
  @DisplayName("AD-6 16 MiB of an unread body are read behind the answer, but not without end")
  void discardsNotForEver() throws IOException {
    wire.route(adapter.endpoints(new Site().endpoints));
    byte[] part = new byte[1024 * 1024];
    try (Socket socket = wire.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /auth/register HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
              .getBytes(US_ASCII));
      for (int i = 0; i < 16; i++) {
        out.write(part);
      }
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 403");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 500; i++) {
                  out.write(part);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("CH-6 a store outage in a handler is 503 with Retry-After")
  void outageInHandler() throws IOException {
    open(
        (exchange, who) -> {
          throw new StoreUnavailableException("down");
        });
    Wire.Answer answer = wire.ask("GET");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.toString()).contains("temporarily_unavailable");
    assertThat(answer.values("Retry-After")).containsExactly("5");
  }
}
