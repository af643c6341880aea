package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.redis.RedisUrl;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.Properties;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** docs/redis.md. */
public final class RedisSnippets {
  private RedisSnippets() {}

  /** Keeps what is issued and counted in Redis. */
  public static Sallyport wire(UnifiedJedis jedis, AccountStore users) {
    RedisStores stores = RedisStores.of(jedis);
    AuthEnvironment environment = AuthEnvironment.standard().withCounts(stores.counts());
    Sallyport auth = Sallyport.of(environment, users, stores.tokens());
    return auth;
  }

  /** Keeps it where the settings say. */
  public static TokenStore bySettings(Properties settings, CredentialStore users) {
    AuthConfiguration auth =
        AuthConfiguration.builder(settings).with(CredentialStore.class, users).build();
    TokenStore tokens = auth.auth().tokens();
    return tokens;
  }

  /** Nodes of a Cluster. */
  public static UnifiedJedis byUrl() {
    UnifiedJedis jedis = RedisUrl.of("redis://one.example:6379,two.example:6379").connect();
    return jedis;
  }

  /** A client that waits for nothing longer than it may. */
  public static RedisClient client(HostAndPort address) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(64);
    pool.setMaxWait(Duration.ofMillis(300));
    RedisClient jedis =
        RedisClient.builder()
            .hostAndPort(address)
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(300)
                    .socketTimeoutMillis(600)
                    .build())
            .poolConfig(pool)
            .build();
    return jedis;
  }

  /** Loses nothing by a failover. */
  public static RedisStores careful(UnifiedJedis jedis) {
    RedisStores stores =
        RedisStores.builder(jedis).waitForReplicas(1, Duration.ofMillis(200)).build();
    return stores;
  }
}
