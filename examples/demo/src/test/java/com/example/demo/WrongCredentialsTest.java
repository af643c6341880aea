package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A good cookie beside a header that nobody takes. */
class WrongCredentialsTest {
  private static RunningDemo demo;
  private static String cookie;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", "wonderland-1865").statusCode()).isEqualTo(201);
    cookie = demo.loggedIn("alice", "wonderland-1865");
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer x",
        "bEARER x",
        "Bearer",
        "Bearer    x",
        "Token x",
        "TOKEN",
        "Bearer eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL290aGVyLmV4YW1wbGUifQ.c2ln",
        "Bearer ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "Basic",
        "Basic eDp4"
      })
  @DisplayName("CH-4 wrong explicit credentials are 401 beside a good cookie, on every route")
  void refused(String authorization) throws Exception {
    for (String path : new String[] {"/api/hello", "/api/public"}) {
      assertThat(demo.rawGet(path, "Authorization: " + authorization, "Cookie: " + cookie))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Unrelated: x", "Authorization: Digest x"})
  @DisplayName("CH-4 the cookie counts where the request uses no scheme of ours")
  void taken(String line) throws Exception {
    assertThat(demo.rawGet("/api/hello", line, "Cookie: " + cookie))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"hello\":\"alice\",\"scheme\":\"session\"");
  }
}
