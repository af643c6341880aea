package com.example.redis;

import dev.sallyport.redis.RedisStores;
import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
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
      RedisCluster.SHARED.flush();
      return RedisCluster.SHARED.client();
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

  static JedisClientConfig config(Duration timeout) {
    int millis = (int) timeout.toMillis();
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .build();
  }

  static ConnectionPoolConfig pool(Duration wait) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    pool.setMaxWait(wait);
    return pool;
  }

  /** A client that waits as long as it says, for a connection and for an answer. */
  static RedisClient client(HostAndPort address, Duration wait) {
    return RedisClient.builder()
        .hostAndPort(address)
        .clientConfig(config(wait))
        .poolConfig(pool(wait))
        .build();
  }

  static RedisClient patientClient(HostAndPort address) {
    return client(address, PATIENCE.dividedBy(3));
  }

  /** The server of {@link #SINGLE}. */
  static RedisProcess single() {
    return Single.SERVER;
  }

  static void flush(Map<String, ConnectionPool> nodes) {
    for (ConnectionPool pool : nodes.values()) {
      try (Connection connection = pool.getResource();
          Jedis node = new Jedis(connection)) {
        if (node.info("replication").contains("role:master")) {
          node.flushAll();
        }
      }
    }
  }

  private static final class Single {
    static final RedisProcess SERVER = RedisProcess.start(RedisProcess.KEEPING);
    static final RedisClient CLIENT = patientClient(SERVER.address());
  }
}
