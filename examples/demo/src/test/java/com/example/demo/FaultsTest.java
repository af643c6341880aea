package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a Redis Cluster while two hosts use it: each fault for a few seconds, or with
 * {@code -Dfaults.minutes=10} in turn for so long.
 */
@Timeout(3600)
class FaultsTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String DAVE = "{\"username\":\"dave\",\"password\":\"" + PASSWORD + "\"}";
  private static final String[] OWN = {"Sec-Fetch-Site", "same-origin"};
  private static final int MINUTES = Integer.getInteger("faults.minutes", 0);

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<RunningDemo> hosts = new ArrayList<>();
  private FaultyCluster cluster;

  /** What was acknowledged and then was not so: only a failover may do that. */
  private final Queue<Claim> broken = new ConcurrentLinkedQueue<>();

  /** Something that was acknowledged, and when. */
  private record Claim(String what, long at) {}

  @BeforeEach
  void start() throws Exception {
    cluster = FaultyCluster.start();
    Path config =
        Files.writeString(
            folder.resolve("demo.properties"),
            """
            auth.passwords.cost = 10
            auth.session.max-per-user = unlimited
            auth.token.max-per-user = unlimited
            auth.jwt.max-per-user = unlimited
            auth.passwords.max-wait = 60
            auth.jwt.grace = 300
            """);
    Map<String, String> env =
        Map.of(
            "STORE",
            Postgres.newUrl() + " " + cluster.url(),
            "CONFIG",
            config.toString(),
            "KEYS",
            folder.resolve("keys.jwks").toString());
    hosts.add(RunningDemo.start(env));
    hosts.add(RunningDemo.start(env));
    for (String user : List.of("alice", "bob", "carol", "dave")) {
      assertThat(host().register(user, PASSWORD).statusCode()).isEqualTo(201);
    }
  }

  @AfterEach
  void stop() {
    hosts.forEach(RunningDemo::close);
    cluster.close();
  }

  private RunningDemo host() {
    return hosts.get(requests.getAndIncrement() % hosts.size());
  }

  private HttpResponse<String> hello(String who, String header, String value) throws Exception {
    HttpResponse<String> answer = host().get("/api/hello", header, value);
    if (answer.statusCode() == 200) {
      assertThat(field(answer.body(), "hello")).as("whose credentials these are").isEqualTo(who);
    }
    return answer;
  }

  /** Those who keep what they were given before the first fault. */
  private List<Load.Client> standing() throws Exception {
    String cookie = host().loggedIn("alice", PASSWORD);
    String bob = basic("bob", PASSWORD);
    String token = field(host().post("/auth/tokens", "Authorization", bob).body(), "token");
    Secrets.remember(token);
    String forSale = "Bearer " + token;
    return List.of(
        new Load.Client("session", 200, () -> hello("alice", "Cookie", cookie)),
        new Load.Client("account", 200, () -> host().get("/auth/me", "Cookie", cookie)),
        new Load.Client("token", 200, () -> hello("bob", "Authorization", forSale)),
        new Load.Client("basic", 200, () -> hello("bob", "Authorization", bob)),
        new Load.Client("list", 200, () -> host().get("/auth/sessions", "Cookie", cookie)));
  }

  private List<Load.Client> all() throws Exception {
    List<Load.Client> all = new ArrayList<>(standing());
    Queue<Ended> cookies = new ConcurrentLinkedQueue<>();
    Queue<Ended> tokens = new ConcurrentLinkedQueue<>();
    Pair pair = new Pair();
    all.add(new Load.Client("login and logout", 204, () -> logInAndOut(cookies)));
    all.add(new Load.Client("token and its end", 204, () -> makeAndRevoke(tokens)));
    all.add(new Load.Client("refresh", 200, pair::refresh));
    return all;
  }

  /** Credentials that were ended, which the host has acknowledged. */
  private record Ended(String who, String header, String value, Claim claim) {}

  /** Asks with one of those that were ended. */
  private void assertEnded(Queue<Ended> ended) throws Exception {
    Ended one = ended.poll();
    if (one == null) {
      return;
    }
    int status = hello(one.who(), one.header(), one.value()).statusCode();
    assertThat(status).isIn(200, 401, 503);
    if (status == 200) {
      broken.add(one.claim());
    } else {
      ended.add(one);
    }
  }

  private HttpResponse<String> logInAndOut(Queue<Ended> ended) throws Exception {
    assertEnded(ended);
    HttpResponse<String> login = host().login("carol", PASSWORD);
    if (login.statusCode() != 200) {
      return login;
    }
    Claim made = new Claim("a login", System.nanoTime());
    String cookie = RunningDemo.cookie(login);
    noteIfLost(hello("carol", "Cookie", cookie), made);
    HttpResponse<String> logout = host().post("/auth/logout", "Cookie", cookie, OWN[0], OWN[1]);
    if (logout.statusCode() == 204) {
      ended.add(new Ended("carol", "Cookie", cookie, new Claim("a logout", System.nanoTime())));
    }
    return logout;
  }

  private HttpResponse<String> makeAndRevoke(Queue<Ended> ended) throws Exception {
    assertEnded(ended);
    String bob = basic("bob", PASSWORD);
    HttpResponse<String> made = host().post("/auth/tokens", "Authorization", bob);
    if (made.statusCode() != 201) {
      return made;
    }
    Claim claim = new Claim("a token", System.nanoTime());
    String token = "Bearer " + field(made.body(), "token");
    noteIfLost(hello("bob", "Authorization", token), claim);
    String path = "/auth/tokens/" + field(made.body(), "id");
    HttpResponse<String> end = host().send("DELETE", path, new byte[0], "Authorization", bob);
    if (end.statusCode() == 404) {
      broken.add(claim);
      return makeAndRevoke(ended);
    }
    if (end.statusCode() == 204) {
      Claim ends = new Claim("the end of a token", System.nanoTime());
      ended.add(new Ended("bob", "Authorization", token, ends));
    }
    return end;
  }

  private void noteIfLost(HttpResponse<String> answer, Claim claim) {
    assertThat(answer.statusCode()).isIn(200, 401, 503);
    if (answer.statusCode() == 401) {
      broken.add(claim);
    }
  }

  /** A family of refresh tokens, which one client uses. */
  private final class Pair {
    private String token = "";
    private Claim made = new Claim("", 0);

    HttpResponse<String> refresh() throws Exception {
      HttpResponse<String> next =
          token.isEmpty() ? host().json("/auth/jwt", DAVE) : host().refresh(token);
      if (next.statusCode() == 200) {
        token = field(next.body(), "refresh_token");
        made = new Claim("a refresh token", System.nanoTime());
        String access = "Bearer " + field(next.body(), "access_token");
        assertThat(hello("dave", "Authorization", access).statusCode()).isEqualTo(200);
      } else if (next.statusCode() == 401 && !token.isEmpty()) {
        broken.add(made);
        token = "";
        return refresh();
      }
      return next;
    }
  }

  @Test
  @DisplayName(
      "ST-6, ST-8 whatever happens to a Cluster: nobody else's account, nothing ended comes back,"
          + " 503 in bounded time, and then 200 again")
  void survives() throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
    Load load = new Load(all());
    try (load) {
      load.await(false);
      do {
        for (Map.Entry<String, FaultyCluster.Fault> fault : cluster.faults().entrySet()) {
          assertHarmless(fault.getKey(), fault.getValue(), load);
        }
      } while (System.nanoTime() < end);
    }
    Load.assertNoThreadIsStuck();
  }

  private void assertHarmless(String name, FaultyCluster.Fault fault, Load load) throws Exception {
    String masters = cluster.masters();
    load.statuses();
    load.slowest();
    long before = System.nanoTime() - Duration.ofSeconds(1).toNanos();
    fault.happen(load);
    Map<Integer, Integer> answers = load.statuses();
    load.await(false);
    cluster.awaitHealth();
    load.await(false);
    boolean failover = !masters.equals(cluster.masters());
    if (MINUTES > 0) {
      System.out.printf(
          "%s: %s, slowest %s, failover %s, lost %s%n",
          name, answers, load.slowest(), failover, broken);
    }
    if (!name.equals(FaultyCluster.MOVING)) { // the client may follow in time
      assertThat(answers).as(name).containsKey(503);
    }
    for (Claim claim = broken.poll(); claim != null; claim = broken.poll()) {
      assertThat(failover).as("%s was lost by %s", claim, name).isTrue();
      assertThat(claim.at()).as("%s was lost by %s", claim, name).isGreaterThan(before);
    }
  }
}
