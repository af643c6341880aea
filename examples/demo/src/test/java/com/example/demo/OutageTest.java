package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** For one answer; clients often wait for 30 s. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Cable cable;
  private RunningDemo demo;
  private String cookie;
  private String accessToken;
  private List<Client> clients;
  private final AtomicReference<Phase> phase = new AtomicReference<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** One kind of request, and what answers it while the database is there. */
  private record Client(String name, int status, Callable<HttpResponse<String>> request) {}

  /** It lasts until each client has twice got an answer such as this phase has. */
  private record Phase(boolean outage, Map<Client, Integer> seen, CountDownLatch done) {
    void note(Client client, int status) {
      if (outage == (status == 503) && seen.merge(client, 1, Integer::sum) == 2) {
        done.countDown();
      }
    }
  }

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
            new Client("session", 200, () -> demo.get("/api/hello", "Cookie", cookie)),
            new Client("account", 200, () -> demo.get("/auth/me", "Cookie", cookie)),
            new Client(
                "token", 200, () -> demo.get("/api/hello", "Authorization", "Token " + token)),
            new Client("basic", 200, () -> demo.get("/api/hello", "Authorization", alice)),
            new Client("list", 200, () -> demo.get("/auth/tokens", "Authorization", alice)),
            new Client("new token", 201, () -> demo.post("/auth/tokens", "Authorization", alice)),
            new Client("login", 200, () -> demo.login("alice", PASSWORD)),
            new Client("refresh", 200, () -> refresh(newest)));
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

  private Void run(Client client) throws Exception {
    while (!over.get()) {
      phase.get().note(client, ask(client));
    }
    return null;
  }

  /** The answer is that of the database's presence or absence, and soon there. */
  private static int ask(Client client) throws Exception {
    long before = System.nanoTime();
    HttpResponse<String> answer = client.request().call();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).as(client.name()).isLessThan(BOUND);
    assertThat(answer.statusCode()).as(client.name() + answer.body()).isIn(client.status(), 503);
    if (answer.statusCode() == 503) {
      assertProblem(answer, 503, "temporarily_unavailable");
      assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
    }
    return answer.statusCode();
  }

  private void await(boolean outage, List<Future<Void>> running) throws Exception {
    Phase next = new Phase(outage, new ConcurrentHashMap<>(), new CountDownLatch(clients.size()));
    phase.set(next);
    for (int i = 0; i < 600 && !next.done().await(100, TimeUnit.MILLISECONDS); i++) {
      for (Future<Void> one : running) {
        if (one.isDone()) {
          one.get();
        }
      }
    }
    assertThat(next.seen()).as(next.toString()).hasSameSizeAs(clients);
    assertThat(next.done().getCount()).as(next.toString()).isZero();
  }

  private void outage(Runnable begins) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      phase.set(new Phase(false, new ConcurrentHashMap<>(), new CountDownLatch(0)));
      List<Future<Void>> running =
          clients.stream().map(client -> threads.submit(() -> run(client))).toList();
      await(false, running);
      begins.run();
      await(true, running);
      // These need no database.
      assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
      assertThat(demo.hello("Authorization", "Bearer " + accessToken)).isEqualTo(200);
      cable.mend();
      await(false, running);
      over.set(true);
      for (Future<Void> one : running) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    // Twice as many as there are connections.
    assertThat(Race.of(Collections.nCopies(20, () -> demo.hello("Cookie", cookie))))
        .containsOnly(200);
    assertNoThreadIsStuck();
  }

  /** An answer is there a little sooner than the thread that gave it. */
  private static void assertNoThreadIsStuck() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    long stuck = insideTheLibrary();
    while (stuck > 0 && System.nanoTime() < end) {
      stuck = insideTheLibrary();
    }
    assertThat(stuck).isZero();
  }

  private static long insideTheLibrary() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            frames ->
                Arrays.stream(frames)
                    .anyMatch(frame -> frame.getClassName().startsWith("dev.sallyport.")))
        .count();
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
    assertThat(ask(clients.get(0))).isEqualTo(503);
    assertThat(ask(clients.get(6))).isEqualTo(503);
  }
}
