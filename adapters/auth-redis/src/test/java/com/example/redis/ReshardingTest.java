package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Cluster that moves a slot from one master to another. */
class ReshardingTest {
  private static final TokenStore STORE = Servers.patient(RedisCluster.shared().client()).tokens();

  private static boolean isThere(TokenRecord record) {
    return STORE.find(TokenKind.SESSION, record.key(), NOW).isPresent();
  }

  @Test
  @DisplayName("ST-6 While a slot moves, its users are found, and changes are 503, never no")
  void moves() {
    RedisCluster.shared().flush();
    TokenRecord record = session("alice");
    STORE.insert(record, TokenLimit.NONE, NOW);
    List<RedisProcess> masters = RedisCluster.shared().nodes().subList(0, 3);
    for (int i = 0; i < 3; i++) {
      try (Jedis source = masters.get(i).admin();
          Jedis target = masters.get((i + 1) % 3).admin()) {
        for (String key : source.keys("sallyport:u:*")) {
          int port = masters.get((i + 1) % 3).port();
          moves(record, key, source, target, port);
          return;
        }
      }
    }
    throw new AssertionError("There is no user");
  }

  private static void moves(
      TokenRecord record, String key, Jedis source, Jedis target, int targetPort) {
    int slot = JedisClusterCRC16.getSlot(key);
    String from = source.clusterMyId();
    String to = target.clusterMyId();
    target.clusterSetSlotImporting(slot, from);
    source.clusterSetSlotMigrating(slot, to);
    assertThat(isThere(record)).as("found where it still is").isTrue();
    assertUnavailable(record);
    for (String each : source.clusterGetKeysInSlot(slot, 100)) {
      source.migrate("127.0.0.1", targetPort, 10_000, new MigrateParams(), each);
    }
    assertThat(isThere(record)).as("found where it has gone, by ASK").isTrue();
    assertUnavailable(record);
    target.clusterSetSlotNode(slot, to);
    source.clusterSetSlotNode(slot, to);
    assertThat(isThere(record)).as("found where it belongs, by MOVED").isTrue();
    assertThat(STORE.remove(record, NOW)).as("removed").isTrue();
    assertThat(isThere(record)).isFalse();
    target.flushAll(); // so that it can go back
    source.clusterSetSlotNode(slot, from);
    target.clusterSetSlotNode(slot, from);
  }

  private static void assertUnavailable(TokenRecord record) {
    assertThatThrownBy(() -> STORE.remove(record, NOW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("TRYAGAIN");
  }
}
