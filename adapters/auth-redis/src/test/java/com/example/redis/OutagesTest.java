package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.count;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisClients;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** What happens while a server does not do what it is asked. */
@Timeout(60)
class OutagesTest {
  private final RedisProcess server =
      RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
  private final RedisClient client = Servers.patientClient(server.address());
  private final RedisStores stores = Servers.patient(client);
  private final TokenStore tokens = stores.tokens();
  private final TokenRecord record = session("alice");

  OutagesTest() {
    tokens.insert(record, TokenLimit.NONE, NOW);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private boolean isThere() {
    return tokens.find(TokenKind.SESSION, record.key(), NOW).isPresent();
  }

  private static void assertUnavailable(String why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(why);
  }

  private void assertNothingIsDone(String why) {
    assertUnavailable(why, () -> tokens.insert(session("alice"), TokenLimit.NONE, NOW));
    assertUnavailable(why, () -> tokens.replace(record, record, NOW));
    assertUnavailable(why, () -> stores.counts().replace("a:1", Optional.empty(), count("1"), NOW));
  }

  private void assertNothingIsAnswered(String why) {
    assertNothingIsDone(why);
    assertUnavailable(why, this::isThere);
    assertUnavailable(why, () -> tokens.touch(record, NOW, null));
    assertUnavailable(why, () -> tokens.remove(record, NOW));
    assertUnavailable(why, () -> tokens.remove("alice", TokenKind.all(), record.id(), NOW));
    assertUnavailable(why, () -> tokens.list("alice", TokenKind.all(), NOW));
    assertUnavailable(
        why, () -> tokens.removeAll("alice", TokenStore.Selection.of(TokenKind.all()), NOW));
    assertUnavailable(why, () -> stores.counts().find("a:1", NOW));
  }

  @Test
  @DisplayName("ST-6, ST-8 A server that was killed is used again as soon as it is back, with all")
  void stopped() {
    server.stop();
    assertNothingIsAnswered("Redis could not");
    assertUnavailable("Redis can't be reached", () -> Servers.patient(client));
    server.restart();
    assertThat(isThere()).as("what was acknowledged, with appendfsync always").isTrue();
    assertThat(tokens.remove(record, NOW)).isTrue();
  }

  @Test
  @DisplayName("ST-6 A server that has forgotten the scripts is told them again")
  void forgotScripts() {
    try (Jedis admin = server.admin()) {
      admin.scriptFlush();
      assertThat(isThere()).isTrue();
      admin.scriptFlush();
      assertThat(tokens.remove(record, NOW)).isTrue();
    }
  }

  @Test
  @DisplayName("ST-6 With a full memory nothing is added; what is there is found, and can be ended")
  void full() {
    try (Jedis admin = server.admin()) {
      admin.configSet("maxmemory", "1");
      assertNothingIsDone("OOM");
      assertThat(isThere()).isTrue();
      assertThat(tokens.list("alice", TokenKind.all(), NOW)).hasSize(1);
      assertThat(tokens.remove(record, NOW)).as("a logout").isTrue();
      admin.configSet("maxmemory", "0");
      tokens.insert(record, TokenLimit.NONE, NOW);
      assertThat(isThere()).isTrue();
    }
  }

  @Test
  @DisplayName("ST-6, SE-3 A server that a failover has made read-only is an outage for changes")
  void readOnly() {
    try (RedisProcess master = RedisProcess.start();
        Jedis admin = server.admin()) {
      admin.configSet("replica-serve-stale-data", "yes");
      admin.replicaof("127.0.0.1", master.port());
      assertNothingIsDone("READONLY");
      assertUnavailable("READONLY", () -> tokens.remove(record, NOW));
      assertUnavailable("READONLY", () -> tokens.touch(record, NOW.plusSeconds(90), null));
      admin.replicaofNoOne();
    }
  }

  @Test
  @DisplayName("ST-6 A server that wants a password, or lets this user do nothing, is an outage")
  void noAuth() {
    try (Jedis admin = server.admin()) {
      admin.aclSetUser("default", "on", "resetpass", ">another", "-@all", "+acl");
      assertThatThrownBy(this::isThere)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageMatching("Redis could not find a record: (NOAUTH|NOPERM)");
      admin.aclSetUser("default", "on", "nopass", "+@all");
    }
    assertThat(isThere()).isTrue();
  }

  @Test
  @DisplayName("ST-6 A Cluster that is down is an outage")
  void clusterDown() {
    try (RedisProcess alone =
            RedisProcess.start(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(RedisProcess.freePort()));
        RedisClient client = Servers.patientClient(alone.address())) {
      RedisStores down = Servers.patient(client);
      assertUnavailable(
          "CLUSTERDOWN", () -> down.tokens().find(TokenKind.SESSION, record.key(), NOW));
      assertUnavailable("CLUSTERDOWN", () -> down.counts().find("a:1", NOW));
    }
  }

  @Test
  @DisplayName("ST-6 A pool that has none left is waited for in bounded time, and works again")
  void poolHasNoneLeft() {
    ConnectionPoolConfig one = RedisClients.pool(Duration.ofMillis(100));
    one.setMaxTotal(1);
    try (RedisClient small =
        RedisClient.builder()
            .hostAndPort(server.address())
            .clientConfig(RedisClients.config(Duration.ofSeconds(20)))
            .poolConfig(one)
            .build()) {
      TokenStore waiting = Servers.patient(small).tokens();
      try (Connection taken = small.getPool().getResource()) {
        assertThat(taken.isBroken()).isFalse();
        assertUnavailable(
            "Redis could not find a record",
            () -> waiting.find(TokenKind.SESSION, record.key(), NOW));
      }
      assertThat(waiting.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
    }
  }

  @Test
  @DisplayName("ST-6 Who is interrupted while waiting for a connection stays interrupted")
  void interrupted() throws InterruptedException {
    ConnectionPoolConfig one = RedisClients.pool(Duration.ofSeconds(20));
    one.setMaxTotal(1);
    try (RedisClient small =
        RedisClient.builder()
            .hostAndPort(server.address())
            .clientConfig(RedisClients.config(Duration.ofSeconds(5)))
            .poolConfig(one)
            .build()) {
      TokenStore waiting = Servers.patient(small).tokens();
      CountDownLatch ready = new CountDownLatch(1);
      List<Boolean> stayed = new ArrayList<>();
      try (Connection taken = small.getPool().getResource()) {
        assertThat(taken.isBroken()).isFalse();
        Thread caller =
            new Thread(
                () -> {
                  ready.countDown();
                  assertThatThrownBy(() -> waiting.find(TokenKind.SESSION, record.key(), NOW))
                      .isInstanceOf(StoreUnavailableException.class);
                  stayed.add(Thread.currentThread().isInterrupted());
                });
        caller.start();
        ready.await();
        caller.interrupt();
        caller.join();
      }
      assertThat(stayed).containsExactly(true);
    }
  }

  @Test
  @DisplayName("ST-6 A server that hangs costs a call no more than the client's time for an answer")
  void hangs() {
    try (RedisClient hurried = Servers.client(server.address(), Duration.ofMillis(400))) {
      TokenStore bounded = RedisStores.of(hurried).tokens();
      server.freeze();
      assertUnavailable(
          "Redis could not find a record",
          () -> bounded.find(TokenKind.SESSION, record.key(), NOW));
      assertUnavailable(
          "Redis could not add a record",
          () -> bounded.insert(session("alice"), TokenLimit.NONE, NOW));
      server.thaw();
    }
    assertThat(isThere()).isTrue();
  }

  @Test
  @DisplayName("PW-6 No error shows what was sent")
  void showsNothing() {
    try (Jedis admin = server.admin()) {
      admin.aclSetUser("default", "-evalsha", "-eval");
      TokenRecord labelled = session("alice").toBuilder().label("private label").build();
      assertThatThrownBy(() -> tokens.insert(labelled, TokenLimit.NONE, NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("Redis could not add a record: NOPERM")
          .hasNoCause();
      admin.aclSetUser("default", "+@all");
    }
  }
}
