package com.example.demo;

import static com.example.demo.RunningDemo.BEARER_CHALLENGE;
import static com.example.demo.RunningDemo.CHALLENGE;
import static com.example.demo.RunningDemo.LOGIN_CHALLENGES;
import static com.example.demo.RunningDemo.SESSION_CHALLENGE;
import static com.example.demo.RunningDemo.TOKEN_CHALLENGE;
import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Access and refresh tokens, as a single-page application or a phone uses them. */
class JwtTest {
  private static final String PASSWORD = "wonderland-1865";
  private static int users;
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static HttpResponse<String> logIn() throws Exception {
    String name = "alice" + ++users;
    assertThat(demo.register(name, PASSWORD).statusCode()).isEqualTo(201);
    return pair(
        demo.json(
            "/auth/jwt", "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}"));
  }

  private static HttpResponse<String> pair(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Secrets.remember(field(response.body(), "access_token"));
    Secrets.remember(field(response.body(), "refresh_token"));
    return response;
  }

  private static HttpResponse<String> refresh(String token) throws Exception {
    return demo.json("/auth/jwt/refresh", "{\"refresh_token\":\"" + token + "\"}");
  }

  private static String refreshToken(HttpResponse<String> pair) {
    return field(pair.body(), "refresh_token");
  }

  private static HttpResponse<String> hello(HttpResponse<String> pair) throws Exception {
    return demo.get("/api/hello", "Authorization", "Bearer " + field(pair.body(), "access_token"));
  }

  @Test
  @DisplayName("JW-6 log in, use, refresh, the same successor again, revoke twice")
  void journey() throws Exception {
    HttpResponse<String> first = logIn();
    assertThat(hello(first).body()).contains("\"scheme\":\"jwt\"");
    HttpResponse<String> second = pair(refresh(refreshToken(first)));
    assertThat(hello(second).statusCode()).isEqualTo(200);
    assertThat(refreshToken(pair(refresh(refreshToken(first))))).isEqualTo(refreshToken(second));
    String revoke = "{\"refresh_token\":\"" + refreshToken(second) + "\"}";
    assertThat(demo.json("/auth/jwt/revoke", revoke).statusCode()).isEqualTo(204);
    assertThat(demo.json("/auth/jwt/revoke", revoke).statusCode()).isEqualTo(204);
    assertProblem(refresh(refreshToken(second)), 401, "invalid_token", LOGIN_CHALLENGES);
  }

  @Test
  @DisplayName("JW-8 the generation before last ends the family, a forged tag does not")
  void reuse() throws Exception {
    HttpResponse<String> first = logIn();
    HttpResponse<String> second = pair(refresh(refreshToken(first)));
    String token = refreshToken(second);
    String forged =
        token.substring(0, 80) + (token.charAt(80) == 'A' ? 'B' : 'A') + token.substring(81);
    assertProblem(refresh(forged), 401, "invalid_token", LOGIN_CHALLENGES);
    HttpResponse<String> third = pair(refresh(token));
    assertProblem(refresh(refreshToken(first)), 401, "invalid_token", LOGIN_CHALLENGES);
    assertProblem(refresh(refreshToken(third)), 401, "invalid_token", LOGIN_CHALLENGES);
  }

  @Test
  @DisplayName("JW-8 50 threads with one token have one successor")
  void together() throws Exception {
    String token = refreshToken(logIn());
    List<HttpResponse<String>> answers = Race.of(Collections.nCopies(50, () -> refresh(token)));
    assertThat(answers.stream().map(JwtTest::pair).map(JwtTest::refreshToken).distinct())
        .hasSize(1);
  }

  @Test
  @DisplayName("JW-1 a token with a changed signature is 401 with error=invalid_token")
  void forged() throws Exception {
    String token = field(logIn().body(), "access_token");
    int last = token.length() - 2;
    String changed = token.substring(0, last) + (token.charAt(last) == 'A' ? "BA" : "AA");
    assertProblem(
        demo.get("/api/hello", "Authorization", "Bearer " + changed),
        401,
        "invalid_token",
        List.of(
            BEARER_CHALLENGE + ", error=\"invalid_token\"",
            TOKEN_CHALLENGE,
            SESSION_CHALLENGE,
            CHALLENGE));
  }

  @Test
  @DisplayName("JW-9 after a logout the access token lives, but no token is made with it")
  void afterLogout() throws Exception {
    HttpResponse<String> pair = logIn();
    String bearer = "Bearer " + field(pair.body(), "access_token");
    assertThat(demo.post("/auth/logout", "Authorization", bearer).statusCode()).isEqualTo(204);
    assertThat(hello(pair).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = demo.post("/auth/tokens", "Authorization", bearer);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"invalid_token\"");
  }

  @Test
  @DisplayName("CH-8 opaque tokens go on beside JWTs, under the same Bearer")
  void shared() throws Exception {
    HttpResponse<String> pair = logIn();
    HttpResponse<String> made =
        demo.post("/auth/tokens", "Authorization", "Bearer " + field(pair.body(), "access_token"));
    assertThat(made.statusCode()).isEqualTo(201);
    String opaque = field(made.body(), "token");
    Secrets.remember(opaque);
    assertThat(demo.get("/api/hello", "Authorization", "Bearer " + opaque).body())
        .contains("\"scheme\":\"token\"");
  }
}
