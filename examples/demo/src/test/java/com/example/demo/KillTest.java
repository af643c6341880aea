package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.SiteClient;
import com.example.redis.server.RedisProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed while it is at work, and started again. */
@Timeout(180)
class KillTest {
  private static final int ENOUGH = 1000;
  private static final String SETTINGS =
      """
      auth.passwords.cost = 10
      auth.session.max-per-user = unlimited
      auth.token.max-per-user = unlimited
      auth.jwt.max-per-user = unlimited
      auth.passwords.max-wait = 60
      # As long as a slow machine needs to start again.
      auth.jwt.grace = 300
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"H2", "PostgreSQL"})
  @DisplayName("ST-6 a process that is killed has lost nothing of what it has acknowledged")
  void kill(String database) throws Exception {
    Path config = Files.writeString(folder.resolve("demo.properties"), SETTINGS);
    Map<String, String> env =
        database.equals("H2")
            ? Map.of("CONFIG", config.toString())
            : Map.of("CONFIG", config.toString(), "STORE", Postgres.newUrl());
    Workload work;
    try (DemoProcess demo = DemoProcess.start(folder, env)) {
      work = new Workload(demo, ENOUGH, demo::close);
      work.run();
    }
    try (DemoProcess demo = DemoProcess.start(folder, env)) {
      assertNothingLost(demo, work);
      assertNothingHalfDone(demo, work);
    }
  }

  @Test
  @DisplayName("ST-8 a Redis with appendfsync always that is killed has lost nothing acknowledged")
  void killRedis() throws Exception {
    Path config = Files.writeString(folder.resolve("demo.properties"), SETTINGS);
    try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
        RunningDemo demo =
            RunningDemo.start(
                Map.of(
                    "CONFIG", config.toString(), "STORE", "memory redis://" + redis.address()))) {
      Workload work = new Workload(demo, ENOUGH / 2, redis::stop);
      work.run();
      assertThat(demo.login("alice", Workload.PASSWORD).statusCode()).isEqualTo(503);
      redis.restart();
      assertNothingLost(demo, work);
      assertNothingHalfDone(demo, work);
    }
  }

  private static void assertNothingLost(SiteClient demo, Workload work) throws Exception {
    for (String cookie : work.cookies) {
      assertThat(demo.hello("Cookie", cookie)).isEqualTo(200);
    }
    for (String cookie : work.endedCookies) {
      assertThat(demo.hello("Cookie", cookie)).isEqualTo(401);
    }
    for (String token : work.tokens.values()) {
      assertThat(demo.hello("Authorization", "Bearer " + token)).isEqualTo(200);
    }
    for (String token : work.revokedTokens.values()) {
      assertThat(demo.hello("Authorization", "Bearer " + token)).isEqualTo(401);
    }
    for (String token : work.refreshTokens.values()) {
      HttpResponse<String> next = demo.refresh(token);
      assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    }
    for (String name : work.registered) {
      assertThat(demo.login(name, Workload.PASSWORD).statusCode()).isEqualTo(200);
    }
    assertThat(work.cookies.size()).as("logins").isPositive();
    assertThat(work.endedCookies.size()).as("logouts").isPositive();
    assertThat(work.passwordChanges.size()).as("new passwords").isPositive();
    assertThat(work.registered.size()).as("new users").isPositive();
    assertThat(work.revokedTokens.size())
        .as("revoked tokens")
        .isGreaterThanOrEqualTo(Workload.REVOKED);
  }

  /** What was not acknowledged is there whole or not at all. */
  private static void assertNothingHalfDone(SiteClient demo, Workload work) throws Exception {
    assertThat(demo.login("alice", Workload.PASSWORD).statusCode()).isEqualTo(200);
    assertThat(demo.login("bob", Workload.PASSWORD).statusCode()).isEqualTo(200);
    int changes = work.passwordChanges.size();
    if (demo.login("carol", Workload.password(changes)).statusCode() != 200) {
      assertThat(demo.login("carol", Workload.password(changes + 1)).statusCode()).isEqualTo(200);
    }

    String alice = basic("alice", Workload.PASSWORD);
    Set<String> listed = ids(demo, "tokens", alice);
    assertThat(listed).containsAll(work.tokens.keySet());
    assertThat(listed).doesNotContainAnyElementsOf(work.revokedTokens.keySet());
    Set<String> others = new HashSet<>(listed);
    others.removeAll(work.tokens.keySet());
    assertThat(others).hasSizeLessThanOrEqualTo(Workload.THREADS);
    for (String id : others) {
      assertThat(end(demo, "tokens", id, alice)).isEqualTo(204);
    }
    assertThat(ids(demo, "tokens", alice)).isEqualTo(work.tokens.keySet());

    for (String user : Workload.USERS.subList(0, 2)) {
      String who = basic(user, Workload.PASSWORD);
      for (String id : ids(demo, "sessions", who)) {
        assertThat(end(demo, "sessions", id, who)).isEqualTo(204);
      }
      assertThat(ids(demo, "sessions", who)).isEmpty();
    }
    for (String cookie : work.cookies) {
      assertThat(demo.hello("Cookie", cookie)).isEqualTo(401);
    }
  }

  private static Set<String> ids(SiteClient demo, String list, String authorization)
      throws Exception {
    HttpResponse<String> answer = demo.get("/auth/" + list, "Authorization", authorization);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Set<String> ids = new HashSet<>();
    for (JsonNode item : new ObjectMapper().readTree(answer.body()).get(list)) {
      ids.add(item.get("id").textValue());
    }
    return ids;
  }

  private static int end(SiteClient demo, String list, String id, String authorization)
      throws Exception {
    return demo.send(
            "DELETE", "/auth/" + list + "/" + id, new byte[0], "Authorization", authorization)
        .statusCode();
  }
}
