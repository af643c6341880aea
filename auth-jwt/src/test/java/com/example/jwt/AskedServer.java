package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Secret;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.IntrospectionResult;
import dev.sallyport.jwt.token.TokenIntrospector;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authorization server on loopback that is asked about tokens, and whoever asks it. */
final class AskedServer implements AutoCloseable {
  static final String ISSUER = "https://idp.example";
  static final String AUDIENCE = "https://notes.example";
  static final String SECRET = "s3cret-of-the-client";

  final KeyServer server = KeyServer.start();
  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(events);
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  /** What somebody has asked. */
  record Request(String method, Map<String, List<String>> headers, String body) {
    List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }
  }

  AskedServer() {
    Secrets.remember(SECRET);
    server.answer(this::answer);
  }

  /** Tokens that it isn't told of are inactive. */
  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    requests.add(
        new Request(exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), body));
    String token =
        List.of(body.split("&")).stream()
            .filter(field -> field.startsWith("token="))
            .map(field -> field.substring("token=".length()))
            .findFirst()
            .orElse("");
    KeyServer.answer(exchange, 200, answers.getOrDefault(token, "{\"active\":false}"));
  }

  /** Sets the whole answer about a token. */
  void say(String token, String answer) {
    answers.put(token, answer);
  }

  /** Sets what an answer about a token says besides issuer, audience, subject and expiry. */
  void activate(String token, String... more) {
    say(token, active(more));
  }

  String active(String... more) {
    return "{\"active\":true,\"iss\":\""
        + ISSUER
        + "\",\"aud\":\""
        + AUDIENCE
        + "\",\"sub\":\"alice\",\"exp\":"
        + (now() + 3600)
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }

  void revoke(String token) {
    answers.remove(token);
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  TokenIntrospector.Builder bare() {
    return TokenIntrospector.builder(environment, server.uri(), ISSUER)
        .timeout(Duration.ofSeconds(20));
  }

  TokenIntrospector.Builder builder() {
    return bare().clientSecret("notes", Secret.of(SECRET)).audience(AUDIENCE);
  }

  static IntrospectedToken assertActive(TokenIntrospector introspector, String token) {
    IntrospectionResult result = introspector.introspect(token);
    assertThat(result).isInstanceOf(IntrospectedToken.class);
    return (IntrospectedToken) result;
  }

  static void assertRefused(TokenIntrospector introspector, String token, String reason) {
    assertThat(introspector.introspect(token)).isEqualTo(new IntrospectionResult.Refused(reason));
  }

  @Override
  public void close() {
    server.stop();
  }
}
