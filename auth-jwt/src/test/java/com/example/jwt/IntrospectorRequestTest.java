package com.example.jwt;

import static com.example.jwt.AskedServer.AUDIENCE;
import static com.example.jwt.AskedServer.SECRET;
import static com.example.jwt.AskedServer.assertActive;
import static com.example.jwt.AskedServer.assertRefused;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Secret;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.token.TokenIntrospector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the server, and what comes back if something is wrong. */
class IntrospectorRequestTest {
  private final AskedServer asked = new AskedServer();
  private final TokenIntrospector introspector = asked.builder().build();

  @AfterEach
  void stop() {
    asked.close();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertOutage(TokenIntrospector by) {
    return assertThatThrownBy(() -> by.introspect("the-token"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(asked.server.uri().toString())
        .satisfies(
            thrown ->
                assertThat(Throwables.getStackTrace(thrown)).doesNotContain("the-token", SECRET));
  }

  private void assertOneOutage() {
    assertThat(asked.events.events(AuthEvent.StoreOutage.class))
        .extracting(AuthEvent.StoreOutage::during)
        .containsExactly("introspection_endpoint");
  }

  @Test
  @DisplayName("RFC 7662 section 2.1 a form is posted, with the token encoded and a hint")
  void form() {
    assertRefused(introspector, "a+b/c~d==", "inactive");
    AskedServer.Request request = asked.requests.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("Content-type")).containsExactly("application/x-www-form-urlencoded");
    assertThat(request.header("Accept")).containsExactly("application/json");
    assertThat(request.body().split("&"))
        .containsExactlyInAnyOrder("token=a%2Bb%2Fc%7Ed%3D%3D", "token_type_hint=access_token");
  }

  @Test
  @DisplayName("RFC 6749 section 2.3.1 id and secret are form-encoded before they are joined")
  void basic() {
    TokenIntrospector odd =
        asked.bare().clientSecret("a:b c", Secret.of("s+é:%")).audience(AUDIENCE).build();
    assertRefused(odd, "t", "inactive");
    String sent = asked.requests.get(0).header("Authorization").get(0);
    assertThat(sent).startsWith("Basic ");
    assertThat(
            new String(
                Base64.getDecoder().decode(sent.substring("Basic ".length())),
                StandardCharsets.UTF_8))
        .isEqualTo("a%3Ab+c:s%2B%C3%A9%3A%25");
  }

  @Test
  @DisplayName("RFC 7662 section 2.1 a bearer token of the host's is asked for at each request")
  void bearer() {
    AtomicInteger number = new AtomicInteger();
    TokenIntrospector own =
        asked
            .bare()
            .bearer(() -> Secret.of("own-" + number.incrementAndGet()))
            .audience(AUDIENCE)
            .build();
    assertRefused(own, "t", "inactive");
    assertRefused(own, "t", "inactive");
    assertRefused(own, "u", "inactive");
    assertThat(asked.requests)
        .extracting(request -> request.header("Authorization").get(0))
        .containsExactly("Bearer own-1", "Bearer own-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nX: y", "é"})
  @DisplayName("PW-6 a bearer token that can't be sent is an outage, and is not quoted")
  void badBearer(String text) {
    TokenIntrospector own =
        asked
            .bare()
            .bearer(() -> Secret.of(SECRET + text + (text.isEmpty() ? "," : "")))
            .audience(AUDIENCE)
            .build();
    assertOutage(own);
    assertOneOutage();
    assertThat(asked.requests).isEmpty();
  }

  @Test
  @DisplayName(
      "CH-6 what the host's supplier throws is an outage, and the next request tries again")
  void throwing() {
    AtomicInteger calls = new AtomicInteger();
    TokenIntrospector own =
        asked
            .bare()
            .bearer(
                () -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new StoreUnavailableException("no token yet");
                  }
                  return Secret.of("own");
                })
            .audience(AUDIENCE)
            .build();
    assertOutage(own).hasRootCauseMessage("no token yet");
    assertRefused(own, "the-token", "inactive");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 429, 500, 503})
  @DisplayName("RFC 7662 section 2.3 another status than 200 is an outage; no redirect is followed")
  void status(int status) {
    KeyServer elsewhere = KeyServer.start();
    elsewhere.answer(200, asked.active());
    asked.server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", elsewhere.uri().toString());
          KeyServer.answer(exchange, status, status == 204 ? "" : asked.active());
        });
    assertOutage(introspector).rootCause().hasMessageStartingWith("status " + status);
    assertOneOutage();
    assertThat(elsewhere.hits()).isZero();
    elsewhere.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "[{\"active\":true}]",
        "<html>",
        "{\"active\":\"true\"}",
        "{\"active\":\"false\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":[true]}",
        "{\"Active\":true}",
        "{\"active\":false,\"active\":true}",
        "{\"active\":true} x",
        "{\"active\":true",
        "\uFEFF{\"active\":false}"
      })
  @DisplayName("RFC 7662 section 2.2 an answer without an active that is a boolean is an outage")
  void badAnswer(String body) {
    asked.server.answer(200, body);
    assertOutage(introspector);
    assertOneOutage();
    asked.server.answer(200, asked.active());
    assertActive(introspector, "the-token"); // nothing of it is remembered
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 an answer of 64 KiB is read, a longer one is an outage")
  void length() {
    String answer = asked.active("\"x\":\"\"");
    String longest =
        answer.replace("\"x\":\"\"", "\"x\":\"" + "a".repeat((64 << 10) - answer.length()) + "\"");
    asked.server.answer(200, longest.replace("\"a", "\"aa"));
    assertOutage(introspector);
    asked.server.answer(200, longest);
    assertActive(introspector, "the-token");
  }

  @Test
  @Timeout(60)
  @DisplayName("CH-6 a server that doesn't answer in time is an outage, as is one that is gone")
  void silent() {
    TokenIntrospector hasty = asked.builder().timeout(Duration.ofMillis(100)).build();
    CountDownLatch never = new CountDownLatch(1);
    asked.server.holdBack(never);
    assertOutage(hasty);
    assertOneOutage();
    never.countDown();
    until(() -> asked.requests.size() == 1);
    asked.server.stop();
    assertOutage(introspector);
  }

  @Test
  @DisplayName("CH-6 while the server is away, remembered tokens are good for as long as always")
  void remembered() {
    asked.activate("t");
    assertActive(introspector, "t");
    asked.server.answer(503, "");
    asked.clock.advance(Duration.ofMinutes(1).minusMillis(1));
    assertActive(introspector, "t");
    asked.clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> introspector.introspect("t"))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
