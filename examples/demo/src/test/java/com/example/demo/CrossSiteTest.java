package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An unsafe request that a cookie authenticates, and where it says it comes from. */
class CrossSiteTest {
  private static final String PASSWORD = "wonderland-1865";
  private static RunningDemo demo;
  private static String cookie;
  private static String token;
  private static String othersToken;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    HttpResponse<String> login = demo.login("alice", PASSWORD);
    cookie = RunningDemo.cookie(login);
    token = field(login.body(), "csrf_token");
    othersToken = field(demo.login("alice", PASSWORD).body(), "csrf_token");
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static HttpResponse<String> note(String... headers) throws Exception {
    String[] all =
        Stream.concat(Stream.of("Cookie", cookie), Stream.of(headers)).toArray(String[]::new);
    return demo.json("/api/notes", "{\"text\":\"x\"}", all);
  }

  private static String[] split(String headers) {
    String filled =
        headers
            .replace("<own>", "http://127.0.0.1:" + demo.port())
            .replace("<token>", token)
            .replace("<other>", othersToken);
    return filled.isEmpty() ? new String[0] : filled.split(" ", -1);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("Sec-Fetch-Site same-origin", 201),
        Arguments.of("Sec-Fetch-Site none", 201),
        Arguments.of("Origin <own>", 201),
        Arguments.of("Sec-Fetch-Site cross-site Origin <own>", 201),
        Arguments.of("X-CSRF-Token <token>", 201),
        Arguments.of("Sec-Fetch-Site same-origin Origin https://evil.example", 201),
        Arguments.of("", 403),
        Arguments.of("Sec-Fetch-Site cross-site", 403),
        Arguments.of("Sec-Fetch-Site same-site", 403),
        Arguments.of("Sec-Fetch-Site Same-Origin", 403),
        Arguments.of("Sec-Fetch-Site cross-site X-CSRF-Token <token>", 403),
        Arguments.of("Origin https://evil.example", 403),
        Arguments.of("Origin null", 403),
        Arguments.of("Origin null X-CSRF-Token <token>", 403),
        Arguments.of("Origin http://127.0.0.1:1", 403),
        Arguments.of("Origin https://127.0.0.1", 403),
        Arguments.of("Origin <own>.evil.example", 403),
        Arguments.of("Origin <own> Origin <own>", 403),
        Arguments.of("Sec-Fetch-Site same-origin Sec-Fetch-Site same-origin", 403),
        Arguments.of("X-CSRF-Token <other>", 403),
        Arguments.of("X-CSRF-Token x", 403),
        Arguments.of("X-CSRF-Token <token>x", 403),
        Arguments.of("X-CSRF-Token <token> X-CSRF-Token <token>", 403),
        Arguments.of("Referer <own>/", 403));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  @DisplayName("SE-5 a note by cookie passes from the own page or with the token, else it is 403")
  void note(String headers, int status) throws Exception {
    HttpResponse<String> response = note(split(headers));
    if (status == 403) {
      assertProblem(response, 403, "csrf");
    } else {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }
    assertThat(demo.get("/api/hello", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-5 a failed check is 403 on account endpoints as well, and does nothing")
  void accountEndpoints() throws Exception {
    for (String path : new String[] {"/auth/logout", "/auth/logout-all", "/auth/password"}) {
      assertProblem(
          demo.json(path, "{}", "Cookie", cookie, "Sec-Fetch-Site", "same-site"), 403, "csrf");
    }
    assertProblem(
        demo.send("DELETE", "/auth/sessions/x", new byte[0], "Cookie", cookie), 403, "csrf");
    assertThat(demo.get("/api/hello", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("HT-2 nobody is logged in, signed up or sent a code by another site's page")
  void loginCsrf() throws Exception {
    String body = "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}";
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "null"}
        }) {
      for (String path :
          new String[] {
            "/auth/login", "/auth/register", "/api/reset/request", "/api/reset/redeem"
          }) {
        HttpResponse<String> response = demo.json(path, body, header);
        assertProblem(response, 403, "csrf");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
      }
    }
    assertThat(demo.said()).doesNotContain("your code is");
  }

  @Test
  @DisplayName("SE-5 safe methods are not judged")
  void safe() throws Exception {
    assertThat(
            demo.get("/api/hello", "Cookie", cookie, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(200);
  }
}
