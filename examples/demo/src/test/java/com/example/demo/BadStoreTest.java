package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A database that can't be used: one line tells, and shows no password. */
@Timeout(120)
class BadStoreTest {
  private static final String IN_URL = "off-with-her-head";
  private static final String IN_ENVIRONMENT = "painting-the-roses";

  @TempDir private Path folder;

  private String assertRefused(String store, Map<String, String> env) throws Exception {
    Map<String, String> all = new HashMap<>(env);
    all.put("STORE", store);
    List<String> lines = DemoProcess.refused(folder, all);
    assertThat(lines).singleElement().asString().startsWith("STORE ");
    assertThat(lines.get(0)).doesNotContain(IN_URL).doesNotContain(IN_ENVIRONMENT);
    return lines.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://127.0.0.1/demo?password=" + IN_URL,
        "jdbc:nonsense://127.0.0.1/demo?password=" + IN_URL,
        "jdbc:postgresql://127.0.0.1:1/demo?user=queen&password=" + IN_URL,
        "jdbc:postgresql://127.0.0.1?user=queen&password=" + IN_URL,
        "jdbc:postgresql://127.0.0.1:x/demo?user=queen&password=" + IN_URL,
        "jdbc:mariadb://127.0.0.1:1/demo?user=queen&password=" + IN_URL,
        "jdbc:h2:mem:demo;NO_SUCH_SETTING=1;PASSWORD=" + IN_URL,
        "redis:queen:" + IN_URL + "@127.0.0.1",
        "redis://queen:" + IN_URL + "@127.0.0.1:1",
        "memory rediss://queen:" + IN_URL + "@127.0.0.1:1",
        "jdbc:h2:mem:demo  redis://queen:" + IN_URL + "@127.0.0.1:1,127.0.0.1:2",
        "elsewhere redis://queen:" + IN_URL + "@127.0.0.1:1",
        "redis://queen:" + IN_URL + "@127.0.0.1:1 memory",
      })
  @DisplayName(
      "SP-2 ST-3 a STORE that is none, or can't be reached, ends the process with one line")
  void unusable(String store) throws Exception {
    assertRefused(store, Map.of("STORE_USER", "queen", "STORE_PASSWORD", IN_ENVIRONMENT));
  }

  @Test
  @DisplayName("SP-2 ST-3 a wrong password for PostgreSQL ends the process with one line")
  void wrongForPostgres() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + Postgres.port() + "/" + Postgres.newDatabase();
    assertRefused(url, Map.of("STORE_USER", "guarded", "STORE_PASSWORD", IN_ENVIRONMENT));
    assertRefused(url + "?user=guarded&password=" + IN_URL, Map.of());
  }

  @Test
  @DisplayName("SP-2 ST-3 a wrong password for H2 ends the process with one line")
  void wrongForH2() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("guarded");
    DriverManager.getConnection(url, "queen", "another-one").close();
    assertRefused(url, Map.of("STORE_USER", "queen", "STORE_PASSWORD", IN_ENVIRONMENT));
    assertRefused(url + ";USER=queen;PASSWORD=" + IN_URL, Map.of());
  }

  @Test
  @DisplayName("ST-3 a database is used with the user and password of the environment")
  void usable() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("guarded");
    DriverManager.getConnection(url, "queen", IN_ENVIRONMENT).close();
    Map<String, String> env =
        Map.of("STORE", url, "STORE_USER", "queen", "STORE_PASSWORD", IN_ENVIRONMENT);
    try (DemoProcess demo = DemoProcess.start(folder, env)) {
      assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
      demo.stop();
    }
  }

  @Test
  @DisplayName("SP-2 ST-8 a Redis that evicts, or lets nobody in, ends the process with one line")
  void evictingRedis() throws Exception {
    try (RedisProcess server = RedisProcess.start("--maxmemory-policy", "allkeys-lru")) {
      String line = assertRefused("memory redis://" + server.address(), Map.of());
      assertThat(line)
          .startsWith("STORE can't be used: auth.redis.url: Redis has the maxmemory-policy");
      assertRefused("memory redis://queen:" + IN_URL + "@" + server.address(), Map.of());
    }
  }

  @Test
  @DisplayName(
      "SP-2 a Redis that the file names, and one that STORE names too, are faults of theirs")
  void redisInFile() throws Exception {
    Path file = folder.resolve("auth.properties");
    Files.writeString(file, "auth.redis.url = redis://queen:" + IN_URL + "@127.0.0.1:1\n");
    Map<String, String> env = Map.of("STORE", "memory", "CONFIG", file.toString());
    assertThat(DemoProcess.refused(folder, env))
        .containsExactly("The settings can't be used: auth.redis.url: Redis can't be reached");
    assertThat(assertRefused("redis://127.0.0.1:1", Map.of("CONFIG", file.toString())))
        .isEqualTo("STORE and auth.redis.url name a Redis server each; leave one");
  }

  @Test
  @DisplayName("ST-3 with a Redis alone in STORE, or in the file, users are where they are without")
  void redisAlone() throws Exception {
    try (RedisProcess server = RedisProcess.start(RedisProcess.keeping());
        Jedis admin = server.admin()) {
      String url = "redis://" + server.address();
      try (DemoProcess demo = DemoProcess.start(folder, Map.of("STORE", url))) {
        assertThat(demo.register("alice", "wonderland-1865").statusCode()).isEqualTo(201);
        String cookie = demo.loggedIn("alice", "wonderland-1865");
        assertThat(demo.hello("Cookie", cookie)).isEqualTo(200);
        demo.stop();
      }
      assertThat(folder.resolve("sallyport-demo.mv.db")).exists();
      assertThat(admin.keys("sallyport:u:*")).as("what is issued").hasSize(1);
      assertThat(admin.keys("sallyport:t:*")).as("counts").isNotEmpty();
      admin.flushAll();
      Path file = Files.writeString(folder.resolve("auth.properties"), "auth.redis.url = " + url);
      try (DemoProcess demo = DemoProcess.start(folder, Map.of("CONFIG", file.toString()))) {
        demo.loggedIn("alice", "wonderland-1865");
        demo.stop();
      }
      assertThat(admin.keys("sallyport:u:*")).hasSize(1);
    }
  }
}
