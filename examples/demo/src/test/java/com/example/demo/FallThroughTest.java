package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("CH-4 Wrong explicit credentials beside a good session")
class FallThroughTest {
  private static final String PASSWORD = "wonderland-1865";

  @TempDir private Path folder;

  private RunningDemo demo(String chain) throws Exception {
    Path config = folder.resolve("config.properties");
    Files.writeString(config, "auth.chain = " + chain + "\nauth.passwords.cost = 10\n");
    RunningDemo demo = RunningDemo.start(config);
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    return demo;
  }

  @ParameterizedTest
  @ValueSource(strings = {"token, session", "jwt, session", "jwt, token, session"})
  @DisplayName("CH-4 an explicit scheme before the session: 401, also on a public route")
  void refused(String chain) throws Exception {
    try (RunningDemo demo = demo(chain)) {
      String cookie = demo.loggedIn("alice", PASSWORD);
      assertThat(demo.get("/api/hello", "Cookie", cookie).body()).contains("alice");
      for (String wrong : List.of("Bearer x", "bearer ghp_0123456789", "Bearer a.b.c", "Bearer")) {
        for (String path : List.of("/api/hello", "/api/public", "/auth/me")) {
          HttpResponse<String> answer = demo.get(path, "Cookie", cookie, "Authorization", wrong);
          assertThat(answer.statusCode()).as("%s %s", wrong, path).isEqualTo(401);
          assertThat(answer.body()).contains("\"code\":\"invalid_token\"").doesNotContain("alice");
          assertThat(answer.headers().allValues("WWW-Authenticate"))
              .contains("Bearer realm=\"api\", error=\"invalid_token\"");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"session, token", "session, jwt, token"})
  @DisplayName("CH-1 the session before them: its user's, whatever else is there")
  void sessionFirst(String chain) throws Exception {
    try (RunningDemo demo = demo(chain)) {
      String cookie = demo.loggedIn("alice", PASSWORD);
      assertThat(demo.get("/api/hello", "Cookie", cookie, "Authorization", "Bearer x").body())
          .contains("alice");
    }
  }
}
