package com.example.redis;

import com.example.redis.server.RedisClients;
import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.redis.RedisStores;
import java.time.Duration;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Servers that all tests share, each started once, and empty ones. */
enum Servers {
  SINGLE {
    @Override
    UnifiedJedis emptied() {
      try (Jedis admin = Single.SERVER.admin()) {
        admin.flushAll();
      }
      return Single.CLIENT;
    }
  },
  CLUSTER {
    @Override
    UnifiedJedis emptied() {
      RedisCluster.shared().flush();
      return RedisCluster.shared().client();
    }
  };

  /** Enough for fifty threads on a machine that does something else as well. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A client of a server in which there is nothing. */
  abstract UnifiedJedis emptied();

  /** Stores that are not tested for how soon they give up. */
  RedisStores stores() {
    return patient(emptied());
  }

  static RedisStores patient(UnifiedJedis jedis) {
    return RedisStores.builder(jedis).timeout(PATIENCE).build();
  }

  /** A client that waits as long as it says, for a connection and for an answer. */
  static RedisClient client(HostAndPort address, Duration wait) {
    return RedisClient.builder()
        .hostAndPort(address)
        .clientConfig(RedisClients.config(wait))
        .poolConfig(RedisClients.pool(wait))
        .build();
  }

  static RedisClient patientClient(HostAndPort address) {
    return client(address, PATIENCE.dividedBy(3));
  }

  /** The server of {@link #SINGLE}. */
  static RedisProcess single() {
    return Single.SERVER;
  }

  private static final class Single {
    static final RedisProcess SERVER = RedisProcess.start(RedisProcess.keeping());
    static final RedisClient CLIENT = patientClient(SERVER.address());
  }
}
