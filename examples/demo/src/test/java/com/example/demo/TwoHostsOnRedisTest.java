package com.example.demo;

import com.example.redis.server.RedisCluster;
import org.junit.jupiter.api.DisplayName;

@DisplayName("ST-3 Two hosts with one Redis Cluster, and users in a database")
class TwoHostsOnRedisTest extends TwoHostsContract {
  @Override
  String store() throws Exception {
    return Postgres.newUrl() + " " + RedisCluster.shared().url();
  }
}
