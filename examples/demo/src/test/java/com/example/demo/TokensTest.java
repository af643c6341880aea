package com.example.demo;

import static com.example.demo.RunningDemo.BEARER_CHALLENGE;
import static com.example.demo.RunningDemo.CHALLENGE;
import static com.example.demo.RunningDemo.LOGIN_CHALLENGES;
import static com.example.demo.RunningDemo.SESSION_CHALLENGE;
import static com.example.demo.RunningDemo.TOKEN_CHALLENGE;
import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens, as a script or a phone uses them. */
class TokensTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String WHOLE = "\"username\":\"%s\",\"password\":\"" + PASSWORD + "\"";
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

  private static String newUser() throws Exception {
    String name = "alice" + ++users;
    assertThat(demo.register(name, PASSWORD).statusCode()).isEqualTo(201);
    return name;
  }

  /** Makes a token by the password in the body, with more fields. */
  private static HttpResponse<String> make(String user, String more) throws Exception {
    return made(demo.json("/auth/tokens", "{" + WHOLE.formatted(user) + more + "}"));
  }

  private static HttpResponse<String> made(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    Secrets.remember(field(response.body(), "token"));
    return response;
  }

  private static String token(String user) throws Exception {
    return field(make(user, "").body(), "token");
  }

  private static HttpResponse<String> hello(String authorization) throws Exception {
    return demo.get("/api/hello", "Authorization", authorization);
  }

  private static void assertNoToken(String keyword, String token) throws Exception {
    boolean bearer = keyword.equalsIgnoreCase("bearer");
    String error = ", error=\"invalid_token\"";
    assertProblem(
        hello(keyword + " " + token),
        401,
        "invalid_token",
        List.of(
            BEARER_CHALLENGE + (bearer ? error : ""),
            TOKEN_CHALLENGE + (bearer ? "" : error),
            SESSION_CHALLENGE,
            CHALLENGE));
  }

  @Test
  @DisplayName("HT, TK-1 by the password in the body 201, with the token, for 90 days")
  void byPassword() throws Exception {
    HttpResponse<String> made = make(newUser(), "");
    assertThat(made.body())
        .matches(
            "\\{\"id\":\"[A-Za-z0-9_-]{16}\",\"label\":\"token\",\"scopes\":null,"
                + "\"expires_at\":\"[0-9T:.-]+Z\",\"token\":\"sally_[0-9A-Za-z]{49}\"}");
    assertThat(made.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(made.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  @DisplayName("HT, TK-1 by Basic and by session, without a body or with label, scopes and end")
  void byOthers() throws Exception {
    String user = newUser();
    made(demo.post("/auth/tokens", "Authorization", basic(user, PASSWORD)));
    String cookie = demo.loggedIn(user, PASSWORD);
    HttpResponse<String> made =
        made(
            demo.json(
                "/auth/tokens",
                "{\"label\":\"ci\",\"scopes\":[\"b\",\"a\"],\"expires_in\":60}",
                "Cookie",
                cookie,
                "Sec-Fetch-Site",
                "same-origin"));
    assertThat(made.body()).contains("\"label\":\"ci\",\"scopes\":[\"a\",\"b\"]");
    assertProblem(demo.post("/auth/tokens", "Cookie", cookie), 403, "csrf");
    assertProblem(demo.post("/auth/tokens"), 401, "authentication_required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Token", "token", "TOKEN", "Bearer", "bearer", "bEARER"})
  @DisplayName("TK-3 either keyword, in any letter case")
  void keywords(String keyword) throws Exception {
    String user = newUser();
    assertThat(hello(keyword + " " + token(user)).body())
        .isEqualTo("{\"hello\":\"" + user + "\",\"scheme\":\"token\"}");
  }

  @Test
  @DisplayName("TK-4, TK-5 a list shows no secret; revoked, unknown and damaged read alike")
  void revoked() throws Exception {
    String user = newUser();
    HttpResponse<String> made = make(user, ",\"label\":\"phone\"");
    String token = field(made.body(), "token");
    String id = field(made.body(), "id");
    String list = demo.get("/auth/tokens", "Authorization", "Token " + token).body();
    assertThat(list)
        .contains("{\"id\":\"" + id + "\",\"label\":\"phone\"", "\"current\":true")
        .doesNotContain(token, token.substring(6, 20));
    String password = basic(user, PASSWORD);
    HttpResponse<String> end =
        demo.send("DELETE", "/auth/tokens/" + id, new byte[0], "Authorization", password);
    assertThat(end.statusCode()).isEqualTo(204);
    assertProblem(
        demo.send("DELETE", "/auth/tokens/" + id, new byte[0], "Authorization", password),
        404,
        "not_found");
    for (String keyword : new String[] {"Token", "Bearer"}) {
      assertNoToken(keyword, token);
      assertNoToken(keyword, token.substring(0, 54) + "!");
      assertNoToken(keyword, token.toLowerCase(Locale.ROOT));
      assertNoToken(keyword, "two words");
      assertNoToken(keyword, "somebody.elses.token");
    }
  }

  @Test
  @DisplayName("TK-3 a keyword alone is 401; a token in the query is not looked at")
  void noToken() throws Exception {
    assertNoToken("Token", "");
    assertNoToken("Bearer", "");
    String token = token(newUser());
    assertProblem(
        demo.get("/api/hello?access_token=" + token + "&token=" + token),
        401,
        "authentication_required");
    assertThat(demo.get("/api/public?access_token=" + token).body()).contains("anonymous");
  }

  @Test
  @DisplayName("TK-5 of ten tokens one is lost: nine go on")
  void tenTokens() throws Exception {
    String user = newUser();
    List<HttpResponse<String>> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(make(user, ",\"label\":\"device " + i + "\""));
    }
    String lost = field(ten.remove(4).body(), "id");
    demo.send(
        "DELETE", "/auth/tokens/" + lost, new byte[0], "Authorization", basic(user, PASSWORD));
    for (HttpResponse<String> other : ten) {
      assertThat(hello("Bearer " + field(other.body(), "token")).statusCode()).isEqualTo(200);
    }
    assertThat(demo.get("/auth/tokens", "Authorization", basic(user, PASSWORD)).body())
        .doesNotContain("device 4")
        .contains("device 3", "device 9");
  }

  @Test
  @DisplayName("GU-2, HT-1 a route that needs a scope; account management needs its own")
  void scopes() throws Exception {
    String user = newUser();
    String reader = field(make(user, ",\"scopes\":[\"notes:read\"]").body(), "token");
    String writer = field(make(user, ",\"scopes\":[\"notes:write\"]").body(), "token");
    String note = "{\"text\":\"x\"}";
    HttpResponse<String> refused =
        demo.json("/api/scoped-notes", note, "Authorization", "Bearer " + reader);
    assertProblem(
        refused,
        403,
        "insufficient_scope",
        List.of(
            BEARER_CHALLENGE + ", error=\"insufficient_scope\", scope=\"notes:write\"",
            TOKEN_CHALLENGE,
            SESSION_CHALLENGE,
            CHALLENGE));
    for (String token : List.of(writer, token(user))) {
      assertThat(demo.json("/api/scoped-notes", note, "Authorization", "Token " + token))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(201);
    }
    assertThat(demo.json("/api/notes", note, "Authorization", "Token " + reader).statusCode())
        .isEqualTo(201);
    for (String path : new String[] {"/auth/tokens", "/auth/sessions"}) {
      assertThat(demo.get(path, "Authorization", "Token " + writer).body())
          .contains("insufficient_scope");
    }
    assertThat(demo.post("/auth/tokens", "Authorization", "Token " + writer).statusCode())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("HT a logout revokes this token only; logout-all those of this user only")
  void logout() throws Exception {
    String user = newUser();
    String one = token(user);
    String other = token(user);
    String stranger = token(newUser());
    assertThat(demo.post("/auth/logout", "Authorization", "Token " + one).statusCode())
        .isEqualTo(204);
    assertNoToken("Token", one);
    assertThat(hello("Token " + other).statusCode()).isEqualTo(200);
    assertThat(demo.post("/auth/logout-all", "Authorization", "Token " + other).statusCode())
        .isEqualTo(204);
    assertNoToken("Token", other);
    assertThat(hello("Token " + stranger).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("HT, TH-1 a wrong password makes no token, and is counted")
  void wrongPassword() throws Exception {
    String user = newUser();
    String wrong = "{\"username\":\"" + user + "\",\"password\":\"wrong-password\"}";
    for (int i = 0; i < 5; i++) {
      assertProblem(demo.json("/auth/tokens", wrong), 401, "invalid_credentials", LOGIN_CHALLENGES);
    }
    assertProblem(demo.json("/auth/tokens", wrong), 429, "throttled");
    assertProblem(demo.json("/auth/tokens", wrong, "Origin", "https://other.example"), 403, "csrf");
  }
}
