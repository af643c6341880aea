package com.example.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** One setting puts what is issued and counted into Redis. */
@Timeout(60)
class RedisSettingsTest {
  private static AuthConfiguration configured(String url) {
    return AuthConfiguration.builder(Map.of("auth.chain", "session", "auth.redis.url", url))
        .with(CredentialStore.class, CredentialStore.inMemory())
        .build();
  }

  private static String url(Servers servers) {
    return servers == Servers.SINGLE
        ? "redis://" + Servers.single().address()
        : RedisCluster.shared().url();
  }

  @ParameterizedTest
  @EnumSource(Servers.class)
  @DisplayName("SP-1, ST-3 auth.redis.url keeps sessions and counts in Redis, for all nodes")
  void keeps(Servers servers) {
    servers.emptied();
    TokenRecord record = Samples.session("alice");
    try (AuthConfiguration auth = configured(url(servers));
        AuthConfiguration other = configured(url(servers))) {
      assertThat(auth.chain().member(SessionAuthenticator.class)).isPresent();
      auth.auth().tokens().insert(record, TokenLimit.NONE, Samples.NOW);
      assertThat(other.auth().tokens().find(TokenKind.SESSION, record.key(), Samples.NOW))
          .isPresent();
      auth.environment().counts().replace("a:1", Optional.empty(), Samples.count("7"), Samples.NOW);
      assertThat(other.environment().counts().find("a:1", Samples.NOW)).contains("7");
    }
  }

  private static void assertRefused(String url, String why) {
    assertThatThrownBy(() -> configured(url))
        .asInstanceOf(InstanceOfAssertFactories.type(ConfigurationException.class))
        .extracting(ConfigurationException::faults, InstanceOfAssertFactories.list(String.class))
        .singleElement()
        .asString()
        .startsWith("auth.redis.url: " + why)
        .doesNotContain("jabberwocky");
  }

  @Test
  @DisplayName("SP-2, PW-6 a wrong URL, and a server that is not there, are one fault; no secret")
  void refused() {
    Secrets.remember("jabberwocky-1871");
    assertRefused(
        "redis://jabberwocky-1871@localhost",
        "(its value is not shown) is not allowed; allowed: redis://host:port, or rediss://");
    assertRefused("redis://queen:jabberwocky-1871@127.0.0.1:1", "Redis can't be reached");
    assertRefused(
        "redis://queen:jabberwocky-1871@127.0.0.1:1,127.0.0.1:2",
        "No node of the Redis Cluster can be reached");
    assertRefused(
        "redis://queen:jabberwocky-1871@" + Servers.single().address(),
        "Redis can't be asked: WRONGPASS");
  }

  @Test
  @DisplayName("SP-1 who closes the configuration closes its connections")
  void closes() {
    try (RedisProcess server = RedisProcess.start(RedisProcess.keeping());
        Jedis admin = server.admin()) {
      try (AuthConfiguration auth = configured("redis://" + server.address())) {
        auth.environment().counts().find("a:1", Samples.NOW);
        assertThat(clients(admin)).hasSize(2);
      }
      RedisCluster.await(() -> clients(admin).size() == 1);
    }
  }

  @Test
  @DisplayName("ST-8 a server that evicts is refused, and no connection to it stays open")
  void evicts() {
    try (RedisProcess server = RedisProcess.start("--maxmemory-policy", "volatile-ttl");
        Jedis admin = server.admin()) {
      assertRefused("redis://" + server.address(), "Redis has the maxmemory-policy volatile-ttl");
      RedisCluster.await(() -> clients(admin).size() == 1);
    }
  }

  private static List<String> clients(Jedis admin) {
    return admin.clientList().lines().toList();
  }
}
