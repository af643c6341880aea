package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisClients;
import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Nodes with clients of their own share what is stored. */
class SharedTest {
  private static final TokenLimit FIVE = new TokenLimit(5, WhenFull.REFUSE_NEW);

  private static UnifiedJedis anotherClient(Servers servers) {
    return servers == Servers.SINGLE
        ? Servers.patientClient(Servers.single().address())
        : RedisCluster.shared().client(Servers.PATIENCE.dividedBy(3), 5);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Servers.class)
  @DisplayName("SE-6 Of fifty logins at once on two nodes, five are let in")
  void limit(Servers servers) {
    try (UnifiedJedis other = anotherClient(servers)) {
      List<TokenStore> nodes = List.of(servers.stores().tokens(), Servers.patient(other).tokens());
      for (int round = 0; round < 10; round++) {
        String user = "user " + round;
        List<Insertion> ends = Race.of(50, i -> nodes.get(i % 2).insert(session(user), FIVE, NOW));
        assertThat(Collections.frequency(ends, new Insertion.Full())).isEqualTo(45);
        assertThat(nodes.get(0).list(user, TokenKind.all(), NOW)).hasSize(5);
      }
    }
  }

  @RepeatedTest(5)
  @DisplayName("ST-1 Of fifty users who want one key at once, one gets it")
  void oneKey() {
    TokenStore store = Servers.CLUSTER.stores().tokens();
    TokenRecord first = session("alice");
    List<Boolean> got =
        Race.of(
            50,
            i -> {
              TokenRecord record =
                  TokenRecord.builder(TokenKind.SESSION, first.key(), "id" + i, "user " + i, NOW)
                      .build();
              try {
                return store.insert(record, TokenLimit.NONE, NOW) instanceof Insertion.Done;
              } catch (IllegalArgumentException e) {
                return false;
              }
            });
    assertThat(got).containsOnlyOnce(true);
    String winner = "user " + got.indexOf(true);
    assertThat(store.find(TokenKind.SESSION, first.key(), NOW).orElseThrow().userId())
        .isEqualTo(winner);
    assertThat(IntStream.range(0, 50).filter(i -> hasAny(store, "user " + i)).count()).isOne();
  }

  private static boolean hasAny(TokenStore store, String user) {
    return !store.list(user, TokenKind.all(), NOW).isEmpty();
  }

  @Test
  @DisplayName("ST-3 Users whose keys lie on three nodes, and pointers on all, are kept apart")
  void threeNodes() {
    TokenStore store = Servers.CLUSTER.stores().tokens();
    Set<Integer> users = new HashSet<>();
    Set<Integer> pointers = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      TokenRecord record = session("user " + i % 20);
      store.insert(record, FIVE, NOW);
      assertThat(store.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
    }
    for (RedisProcess node : RedisCluster.shared().nodes()) {
      try (var admin = node.admin()) {
        if (admin.info("replication").contains("role:master")) {
          admin.keys("sallyport:u:*").forEach(key -> users.add(third(key)));
          admin.keys("sallyport:p:*").forEach(key -> pointers.add(third(key)));
        }
      }
    }
    assertThat(users).as("the thirds of the slots that users are in").hasSize(3);
    assertThat(pointers).hasSize(3);
    for (int i = 0; i < 20; i++) {
      assertThat(store.removeAll("user " + i, TokenStore.Selection.of(TokenKind.all()), NOW))
          .isEqualTo(3);
    }
  }

  /** Takes a Cluster for one server, whose scripts may go from a pointer to its record. */
  @SuppressWarnings("deprecation") // it can be extended, which the others can't
  private static final class TwoKeys extends UnifiedJedis {
    TwoKeys() {
      super(
          new ClusterConnectionProvider(
              RedisCluster.shared().addresses(), RedisClients.config(Duration.ofSeconds(10))),
          5,
          Servers.PATIENCE);
    }

    @Override
    public String info() {
      return "redis_mode:standalone\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n";
    }
  }

  @Test
  @DisplayName("ST-5 A script on two keys fails where they lie on different nodes")
  void twoKeys() {
    RedisCluster.shared().flush();
    try (UnifiedJedis client = new TwoKeys()) {
      TokenStore wrong = Servers.patient(client).tokens();
      List<TokenRecord> records =
          IntStream.range(0, 20).mapToObj(i -> session("user " + i)).toList();
      records.forEach(record -> wrong.insert(record, FIVE, NOW));
      assertThatThrownBy(
              () -> records.forEach(one -> wrong.find(TokenKind.SESSION, one.key(), NOW)))
          .isInstanceOf(StoreUnavailableException.class);
      TokenStore right = Servers.patient(RedisCluster.shared().client()).tokens();
      assertThat(records)
          .allMatch(one -> right.find(TokenKind.SESSION, one.key(), NOW).isPresent());
    }
  }

  private static int third(String key) {
    return JedisClusterCRC16.getSlot(key) * 3 / 16_384;
  }

  @Test
  @DisplayName("ST-8 A client that tries once is told where a slot has gone, and goes there")
  void moved() {
    try (RedisClusterClient once = RedisCluster.shared().client(Duration.ofSeconds(10), 2)) {
      RedisCluster.shared().flush();
      TokenStore store = Servers.patient(once).tokens();
      TokenRecord record = session("alice");
      store.insert(record, TokenLimit.NONE, NOW);
      assertThat(store.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
    }
  }
}
