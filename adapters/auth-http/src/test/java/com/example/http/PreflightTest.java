package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser asks before another site's page may send a request. */
class PreflightTest {
  private static final String ORIGIN = "Origin: https://app.example";
  private static final String ASKED = "Access-Control-Request-Method: POST";

  @RegisterExtension final Wire wire = new Wire();

  private final Site site = new Site();
  private final HttpServerAdapter plain = HttpServerAdapter.of(site.guard);
  private final HttpServerAdapter cors =
      plain.withPreflights(
          exchange -> HttpServerAdapter.send(exchange, new AuthResponse(204, List.of(), "")));

  private void open(HttpServerAdapter adapter) {
    wire.route(
        adapter.protect(
            Permission.authenticated(),
            (exchange, who) ->
                HttpServerAdapter.send(exchange, new AuthResponse(200, List.of(), "secret"))));
    wire.route(site.endpoints.basePath(), adapter.endpoints(site.endpoints));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/auth/me"})
  @DisplayName("AD-7 without the option a preflight is a request like any other")
  void byDefault(String target) throws IOException {
    open(plain);
    assertThat(wire.send("OPTIONS", target, "", ORIGIN, ASKED).status()).isIn(401, 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/auth/me", "/auth/nothing"})
  @DisplayName("AD-7 with it the host's CORS handling answers, and no handler behind the guard")
  void preflight(String target) throws IOException {
    open(cors);
    Wire.Answer answer = wire.send("OPTIONS", target, "", ORIGIN, ASKED);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(site.listener.events()).isEmpty();
  }

  @Test
  @DisplayName("AD-7 nothing else gets past the guard by it")
  void nothingElse() throws IOException {
    open(cors);
    assertThat(wire.ask("OPTIONS", ORIGIN).status()).isEqualTo(401);
    assertThat(wire.ask("OPTIONS", ASKED).status()).isEqualTo(401);
    assertThat(wire.ask("GET", ORIGIN, ASKED).status()).isEqualTo(401);
    assertThat(wire.ask("POST", ORIGIN, ASKED).status()).isEqualTo(401);
    assertThat(wire.ask("options", ORIGIN, ASKED).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("AD-6, AD-7 CORS handling that fails is 500, and one that sends nothing is an end")
  void fails() throws IOException {
    open(
        plain.withPreflights(
            exchange -> {
              exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
              throw new IllegalStateException();
            }));
    Wire.Answer answer = wire.ask("OPTIONS", ORIGIN, ASKED);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.values("Access-Control-Allow-Origin")).isEmpty();
    wire.unroute();
    wire.route(
        plain
            .withPreflights(exchange -> {})
            .protect(Permission.anyone(), (exchange, who) -> exchange.close()));
    assertThat(wire.raw("OPTIONS / HTTP/1.1\r\nHost: a\r\n" + ORIGIN + "\r\n" + ASKED + "\r\n\r\n"))
        .isEmpty();
  }

  @Test
  @DisplayName("AD-7 the option makes a new adapter; null is refused")
  void option() {
    assertThat(cors).isNotSameAs(plain);
    assertThatNullPointerException()
        .isThrownBy(() -> plain.withPreflights(null))
        .withMessage("preflights");
  }
}
