package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private static final String ALICE = basic("alice", "wonderland-1865");
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", "wonderland-1865").statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  @DisplayName("GU-2 hello without credentials is 401 with the challenge, a problem and no-store")
  void anonymous() throws Exception {
    HttpResponse<String> response = demo.get("/api/hello");
    assertProblem(response, 401, "authentication_required");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                + "\"code\":\"authentication_required\",\"detail\":\"Authentication is"
                + " required.\"}");
  }

  @Test
  @DisplayName("CH-12 hello with credentials is 200 with the name and the scheme, and no-store")
  void hello() throws Exception {
    HttpResponse<String> response = demo.get("/api/hello?x=y", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"hello\":\"alice\",\"scheme\":\"basic\"}");
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("HT me is 200 with what is known of the user")
  void me() throws Exception {
    HttpResponse<String> response = demo.get("/auth/me", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .matches(
            "\\{\"id\":\"[0-9a-f-]{36}\",\"username\":\"alice\",\"roles\":\\[],"
                + "\"scheme\":\"basic\",\"scopes\":null,"
                + "\"authenticated_at\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z\"}");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertProblem(demo.get("/auth/me"), 401, "authentication_required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Digest x", "Digest", "x", "Bas\u0131c eDp4", "Basicx eDp4"})
  @DisplayName("CH-4 public is 200 with no credentials and with those of a scheme we don't have")
  void open(String authorization) throws Exception {
    String answer =
        authorization.isEmpty()
            ? demo.rawGet("/api/public")
            : demo.rawGet("/api/public", "Authorization: " + authorization);
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .endsWith("\r\n\r\n{\"public\":\"anonymous\"}")
        .doesNotContainIgnoringCase("cache-control");
  }

  @Test
  @DisplayName("HT notes takes text in any language and answers 201 with it")
  void notes() throws Exception {
    HttpResponse<String> response =
        demo.json("/api/notes", "{\"text\":\"メモ \\ud83e\\udd8a\"}", "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"text\":\"メモ \uD83E\uDD8A\"}");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("HT notes refuses what is no object with a text, and asks for credentials first")
  void badNotes() throws Exception {
    assertProblem(demo.json("/api/notes", "{"), 401, "authentication_required");
    assertProblem(demo.json("/api/notes", "{", "Authorization", ALICE), 400, "malformed_json");
    assertProblem(demo.json("/api/notes", "{}", "Authorization", ALICE), 400, "invalid_request");
    assertThat(demo.json("/api/notes", "{\"text\":1}", "Authorization", ALICE).body())
        .contains("\"errors\":[{\"field\":\"text\",\"code\":\"wrong_type\"");
    assertProblem(
        demo.json("/api/notes", " ".repeat(17 * 1024), "Authorization", ALICE),
        413,
        "content_too_large");
    assertProblem(
        demo.send("POST", "/api/notes", new byte[0], "Authorization", ALICE),
        415,
        "unsupported_media_type");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Origin,https://evil.example",
    "Origin,null",
    "Origin,http://127.0.0.1:1"
  })
  @DisplayName(
      "BA-7 an unsafe request of another site's page is 403 csrf, also with good credentials")
  void crossSite(String header, String value) throws Exception {
    assertProblem(
        demo.json("/api/notes", "{\"text\":\"x\"}", "Authorization", ALICE, header, value),
        403,
        "csrf");
    assertProblem(
        demo.json(
            "/auth/register",
            "{\"username\":\"eve\",\"password\":\"wonderland-1865\"}",
            header,
            value),
        403,
        "csrf");
  }

  @Test
  @DisplayName("BA-7 an unsafe request of the own site passes, and so does a safe one of another")
  void ownSite() throws Exception {
    String own = "http://127.0.0.1:" + demo.port();
    for (String[] header : new String[][] {{"Sec-Fetch-Site", "same-origin"}, {"Origin", own}}) {
      assertThat(
              demo.json(
                      "/api/notes",
                      "{\"text\":\"x\"}",
                      "Authorization",
                      ALICE,
                      header[0],
                      header[1])
                  .statusCode())
          .isEqualTo(201);
    }
    assertThat(
            demo.get("/api/hello", "Authorization", ALICE, "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("GU-5 what a proxy forwards, or another host name, is plain HTTP: 403, no challenge")
  void throughProxy() throws Exception {
    assertProblem(
        demo.get("/api/hello", "Authorization", ALICE, "X-Forwarded-Proto", "https"),
        403,
        "insecure_transport");
    assertProblem(
        demo.json(
            "/auth/register",
            "{\"username\":\"eve\",\"password\":\"wonderland-1865\"}",
            "Via",
            "1.1 proxy"),
        403,
        "insecure_transport");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/app.jsx",
        "/api",
        "/api/",
        "/api/hello/",
        "/api/hello/x",
        "/api/helloo",
        "/api//hello",
        "/api/%68ello",
        "/api/hello;x",
        "/api/x/../hello",
        "/API/hello",
        "/auth",
        "/auth/",
        "/auth/login/",
        "/auth/sessions/",
        "/auth/sessions/a/b",
        "/authx/me",
        "/auth/../api/public",
        "//x/api/public"
      })
  @DisplayName("HT any other path is 404, whoever asks")
  void unknownPath(String path) throws Exception {
    for (String authorization : new String[] {ALICE, "Basic !!!"}) {
      assertThat(demo.rawGet(path, "Authorization: " + authorization))
          .startsWith("HTTP/1.1 404 ")
          .contains("\"code\":\"not_found\"");
    }
  }

  @Test
  @DisplayName("HT HEAD is answered as GET, without a body")
  void head() throws Exception {
    HttpResponse<String> response =
        demo.send("HEAD", "/api/hello", new byte[0], "Authorization", ALICE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().allValues("Content-Length")).containsExactly("34");
    HttpResponse<String> refused = demo.send("HEAD", "/api/hello", new byte[0]);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues("WWW-Authenticate"))
        .containsExactlyElementsOf(RunningDemo.CHALLENGES);
  }
}
