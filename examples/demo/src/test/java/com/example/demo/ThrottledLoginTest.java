package com.example.demo;

import static com.example.demo.RunningDemo.LOGIN_CHALLENGES;
import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guessing a password at the login. */
class ThrottledLoginTest {
  private static final String PASSWORD = "wonderland-1865";
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("bob", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  /** The first wait is one second; of a machine that stood still for longer, nothing is learnt. */
  private static List<HttpResponse<String>> afterFiveWrong(String username) throws Exception {
    for (int i = 0; i < 4; i++) {
      assertProblem(
          demo.login(username, "wrong-password"), 401, "invalid_credentials", LOGIN_CHALLENGES);
    }
    long before = System.nanoTime();
    assertProblem(
        demo.login(username, "wrong-password"), 401, "invalid_credentials", LOGIN_CHALLENGES);
    List<HttpResponse<String>> answers =
        List.of(
            demo.login(username, "wrong-password"),
            demo.login(username, PASSWORD),
            demo.get("/api/hello", "Authorization", basic(username, PASSWORD)));
    boolean slow = System.nanoTime() - before > Duration.ofSeconds(1).toNanos();
    boolean throttled = answers.stream().allMatch(answer -> answer.statusCode() == 429);
    return slow && !throttled ? List.of() : answers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody"})
  @DisplayName("TH-1 TH-4 five wrong passwords are 401, the sixth and the right one are 429")
  void throttled(String name) throws Exception {
    List<HttpResponse<String>> answers = List.of();
    for (int attempt = 0; answers.isEmpty() && attempt < 5; attempt++) {
      String username = name + attempt;
      if (name.equals("alice")) {
        assertThat(demo.register(username, PASSWORD).statusCode()).isEqualTo(201);
      }
      answers = afterFiveWrong(username);
    }
    assumeTrue(!answers.isEmpty(), "the machine stood still five times");
    for (HttpResponse<String> answer : answers) {
      assertProblem(answer, 429, "throttled");
      assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
      assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }
    assertThat(demo.login("bob", PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("GU-3 a name that exists and one that doesn't get the same answers, byte for byte")
  void sameAnswers() throws Exception {
    assertThat(demo.login("bob", "wrong-password").body())
        .isEqualTo(demo.login("somebody-else", "wrong-password").body());
  }
}
