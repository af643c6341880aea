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
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link DemoHostTest} doesn't ask about routes, which holds on every host. */
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
  @DisplayName("RFC 9110 section 8.6: HEAD says how long the answer to GET is")
  void head() throws Exception {
    HttpResponse<String> response =
        demo.send("HEAD", "/api/hello", new byte[0], "Authorization", ALICE);
    assertThat(response.headers().allValues("Content-Length")).containsExactly("34");
  }
}
