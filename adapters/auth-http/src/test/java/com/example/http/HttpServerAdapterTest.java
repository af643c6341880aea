package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.HttpServerAdapter.GuardedHandler;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.testkit.ForcedAuthenticator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.slf4j.LoggerFactory;

class HttpServerAdapterTest {
  private final Site site = new Site();
  private final HttpServerAdapter adapter = HttpServerAdapter.of(site.guard);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Logger logger = (Logger) LoggerFactory.getLogger(HttpServerAdapter.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    server.stop(0);
    threads.shutdownNow();
  }

  private void route(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private void open(GuardedHandler handler) {
    route(adapter.protect(Permission.anyone(), handler));
  }

  /** What the server answers to some bytes on one connection, until it closes it. */
  private String raw(String... requests) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      socket.setSoTimeout(30_000);
      for (String request : requests) {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String ask(String method, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(method + " / HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return raw(request + "Connection: close\r\n\r\n");
  }

  private static List<String> values(String answer, String name) {
    return answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .toList();
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static GuardedHandler json(int status) {
    return (exchange, who) ->
        HttpServerAdapter.send(exchange, JsonResponse.of(status, Map.of("text", "ä")));
  }

  @Test
  @DisplayName("GU-1 the adapter writes a response out as it is, with its length in bytes")
  void writes() throws IOException {
    open(
        (exchange, who) ->
            HttpServerAdapter.send(
                exchange,
                new AuthResponse(
                    401,
                    List.of(
                        new AuthResponse.Header("WWW-Authenticate", "A realm=\"x\""),
                        new AuthResponse.Header("WWW-Authenticate", "B realm=\"x\"")),
                    "äöü")));
    String answer = ask("GET");
    assertThat(answer).startsWith("HTTP/1.1 401 ");
    assertThat(values(answer, "WWW-Authenticate"))
        .containsExactlyInAnyOrder("A realm=\"x\"", "B realm=\"x\"");
    assertThat(values(answer, "Content-Length")).containsExactly("6");
    assertThat(body(answer)).isEqualTo("äöü");
  }

  @Test
  @DisplayName("GU-1 the answer to HEAD has the length of the body, and no body")
  void head() throws IOException {
    open(json(200));
    String answer = ask("HEAD");
    assertThat(values(answer, "Content-Length")).containsExactly("13");
    assertThat(values(answer, "Transfer-Encoding")).isEmpty();
    assertThat(body(answer)).isEmpty();
  }

  @Test
  @DisplayName("GU-1 an answer without a body says so")
  void noBody() throws IOException {
    open((exchange, who) -> HttpServerAdapter.send(exchange, new AuthResponse(204, List.of(), "")));
    String answer = ask("POST");
    assertThat(answer).startsWith("HTTP/1.1 204 ");
    assertThat(values(answer, "Transfer-Encoding")).isEmpty();
    assertThat(body(answer)).isEmpty();
    assertThat(body(ask("HEAD"))).isEmpty();
  }

  @Test
  @DisplayName(
      "GU-4 an answer that follows from credentials is no-store, once; an anonymous one is free")
  void noStore() throws IOException {
    open(json(200));
    assertThat(values(ask("GET"), "Cache-Control")).isEmpty();
    server.removeContext("/");
    route(
        HttpServerAdapter.of(Guard.of(AuthenticatorChain.of(ForcedAuthenticator.as("alice"))))
            .protect(
                Permission.authenticated(),
                (exchange, who) -> {
                  assertThat(exchange.getResponseHeaders().getFirst("Cache-Control"))
                      .isEqualTo("no-store");
                  json(200).handle(exchange, who);
                }));
    assertThat(values(ask("GET"), "Cache-Control")).containsExactly("no-store");
    assertThat(log.list).isEmpty();
  }

  @Test
  @DisplayName("GU-1 a refusal that the guard's header fields go along with has each of them once")
  void refusalHasNoStoreOnce() throws IOException {
    route(
        HttpServerAdapter.of(Guard.of(AuthenticatorChain.of(ForcedAuthenticator.as("alice"))))
            .protect(
                Permission.authenticated(),
                (exchange, who) ->
                    JsonBody.read(HttpServerAdapter.request(exchange), exchange.getRequestBody())));
    String answer = ask("POST");
    assertThat(answer).startsWith("HTTP/1.1 415 ");
    assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("GU-1 the handler learns who the request is from, and is not asked if it is refused")
  void handler() throws IOException {
    route(
        adapter.protect(
            access -> {
              throw new AssertionError("not asked");
            },
            (exchange, who) -> {
              throw new AssertionError("not asked");
            }));
    String answer = ask("GET", "Authorization: Basic !!!");
    // Plain HTTP, and no development switch.
    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("insecure_transport");
    assertThat(log.list).isEmpty();
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
    route(
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
    String answer = ask("POST", "X-Secret: " + secret);
    assertThat(answer).startsWith("HTTP/1.1 500 ").doesNotContain(secret);
    assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
    assertThat(values(answer, "Content-Type")).containsExactly("application/problem+json");
    assertThat(body(answer))
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                + "\"code\":\"internal_error\",\"detail\":\"The server failed.\"}");
    assertThat(log.list).hasSize(1);
    ILoggingEvent event = log.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
    assertThat(event.getFormattedMessage())
        .startsWith("A handler failed: java.")
        .contains("\n\tat com.example.http.HttpServerAdapterTest")
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
    String answer = ask("GET");
    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("500");
    assertThat(body(answer)).hasSize(10);
    assertThat(log.list).hasSize(1);
  }

  @Test
  @DisplayName("CH-6 a store outage in a handler is 503 with Retry-After")
  void outageInHandler() throws IOException {
    open(
        (exchange, who) -> {
          throw new StoreUnavailableException("down");
        });
    String answer = ask("GET");
    assertThat(answer).startsWith("HTTP/1.1 503 ").contains("temporarily_unavailable");
    assertThat(values(answer, "Retry-After")).containsExactly("5");
  }

  @Test
  @DisplayName("GU-1 a handler that sends nothing doesn't leave the client waiting")
  void silentHandler() throws IOException {
    open((exchange, who) -> {});
    assertThat(ask("GET")).isEmpty();
  }

  @Test
  @DisplayName("GU-1 a connection goes on after answers with and without bodies, refusals and HEAD")
  void keepsConnection() throws IOException {
    route(HttpServerAdapter.endpoints(site.endpoints));
    String answers =
        raw(
            "GET /auth/me HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD /auth/me HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /auth/register HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nunread",
            "GET /auth/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ").matcher(answers).results())
        .extracting(match -> match.group(1))
        .containsExactly("401", "401", "403", "404");
  }

  @Test
  @DisplayName("GU-1 a refusal reaches a client that sends more body than anybody reads")
  void unreadBody() throws IOException {
    open(
        (exchange, who) ->
            JsonBody.read(HttpServerAdapter.request(exchange), exchange.getRequestBody()));
    int length = 60_000;
    String answer =
        raw(
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + length
                + "\r\n\r\n",
            "x".repeat(length));
    assertThat(answer).startsWith("HTTP/1.1 415 ");
  }

  @Test
  @DisplayName("GU-1 endpoints are mounted as a handler")
  void mountsEndpoints() throws IOException {
    route(HttpServerAdapter.endpoints(site.endpoints));
    assertThat(ask("GET")).startsWith("HTTP/1.1 404 ").contains("not_found");
    assertThat(raw("GET /auth/register HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: POST\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/a?b=c,/a?b=c",
    "/a%2Fb;c?d%20,/a%2Fb;c?d%20",
    "//evil/auth/me,//evil/auth/me",
    "http://127.0.0.1/a?b,/a?b",
    "http://127.0.0.1/%61,/%61"
  })
  @DisplayName("GU-1 the target is the one received, not decoded; of the absolute form its path")
  void target(String sent, String seen) throws IOException {
    open(
        (exchange, who) -> {
          AuthRequest request = HttpServerAdapter.request(exchange);
          HttpServerAdapter.send(exchange, new AuthResponse(200, List.of(), request.target()));
        });
    assertThat(body(raw("GET " + sent + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")))
        .isEqualTo(seen);
  }

  @Test
  @DisplayName("GU-1 the request has the method, the peer and each header line of the exchange")
  void request() throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    open(
        (exchange, who) -> {
          AuthRequest request = HttpServerAdapter.request(exchange);
          String text =
              request.method()
                  + request.isSecure()
                  + request.clientAddress().isLoopbackAddress()
                  + request.headers("x-TWO")
                  + request.headers("X-None")
                  + request.headerNames().stream().filter(n -> n.equalsIgnoreCase("x-two")).count();
          seen.write(text.getBytes(UTF_8));
          HttpServerAdapter.send(exchange, new AuthResponse(204, List.of(), ""));
        });
    ask("PROPFIND", "X-Two: a", "x-two: b");
    assertThat(seen.toString(UTF_8)).isEqualTo("PROPFINDfalsetrue[a, b][]1");
  }

  @Test
  @DisplayName("GU-5 an exchange over TLS is secure")
  void secure() {
    AuthRequest request = HttpServerAdapter.request(exchange(HttpsExchange.class));
    assertThat(request.isSecure()).isTrue();
    assertThat(HttpServerAdapter.request(exchange(HttpExchange.class)).isSecure()).isFalse();
  }

  @Test
  @DisplayName("PW-6 a request shows none of its header fields")
  void hidesHeaders() {
    HttpExchange exchange = exchange(HttpExchange.class);
    exchange.getRequestHeaders().add("Authorization", "Basic c2VjcmV0OnNlY3JldA==");
    assertThat(HttpServerAdapter.request(exchange)).hasToString("GET /a");
  }

  @Test
  @DisplayName("GU-1 the exchange is closed, also where the client has gone")
  void closes() throws IOException {
    HttpExchange exchange = exchange(HttpExchange.class);
    Mockito.when(exchange.getResponseHeaders()).thenReturn(new Headers());
    Mockito.when(exchange.getResponseBody())
        .thenReturn(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("gone");
              }
            });
    assertThat(
            catchThrowable(
                () -> HttpServerAdapter.send(exchange, new AuthResponse(200, List.of(), "x"))))
        .isInstanceOf(IOException.class);
    Mockito.verify(exchange).close();
  }

  private static <E extends HttpExchange> E exchange(Class<E> type) {
    E exchange = Mockito.mock(type);
    Mockito.when(exchange.getRequestMethod()).thenReturn("GET");
    Mockito.when(exchange.getRequestURI()).thenReturn(URI.create("/a?secret"));
    Mockito.when(exchange.getRequestHeaders()).thenReturn(new Headers());
    Mockito.when(exchange.getRemoteAddress())
        .thenReturn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    return exchange;
  }
}
