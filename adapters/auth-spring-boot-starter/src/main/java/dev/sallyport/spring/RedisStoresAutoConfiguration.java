package dev.sallyport.spring;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.TokenStore;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import redis.clients.jedis.UnifiedJedis;

/**
 * Keeps what is issued, and the counts, in Redis, if auth-redis and a client or its settings are
 * there.
 */
@AutoConfiguration(before = JdbcStoresAutoConfiguration.class)
@ConditionalOnBooleanProperty(
    prefix = SallyportProperties.PREFIX,
    name = "enabled",
    matchIfMissing = true)
@ConditionalOnClass({RedisStores.class, UnifiedJedis.class})
public final class RedisStoresAutoConfiguration {
  RedisStoresAutoConfiguration() {}

  /** Of the server that Spring Data would use, unless a setting of ours or a bean names one. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(DataRedis.PREFIX + "host")
  @ConditionalOnMissingBean({RedisStores.class, UnifiedJedis.class})
  static class ClientOfDataRedis {
    @Bean
    @ConditionalOnProperty(name = "auth.redis.url", havingValue = "false", matchIfMissing = true)
    UnifiedJedis sallyportJedis(Environment environment) {
      try {
        return DataRedis.url(environment).connect();
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            List.of(DataRedis.PREFIX + "*: host, port, username, password and database don't fit"));
      }
    }
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(UnifiedJedis.class)
  RedisStores sallyportRedisStores(UnifiedJedis jedis) {
    return RedisStores.of(jedis);
  }

  @Bean
  @ConditionalOnBean(RedisStores.class)
  @ConditionalOnMissingBean
  TokenStore sallyportTokens(RedisStores stores) {
    return stores.tokens();
  }

  @Bean
  @ConditionalOnBean(RedisStores.class)
  @ConditionalOnMissingBean
  ThrottleStore sallyportCounts(RedisStores stores) {
    return stores.counts();
  }
}
