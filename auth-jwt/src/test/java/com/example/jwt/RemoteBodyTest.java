package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteBodyTest {
  private final RemoteKeys remote = new RemoteKeys();
  private final SigningKey first = remote.first;
  private final SigningKey second = RemoteKeys.key("2");

  @AfterEach
  void stop() {
    remote.close();
  }

  private void assertTaken(SigningKey by) {
    assertThat(remote.verifier.verify(Pairs.token(by))).isInstanceOf(VerifiedJwt.class);
  }

  private void assertUnavailable(JwtVerifier verifier) {
    String token = Pairs.token(first);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> verifier.verify(token))
        .withMessageContaining(remote.server.uri().toString());
  }

  private List<AuthEvent.StoreOutage> outages() {
    return remote.events.events(AuthEvent.StoreOutage.class);
  }

  static Stream<String> badAnswers() {
    String good = JwkSet.publicJwkSet(List.of(RemoteKeys.key("2").verificationKey()));
    String key = good.substring(9, good.length() - 2);
    return Stream.of(
        "",
        " ",
        "null",
        "{}",
        "[]",
        "<html>",
        "{\"keys\":{}}",
        "{\"keys\":null}",
        good + "x",
        good + good,
        "\uFEFF" + good,
        good.replace("\"keys\"", "\"keys\":[],\"keys\""),
        "{\"keys\":[" + "{},".repeat(100) + key + "]}",
        "{\"a\":" + "[".repeat(20_000));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  @DisplayName("JW-5 an answer that is no JWK Set is an outage, and the last good set stays")
  void badAnswer(String body) {
    assertTaken(first);
    remote.server.publish(body);
    remote.clock.advance(Duration.ofSeconds(30));
    assertThat(refusal(remote.verifier.verify(Pairs.token(second))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(outages()).hasSize(1);
    assertTaken(first);
    assertThat(remote.server.hits()).isEqualTo(2);
  }

  @Test
  @DisplayName("JW-5 bytes that are no UTF-8 are no JWK Set")
  void noUtf8() {
    assertTaken(first);
    remote.server.answer(
        exchange -> {
          byte[] bytes = "{\"keys\":[],\"x\":\"\u00FF\"}".getBytes(StandardCharsets.ISO_8859_1);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    remote.clock.advance(Duration.ofSeconds(30));
    assertThat(refusal(remote.verifier.verify(Pairs.token(second))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(outages()).hasSize(1);
    assertTaken(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 201, 204, 206, 301, 302, 303, 307, 308, 400, 401, 404, 500, 503})
  @DisplayName("JW-5 another status than 200 is an outage; a redirect is followed nowhere")
  void status(int status) {
    KeyServer elsewhere = KeyServer.start();
    elsewhere.publish(first.verificationKey());
    String good = JwkSet.publicJwkSet(List.of(first.verificationKey()));
    remote.server.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", elsewhere.uri().toString());
          KeyServer.answer(exchange, status == 100 ? 299 : status, status == 204 ? "" : good);
        });
    assertUnavailable(remote.verifier);
    assertThat(elsewhere.hits()).isZero();
    assertThat(outages()).hasSize(1);
    elsewhere.stop();
  }

  @Test
  @DisplayName("JW-5 a body of a mebibyte is read, one byte more is an outage")
  void size() {
    String good = JwkSet.publicJwkSet(List.of(first.verificationKey()));
    remote.server.publish(good + " ".repeat((1 << 20) - good.length() + 1));
    assertUnavailable(remote.verifier);
    assertThat(outages().get(0).fault()).isEqualTo("java.io.IOException");
    remote.clock.advance(Duration.ofSeconds(5));
    remote.server.publish(good + " ".repeat((1 << 20) - good.length()));
    assertTaken(first);
  }

  @Test
  @Timeout(30)
  @DisplayName("JW-5 an endless body is cut off at the limit, and the connection given up")
  void endless() {
    CountDownLatch givenUp = new CountDownLatch(1);
    remote.server.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[64 << 10];
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(chunk);
            }
          } catch (IOException e) {
            givenUp.countDown();
          }
        });
    assertUnavailable(remote.verifier);
    KeyServer.await(givenUp);
  }

  @Test
  @Timeout(30)
  @DisplayName("JW-5 a header that never comes ends by the timeout")
  void silent() {
    CountDownLatch end = new CountDownLatch(1);
    remote.server.holdBack(end);
    RemoteKeySet impatient = remote.builder().timeout(Duration.ofMillis(200)).build();
    assertUnavailable(Forge.builder(remote.clock, impatient).build());
    end.countDown();
    assertThat(outages().get(0).fault()).contains("Timeout");
  }

  @Test
  @Timeout(30)
  @DisplayName("JW-5 a body that trickles ends by the timeout, and so does its connection")
  void trickle() {
    CountDownLatch givenUp = new CountDownLatch(1);
    remote.server.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < end) {
              body.write(' ');
              body.flush();
              LockSupport.parkNanos(1_000_000); // what a trickle is
            }
          } catch (IOException e) {
            givenUp.countDown();
          }
        });
    RemoteKeySet impatient = remote.builder().timeout(Duration.ofMillis(300)).build();
    assertUnavailable(Forge.builder(remote.clock, impatient).build());
    assertThat(outages().get(0).fault()).contains("Timeout");
    until(() -> givenUp.getCount() == 0);
  }
}
