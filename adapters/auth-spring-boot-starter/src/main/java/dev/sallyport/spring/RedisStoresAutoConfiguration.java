package dev.sallyport.spring;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.UnifiedJedis;

/** Keeps what is issued, and the counts, in Redis, if auth-redis and a client are there. */
@AutoConfiguration(before = JdbcStoresAutoConfiguration.class)
@ConditionalOnBooleanProperty(
    prefix = SallyportProperties.PREFIX,
    name = "enabled",
    matchIfMissing = true)
@ConditionalOnClass({RedisStores.class, UnifiedJedis.class})
public final class RedisStoresAutoConfiguration {
  RedisStoresAutoConfiguration() {}

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
