package com.example.demo;

import static com.example.demo.RunningDemo.LOGIN_CHALLENGES;
import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.cookie;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a login to a logout, by cookie. */
class LoginTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String EXPIRED = "dev-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    assertThat(demo.register("bob", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String token(String cookie) throws Exception {
    return field(demo.get("/auth/me", "Cookie", cookie).body(), "csrf_token");
  }

  @Test
  @DisplayName("HT SE-1 login is 200 with the session, and a cookie for development, line by line")
  void login() throws Exception {
    HttpResponse<String> login = demo.login("alice", PASSWORD);
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.body())
        .matches(
            "\\{\"id\":\"[0-9a-f-]{36}\",\"username\":\"alice\","
                + "\"session\":\\{\"id\":\"[A-Za-z0-9_-]+\",\"expires_at\":\"[0-9T:.-]+Z\"},"
                + "\"csrf_token\":\"[A-Za-z0-9_-]{43}\"}");
    assertThat(login.headers().allValues("Set-Cookie")).hasSize(1);
    assertThat(login.headers().allValues("Set-Cookie").get(0))
        .matches("dev-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(login.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(login.body()).doesNotContain(cookie(login).substring("dev-session=".length()));
  }

  @Test
  @DisplayName("SE-3 who asks to be remembered gets a cookie that outlives the browser")
  void remembered() throws Exception {
    HttpResponse<String> login =
        demo.json(
            "/auth/login",
            "{\"username\":\"bob\",\"password\":\"" + PASSWORD + "\",\"remember\":true}");
    cookie(login);
    assertThat(login.headers().allValues("Set-Cookie").get(0))
        .matches("dev-session=[^;]{43}; Path=/; Max-Age=77(76000|75999); HttpOnly; SameSite=Lax");
  }

  @Test
  @DisplayName("CH-1 the cookie opens hello, and me shows the session's token")
  void byCookie() throws Exception {
    HttpResponse<String> login = demo.login("alice", PASSWORD);
    String cookie = cookie(login);
    HttpResponse<String> hello = demo.get("/api/hello", "Cookie", cookie);
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("{\"hello\":\"alice\",\"scheme\":\"session\"}");
    assertThat(hello.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(hello.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(token(cookie)).isEqualTo(field(login.body(), "csrf_token"));
  }

  @Test
  @DisplayName("CH-1 of a good Basic header and a good cookie, the first in the chain wins")
  void both() throws Exception {
    String cookie = demo.loggedIn("alice", PASSWORD);
    HttpResponse<String> hello =
        demo.get("/api/hello", "Cookie", cookie, "Authorization", basic("bob", PASSWORD));
    assertThat(hello.body()).isEqualTo("{\"hello\":\"bob\",\"scheme\":\"basic\"}");
  }

  @Test
  @DisplayName("CH-3 a stale cookie beside a good Basic header works")
  void staleBesideBasic() throws Exception {
    HttpResponse<String> hello =
        demo.get(
            "/api/hello",
            "Cookie",
            "dev-session=" + "A".repeat(43),
            "Authorization",
            basic("bob", PASSWORD));
    assertThat(hello.body()).isEqualTo("{\"hello\":\"bob\",\"scheme\":\"basic\"}");
  }

  @Test
  @DisplayName("SE-7 logout is 204 and forgets the cookie; it is worthless then; again is 204")
  void logout() throws Exception {
    String cookie = demo.loggedIn("alice", PASSWORD);
    HttpResponse<String> logout =
        demo.post("/auth/logout", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(logout.statusCode()).isEqualTo(204);
    assertThat(logout.body()).isEmpty();
    assertThat(logout.headers().allValues("Set-Cookie")).containsExactly(EXPIRED);
    assertProblem(demo.get("/api/hello", "Cookie", cookie), 401, "authentication_required");
    for (String[] again : new String[][] {{"Cookie", cookie}, {}}) {
      HttpResponse<String> second = demo.post("/auth/logout", again);
      assertThat(second.statusCode()).isEqualTo(204);
      assertThat(second.headers().allValues("Set-Cookie")).containsExactly(EXPIRED);
    }
  }

  @Test
  @DisplayName("HT logout from another site is 403 and ends nothing, whatever else it carries")
  void foreignLogout() throws Exception {
    String cookie = demo.loggedIn("alice", PASSWORD);
    assertProblem(demo.post("/auth/logout", "Cookie", cookie), 403, "csrf");
    HttpResponse<String> foreign =
        demo.post(
            "/auth/logout",
            "Cookie",
            cookie,
            "Sec-Fetch-Site",
            "cross-site",
            "X-CSRF-Token",
            token(cookie));
    assertProblem(foreign, 403, "csrf");
    assertThat(foreign.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(demo.get("/api/hello", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-2 an id that the client brings to the login is never adopted")
  void fixation() throws Exception {
    String planted = "dev-session=" + "B".repeat(43);
    String cookie = demo.loggedIn("alice", PASSWORD, "Cookie", planted);
    assertThat(cookie).isNotEqualTo(planted);
    assertProblem(demo.get("/api/hello", "Cookie", planted), 401, "authentication_required");
  }

  @Test
  @DisplayName("SE-2 a login ends the session that the browser had before, another user's as well")
  void endsFormer() throws Exception {
    String former = demo.loggedIn("alice", PASSWORD);
    String next = demo.loggedIn("bob", PASSWORD, "Cookie", former);
    assertThat(next).isNotEqualTo(former);
    assertProblem(demo.get("/api/hello", "Cookie", former), 401, "authentication_required");
    assertThat(demo.get("/api/hello", "Cookie", next).body()).contains("\"hello\":\"bob\"");
  }

  @Test
  @DisplayName("SE-8 two cookies of the name are none, good ones as well")
  void two() throws Exception {
    String mine = demo.loggedIn("alice", PASSWORD);
    for (List<String> lines :
        List.of(
            List.of("Cookie: " + mine + "; " + mine),
            List.of("Cookie: " + mine, "Cookie: dev-session=x"),
            List.of("Cookie: dev-session=; " + mine))) {
      String[] headers = lines.toArray(String[]::new);
      assertThat(demo.rawGet("/api/hello", headers)).startsWith("HTTP/1.1 401 ");
      assertThat(demo.rawGet("/api/public", headers)).endsWith("{\"public\":\"anonymous\"}");
    }
    assertThat(demo.get("/api/hello", "Cookie", mine).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"alice,wrong-password", "nobody-here,wonderland-1865"})
  @DisplayName("HT-3 GU-3 a login that fails is 401 with challenges that no browser minds")
  void fails(String username, String password) throws Exception {
    HttpResponse<String> login = demo.login(username, password);
    assertProblem(login, 401, "invalid_credentials", LOGIN_CHALLENGES);
    assertThat(login.headers().allValues("Set-Cookie")).isEmpty();
  }
}
