package dev.sallyport.redis;

import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.builders.ClusterClientBuilder;
import redis.clients.jedis.builders.StandaloneClientBuilder;

/**
 * Clients of the Jedis that the host has: version 7.2 has new classes for them, 7.0 and 7.1 have
 * only the former ones. A class is looked for where one of its own is needed.
 */
final class Clients {
  private Clients() {}

  static StandaloneClientBuilder<? extends UnifiedJedis> single() {
    try {
      return Current.single();
    } catch (NoClassDefFoundError e) {
      return Former.single();
    }
  }

  static ClusterClientBuilder<? extends UnifiedJedis> cluster() {
    try {
      return Current.cluster();
    } catch (NoClassDefFoundError e) {
      return Former.cluster();
    }
  }

  private static final class Current {
    static StandaloneClientBuilder<? extends UnifiedJedis> single() {
      return RedisClient.builder();
    }

    static ClusterClientBuilder<? extends UnifiedJedis> cluster() {
      return RedisClusterClient.builder();
    }
  }

  @SuppressWarnings("deprecation")
  private static final class Former {
    static StandaloneClientBuilder<? extends UnifiedJedis> single() {
      return JedisPooled.builder();
    }

    static ClusterClientBuilder<? extends UnifiedJedis> cluster() {
      return JedisCluster.builder();
    }
  }
}
