package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away while requests come, and comes back. */
@Timeout(180)
class OutageTest {
  private static final String PASSWORD = "wonderland-1865";

  @TempDir private Path folder;
  private Cable cable;
  private RunningDemo demo;
  private String cookie;
  private String accessToken;
  private List<Load.Client> clients;

  @BeforeEach
  void start() throws Exception {
    cable = new Cable(Postgres.port());
    Path config =
        Files.writeString(
            folder.resolve("demo.properties"),
            """
            auth.passwords.cost = 10
            auth.session.max-per-user = unlimited
            auth.token.max-per-user = unlimited
            auth.passwords.max-wait = 60
            auth.jwt.grace = 300
            """);
    demo =
        RunningDemo.start(
            Map.of(
                "STORE",
                cable.url(Postgres.newDatabase()),
                "CONFIG",
                config.toString(),
                "KEYS",
                folder.resolve("keys.jwks").toString()));
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
    cookie = demo.loggedIn("alice", PASSWORD);
    String alice = basic("alice", PASSWORD);
    String token = field(demo.post("/auth/tokens", "Authorization", alice).body(), "token");
    Secrets.remember(token);
    HttpResponse<String> pair = demo.pair("alice", PASSWORD);
    accessToken = field(pair.body(), "access_token");
    AtomicReference<String> newest = new AtomicReference<>(field(pair.body(), "refresh_token"));
    clients =
        List.of(
            new Load.Client("session", 200, () -> demo.get("/api/hello", "Cookie", cookie)),
            new Load.Client("account", 200, () -> demo.get("/auth/me", "Cookie", cookie)),
            new Load.Client(
                "token", 200, () -> demo.get("/api/hello", "Authorization", "Token " + token)),
            new Load.Client("basic", 200, () -> demo.get("/api/hello", "Authorization", alice)),
            new Load.Client("list", 200, () -> demo.get("/auth/tokens", "Authorization", alice)),
            new Load.Client(
                "new token", 201, () -> demo.post("/auth/tokens", "Authorization", alice)),
            new Load.Client("login", 200, () -> demo.login("alice", PASSWORD)),
            new Load.Client("refresh", 200, () -> refresh(newest)));
  }

  @AfterEach
  void stop() {
    demo.close();
    cable.close();
  }

  private HttpResponse<String> refresh(AtomicReference<String> newest) throws Exception {
    HttpResponse<String> next = demo.refresh(newest.get());
    if (next.statusCode() == 200) {
      newest.set(field(next.body(), "refresh_token"));
    }
    return next;
  }

  private void outage(Runnable begins) throws Exception {
    try (Load load = new Load(clients)) {
      load.await(false);
      begins.run();
      load.await(true);
      // These need no database.
      assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
      assertThat(demo.hello("Authorization", "Bearer " + accessToken)).isEqualTo(200);
      cable.mend();
      load.await(false);
    }
    // Twice as many as there are connections.
    assertThat(Race.of(Collections.nCopies(20, () -> demo.hello("Cookie", cookie))))
        .containsOnly(200);
    Load.assertNoThreadIsStuck();
  }

  @Test
  @DisplayName("ST-6 while the database refuses, answers are 503; when it is back, all goes on")
  void cut() throws Exception {
    outage(cable::cut);
  }

  @Test
  @DisplayName("ST-6 while the database is silent, answers are 503; when it is back, all goes on")
  void silent() throws Exception {
    outage(cable::block);
  }

  @Test
  @DisplayName("ST-6 idle connections to a database that is silent now don't keep a client waiting")
  void idle() throws Exception {
    Race.of(Collections.nCopies(20, () -> demo.hello("Cookie", cookie)));
    long idle = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    cable.block();
    while (System.nanoTime() < idle) {
      assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
    }
    assertThat(clients.get(0).ask()).isEqualTo(503);
    assertThat(clients.get(6).ask()).isEqualTo(503);
  }
}
