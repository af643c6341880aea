package com.example.redis.server;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** How clients of the tests wait. */
public final class RedisClients {
  private RedisClients() {}

  /** Waits as long as this for an answer. */
  public static JedisClientConfig config(Duration timeout) {
    int millis = (int) timeout.toMillis();
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .build();
  }

  /** Waits as long as this for a connection. */
  public static ConnectionPoolConfig pool(Duration wait) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    pool.setMaxWait(wait);
    return pool;
  }
}
