package com.example.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class HttpServerAdapterTest {
  private final Site site = new Site();
  private final HttpServerAdapter adapter = HttpServerAdapter.of(site.guard);
  @RegisterExtension final Wire wire = new Wire();

  private void open(GuardedHandler handler) {
    wire.route(adapter.protect(Permission.anyone(), handler));
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
    Wire.Answer answer = wire.ask("GET");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.values("WWW-Authenticate"))
        .containsExactlyInAnyOrder("A realm=\"x\"", "B realm=\"x\"");
    assertThat(answer.values("Content-Length")).containsExactly("6");
    assertThat(answer.body()).isEqualTo("äöü");
  }

  @Test
  @DisplayName("GU-1 the answer to HEAD has the length of the body, and no body")
  void head() throws IOException {
    open(json(200));
    Wire.Answer answer = wire.ask("HEAD");
    assertThat(answer.values("Content-Length")).containsExactly("13");
    assertThat(answer.values("Transfer-Encoding")).isEmpty();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  @DisplayName("GU-1 an answer without a body says so")
  void noBody() throws IOException {
    open((exchange, who) -> HttpServerAdapter.send(exchange, new AuthResponse(204, List.of(), "")));
    Wire.Answer answer = wire.ask("POST");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.values("Transfer-Encoding")).isEmpty();
    assertThat(answer.body()).isEmpty();
    assertThat(wire.ask("HEAD").body()).isEmpty();
  }

  @Test
  @DisplayName(
      "GU-4 an answer that follows from credentials is no-store, once; an anonymous one is free")
  void noStore() throws IOException {
    open(json(200));
    assertThat(wire.ask("GET").values("Cache-Control")).isEmpty();
    wire.unroute();
    wire.route(
        HttpServerAdapter.of(Guard.of(AuthenticatorChain.of(ForcedAuthenticator.as("alice"))))
            .protect(
                Permission.authenticated(),
                (exchange, who) -> {
                  assertThat(exchange.getResponseHeaders().getFirst("Cache-Control"))
                      .isEqualTo("no-store");
                  json(200).handle(exchange, who);
                }));
    assertThat(wire.ask("GET").values("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("GU-1 a refusal that the guard's header fields go along with has each of them once")
  void refusalHasNoStoreOnce() throws IOException {
    wire.route(
        HttpServerAdapter.of(Guard.of(AuthenticatorChain.of(ForcedAuthenticator.as("alice"))))
            .protect(
                Permission.authenticated(),
                (exchange, who) ->
                    JsonBody.read(adapter.authRequest(exchange), exchange.getRequestBody())));
    Wire.Answer answer = wire.ask("POST");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.values("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("GU-1 the handler learns who the request is from, and is not asked if it is refused")
  void handler() throws IOException {
    wire.route(
        adapter.protect(
            access -> {
              throw new AssertionError("not asked");
            },
            (exchange, who) -> {
              throw new AssertionError("not asked");
            }));
    Wire.Answer answer = wire.ask("GET", "Authorization: Basic !!!");
    // Plain HTTP, and no development switch.
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.toString()).contains("insecure_transport");
  }

  @Test
  @DisplayName("GU-1 a handler that sends nothing doesn't leave the client waiting")
  void silentHandler() throws IOException {
    open((exchange, who) -> {});
    assertThat(wire.raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).isEmpty();
  }

  @Test
  @DisplayName("GU-1 a connection goes on after answers with and without bodies, refusals and HEAD")
  void keepsConnection() throws IOException {
    wire.route(adapter.endpoints(site.endpoints));
    String answers =
        wire.raw(
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
        (exchange, who) -> JsonBody.read(adapter.authRequest(exchange), exchange.getRequestBody()));
    int length = 60_000;
    String answer =
        wire.raw(
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + length
                + "\r\n\r\n",
            "x".repeat(length));
    assertThat(answer).startsWith("HTTP/1.1 415 ");
  }

  @Test
  @DisplayName("GU-1 endpoints are mounted as a handler")
  void mountsEndpoints() throws IOException {
    wire.route(adapter.endpoints(site.endpoints));
    assertThat(wire.ask("GET").body()).contains("not_found");
    Wire.Answer answer = wire.send("GET", "/auth/register", "");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.values("Allow")).containsExactly("POST");
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
          AuthRequest request = adapter.authRequest(exchange);
          HttpServerAdapter.send(exchange, new AuthResponse(200, List.of(), request.target()));
        });
    assertThat(wire.send("GET", sent, "").body()).isEqualTo(seen);
  }

  @Test
  @DisplayName("GU-1 the request has the method, the peer and each header line of the exchange")
  void request() throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    open(
        (exchange, who) -> {
          AuthRequest request = adapter.authRequest(exchange);
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
    wire.ask("PROPFIND", "X-Two: a", "x-two: b");
    assertThat(seen.toString(UTF_8)).isEqualTo("PROPFINDfalsetrue[a, b][]1");
  }

  @Test
  @DisplayName("GU-5 an exchange over TLS is secure")
  void secure() {
    AuthRequest request = adapter.authRequest(exchange(HttpsExchange.class));
    assertThat(request.isSecure()).isTrue();
    assertThat(adapter.authRequest(exchange(HttpExchange.class)).isSecure()).isFalse();
  }

  @Test
  @DisplayName("PW-6 a request shows none of its header fields")
  void hidesHeaders() {
    HttpExchange exchange = exchange(HttpExchange.class);
    exchange.getRequestHeaders().add("Authorization", "Basic c2VjcmV0OnNlY3JldA==");
    assertThat(adapter.authRequest(exchange)).hasToString("GET /a");
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
