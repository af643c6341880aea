package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisClients;
import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Changes that wait until a replica has them. */
@Timeout(120)
class ReplicasTest {
  private static RedisStores waiting(UnifiedJedis jedis, Duration wait) {
    return RedisStores.builder(jedis).timeout(Servers.PATIENCE).waitForReplicas(1, wait).build();
  }

  private static boolean isThere(TokenStore store, TokenRecord record) {
    return store.find(TokenKind.SESSION, record.key(), NOW).isPresent();
  }

  @Test
  @DisplayName("ST-8 What was acknowledged is on the replica; without one, the change is an outage")
  void waits() {
    try (RedisProcess master = RedisProcess.start();
        RedisProcess replica = RedisProcess.start();
        RedisClient client = Servers.patientClient(master.address());
        Jedis admin = replica.admin()) {
      TokenStore impatient = waiting(client, Duration.ofMillis(20)).tokens();
      TokenRecord record = session("alice");
      assertThatThrownBy(() -> impatient.insert(record, TokenLimit.NONE, NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("0 of 1 replicas");
      assertThat(
              waiting(client, Duration.ofMillis(20))
                  .counts()
                  .replace("a:1", Optional.empty(), Samples.count("1"), NOW))
          .as("nobody waits for counts")
          .isTrue();
      Servers.patient(client).tokens().insert(record, TokenLimit.NONE, NOW);
      assertThat(impatient.touch(record, NOW.plusSeconds(1), null)).as("nor for uses").isTrue();
      assertThatThrownBy(() -> impatient.remove(record, NOW))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(isThere(impatient, record)).as("the master has made it all the same").isFalse();

      admin.replicaof("127.0.0.1", master.port());
      RedisCluster.await(() -> admin.info("replication").contains("link_status:up"));
      TokenStore store = waiting(client, Duration.ofSeconds(9)).tokens();
      TokenRecord acknowledged = session("bob");
      store.insert(acknowledged, TokenLimit.NONE, NOW);
      master.stop();
      admin.replicaofNoOne();
      try (RedisClient promoted = Servers.patientClient(replica.address())) {
        TokenStore after = waiting(promoted, Duration.ofMillis(1)).tokens();
        assertThat(isThere(after, acknowledged)).isTrue();
        assertThat(after.list("bob", TokenKind.all(), NOW)).hasSize(1);
      }
    }
  }

  @Test
  @DisplayName("ST-6, ST-8 Where Sentinel fails over, the store is used again with what was there")
  void sentinel() {
    try (RedisProcess master = RedisProcess.start();
        RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1 " + master.port());
        Jedis admin = replica.admin()) {
      RedisCluster.await(() -> admin.info("replication").contains("link_status:up"));
      try (RedisProcess sentinel = RedisProcess.sentinel(master);
          Jedis watcher = sentinel.admin();
          RedisSentinelClient client =
              RedisSentinelClient.builder()
                  .masterName("main")
                  .sentinels(Set.of(sentinel.address()))
                  .clientConfig(RedisClients.config(Duration.ofSeconds(9)))
                  .poolConfig(RedisClients.pool(Duration.ofSeconds(9)))
                  .build()) {
        TokenStore store = waiting(client, Duration.ofSeconds(8)).tokens();
        TokenRecord record = session("alice");
        store.insert(record, TokenLimit.NONE, NOW);
        RedisCluster.await(() -> !watcher.sentinelReplicas("main").isEmpty());
        master.stop();
        assertThatThrownBy(() -> isThere(store, record))
            .isInstanceOf(StoreUnavailableException.class);
        RedisCluster.await(() -> isFound(store, record));
        assertThat(Servers.patient(client).tokens().remove(record, NOW)).isTrue();
      }
    }
  }

  private static boolean isFound(TokenStore store, TokenRecord record) {
    try {
      return isThere(store, record);
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  @DisplayName("ST-8 In a Cluster the wait goes along where a slot has moved, and after a failover")
  void failover() {
    try (RedisCluster cluster = RedisCluster.start()) {
      RedisClusterClient client = cluster.client();
      TokenStore store = waiting(client, Duration.ofSeconds(5)).tokens();
      TokenRecord record = session("alice");
      store.insert(record, TokenLimit.NONE, NOW);
      String user = user(cluster);
      int third = JedisClusterCRC16.getSlot(user) * 3 / 16_384;
      RedisProcess replica = cluster.nodes().get(3 + third);
      try (Jedis node = replica.admin()) {
        node.clusterFailover();
        RedisCluster.await(() -> node.info("replication").contains("role:master"));
        RedisCluster.await(() -> node.info("replication").contains("connected_slaves:1"));
      }
      assertThat(isThere(store, record)).isTrue();
      TokenRecord found = store.find(TokenKind.SESSION, record.key(), NOW).orElseThrow();
      assertThat(store.replace(found, found.toBuilder().label("new").build(), NOW)).isTrue();
      assertThat(store.remove(found, NOW)).isTrue();
      assertThat(isThere(store, record)).isFalse();
    }
  }

  private static String user(RedisCluster cluster) {
    for (RedisProcess node : cluster.nodes()) {
      try (Jedis admin = node.admin()) {
        for (String key : admin.keys("sallyport:u:*")) {
          return key;
        }
      }
    }
    throw new AssertionError("There is no user");
  }
}
