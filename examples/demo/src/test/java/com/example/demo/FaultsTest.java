package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * What happens to a Redis Cluster while two hosts use it: each fault for a few seconds, or with
 * {@code -Dfaults.minutes=10} in turn for so long.
 */
@Timeout(3600)
class FaultsTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String DAVE = "{\"username\":\"dave\",\"password\":\"" + PASSWORD + "\"}";
  private static final String[] OWN = {"Sec-Fetch-Site", "same-origin"};
  private static final Duration EACH = Duration.ofMillis(2500);
  private static final int MINUTES = Integer.getInteger("faults.minutes", 0);

  private static final String MOVING = "slots that move";

  @TempDir private Path folder;
  private final List<Cable> cables = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<RunningDemo> hosts = new ArrayList<>();
  private RedisCluster cluster;

  /** What was acknowledged and then was not so: only a failover may do that. */
  private final Queue<Claim> broken = new ConcurrentLinkedQueue<>();

  /** Something that was acknowledged, and when. */
  private record Claim(String what, long at) {}

  @BeforeEach
  void start() throws Exception {
    cluster = RedisCluster.start(this::behindCable);
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
    String nodes =
        cables.stream()
            .map(cable -> Cable.HOST + ":" + cable.port())
            .collect(Collectors.joining(",", "redis://", ""));
    Map<String, String> env =
        Map.of(
            "STORE",
            Postgres.newUrl() + " " + nodes,
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
    cables.forEach(Cable::close);
  }

  /** Clients, and replicas, find a node at its cable. */
  private List<String> behindCable(int port) {
    try {
      Cable cable = new Cable(port);
      cables.add(cable);
      List<String> options = new ArrayList<>(List.of("--bind", "127.0.0.1", Cable.HOST));
      options.addAll(List.of("--cluster-announce-ip", Cable.HOST));
      options.addAll(List.of("--cluster-announce-port", Integer.toString(cable.port())));
      options.addAll(List.of("--cluster-node-timeout", "3000"));
      options.addAll(List.of("--enable-debug-command", "local"));
      return options;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** What is done to the Cluster, and undone before this returns. */
  private interface Fault {
    void happen(Load load) throws Exception;
  }

  private Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("CLIENT PAUSE", this::pause);
    faults.put("DEBUG SLEEP", this::sleep);
    faults.put("a full memory", this::fullMemory);
    faults.put(MOVING, this::reshard);
    faults.put("a network that drops", this::drop);
    faults.put("kill -9 of a master", this::kill);
    return faults;
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
        for (Map.Entry<String, Fault> fault : faults().entrySet()) {
          assertHarmless(fault.getKey(), fault.getValue(), load);
        }
      } while (System.nanoTime() < end);
    }
    Load.assertNoThreadIsStuck();
  }

  private void assertHarmless(String name, Fault fault, Load load) throws Exception {
    String masters = masters();
    load.statuses();
    load.slowest();
    long before = System.nanoTime() - Duration.ofSeconds(1).toNanos();
    fault.happen(load);
    Map<Integer, Integer> answers = load.statuses();
    load.await(false);
    cluster.awaitHealth();
    load.await(false);
    boolean failover = !masters.equals(masters());
    if (MINUTES > 0) {
      System.out.printf(
          "%s: %s, slowest %s, failover %s, lost %s%n",
          name, answers, load.slowest(), failover, broken);
    }
    if (!name.equals(MOVING)) { // the client may follow in time
      assertThat(answers).as(name).containsKey(503);
    }
    for (Claim claim = broken.poll(); claim != null; claim = broken.poll()) {
      assertThat(failover).as("%s was lost by %s", claim, name).isTrue();
      assertThat(claim.at()).as("%s was lost by %s", claim, name).isGreaterThan(before);
    }
  }

  private String masters() {
    return cluster.masters().stream()
        .map(master -> master.address().toString())
        .collect(Collectors.joining(","));
  }

  private void onMasters(Consumer<Jedis> command) {
    for (RedisProcess master : cluster.masters()) {
      try (Jedis admin = master.admin()) {
        command.accept(admin);
      }
    }
  }

  private void pause(Load load) throws Exception {
    onMasters(master -> master.clientPause(EACH.toMillis()));
    load.goOn(EACH);
  }

  /** For less than the others need to take it for dead. */
  private void sleep(Load load) throws Exception {
    try (Jedis admin = busiest().admin()) {
      admin.sendCommand(() -> "DEBUG".getBytes(US_ASCII), "SLEEP", "1.8");
    }
    load.goOn(EACH.dividedBy(3));
  }

  private void fullMemory(Load load) throws Exception {
    onMasters(master -> master.configSet("maxmemory", "1"));
    load.goOn(EACH);
    onMasters(master -> master.configSet("maxmemory", "0"));
  }

  private void drop(Load load) throws Exception {
    cables.forEach(Cable::block);
    load.goOn(EACH.dividedBy(2));
    cables.forEach(Cable::cut);
    load.goOn(EACH.dividedBy(2));
    cables.forEach(Cable::mend);
  }

  private void kill(Load load) throws Exception {
    RedisProcess master = busiest();
    master.stop();
    load.goOn(EACH);
    RedisCluster.await(() -> cluster.masters().size() == 3);
    master.restart();
  }

  /** The master of most users. */
  private RedisProcess busiest() {
    return Collections.max(cluster.masters(), Comparator.comparingInt(node -> users(node).size()));
  }

  private static Set<String> users(RedisProcess node) {
    try (Jedis admin = node.admin()) {
      return admin.keys("sallyport:u:*");
    }
  }

  private void reshard(Load load) throws Exception {
    RedisProcess from = busiest();
    List<RedisProcess> others = new ArrayList<>(cluster.masters());
    others.remove(from);
    RedisProcess to = others.get(0);
    Set<String> users = users(from);
    try (Jedis source = from.admin();
        Jedis target = to.admin()) {
      for (String user : users) {
        int slot = JedisClusterCRC16.getSlot(user);
        target.clusterSetSlotImporting(slot, source.clusterMyId());
        source.clusterSetSlotMigrating(slot, target.clusterMyId());
        load.goOn(EACH.dividedBy(2L * users.size()));
        for (String key : source.clusterGetKeysInSlot(slot, 1000)) {
          source.migrate("127.0.0.1", to.port(), 10_000, new MigrateParams(), key);
        }
        load.goOn(EACH.dividedBy(2L * users.size()));
        target.clusterSetSlotNode(slot, target.clusterMyId());
        source.clusterSetSlotNode(slot, target.clusterMyId());
      }
    }
    assertThat(users).isNotEmpty();
    assertThat(users(from)).doesNotContainAnyElementsOf(users);
  }
}
