package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the file says of origins and TLS holds for all that takes secrets, not for schemes only. */
@Timeout(120)
class SameRulesTest {
  private static final String PASSWORD = "wonderland-1865";

  @TempDir private Path folder;

  private RunningDemo demo(String... lines) throws Exception {
    return RunningDemo.start(Files.write(folder.resolve("auth.properties"), List.of(lines)));
  }

  private static HttpResponse<String> askForReset(RunningDemo demo, String... headers)
      throws Exception {
    return demo.json("/api/reset/request", "{\"username\":\"alice\"}", headers);
  }

  @Test
  @DisplayName("SE-5, HT-2 an origin that the file trusts may log in, change and ask; no other may")
  void origins() throws Exception {
    String[] trusted = {"Origin", "https://app.example"};
    String[] other = {"Origin", "https://app.example.evil.example"};
    try (RunningDemo demo =
        demo("auth.trusted-origins = https://app.example", "auth.passwords.cost = 10")) {
      assertThat(demo.register("alice", PASSWORD, trusted).statusCode()).isEqualTo(201);
      String cookie = demo.loggedIn("alice", PASSWORD, trusted);
      assertThat(askForReset(demo, trusted).statusCode()).isEqualTo(204);
      assertProblem(demo.register("bob", PASSWORD, other), 403, "csrf");
      assertProblem(demo.login("alice", PASSWORD, other), 403, "csrf");
      assertProblem(askForReset(demo, other), 403, "csrf");
      assertProblem(demo.post("/auth/logout", "Cookie", cookie, "Origin", other[1]), 403, "csrf");
      assertThat(demo.post("/auth/logout", "Cookie", cookie, "Origin", trusted[1]).statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  @DisplayName("GU-5 where the file requires TLS, plain HTTP from this machine logs nobody in")
  void transport() throws Exception {
    try (RunningDemo demo = demo("auth.transport = required", "auth.passwords.cost = 10")) {
      assertProblem(demo.register("alice", PASSWORD), 403, "insecure_transport");
      assertProblem(demo.login("alice", PASSWORD), 403, "insecure_transport");
      assertProblem(askForReset(demo), 403, "insecure_transport");
    }
  }
}
