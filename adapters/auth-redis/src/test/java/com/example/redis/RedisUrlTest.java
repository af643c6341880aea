package com.example.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.redis.RedisUrl;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;

/** One text that says where Redis is. */
@Timeout(60)
class RedisUrlTest {
  private static final String PASSWORD = "jabberwocky-1871";

  @ParameterizedTest
  @CsvSource({
    "redis://localhost, redis://localhost:6379",
    "redis://localhost/, redis://localhost:6379",
    "redis://127.0.0.1:1/0, redis://127.0.0.1:1",
    "rediss://redis.example:65535/15, rediss://redis.example:65535/15",
    "redis://[::1]:6380, redis://::1:6380",
    "redis://:jabberwocky-1871@a, redis://a:6379",
    "redis://queen:jabberwocky-1871@a_b.example:7000, redis://a_b.example:7000",
    "'redis://a:7000,b:7001,[fe80::1]', 'redis://a:7000,b:7001,fe80::1:6379'",
  })
  @DisplayName(
      "SP-2 a URL has scheme, user, password, addresses and database; it shows no password")
  void reads(String url, String shown) {
    assertThat(RedisUrl.of(url)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "redis:",
        "redis://",
        "redis:///1",
        "redis:localhost",
        "REDIS://localhost",
        "redis+socket:///tmp/redis",
        "http://jabberwocky-1871@localhost",
        "redis://jabberwocky-1871@localhost",
        "redis://queen:@localhost",
        "redis://queen:jabberwocky-1871@",
        "redis://queen:jabberwocky-1871%zz@localhost",
        "redis://queen:jabberwocky-1871@localhost:",
        "redis://queen:jabberwocky-1871@localhost:0",
        "redis://queen:jabberwocky-1871@localhost:65536",
        "redis://queen:jabberwocky-1871@localhost:999999",
        "redis://queen:jabberwocky-1871@localhost:-1",
        "redis://queen:jabberwocky-1871@local host",
        "redis://queen:jabberwocky-1871@a,",
        "redis://queen:jabberwocky-1871@a,,b",
        "redis://queen:jabberwocky-1871@a b:1",
        "redis://queen:jabberwocky-1871@a;b",
        "redis://queen:jabber/wocky-1871@a",
        "redis://a/x",
        "redis://a/12345",
        "redis://a?password=jabberwocky-1871",
        "redis://a#jabberwocky-1871",
        "redis://::1:6379",
        "redis://a\n",
        "redis://a,b/1",
      })
  @DisplayName("SP-2, PW-6 anything else is refused, and not shown")
  void refuses(String url) {
    Secrets.remember(PASSWORD);
    assertThatThrownBy(() -> RedisUrl.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("The URL of Redis must be .*|A Cluster of Redis has only .*")
        .hasNoCause()
        .message()
        .doesNotContain("jabber");
  }

  private static void assertUsable(RedisUrl url) {
    try (UnifiedJedis jedis = url.connect()) {
      RedisStores stores = RedisStores.of(jedis);
      TokenRecord record = Samples.session("alice");
      stores.tokens().insert(record, TokenLimit.NONE, Samples.NOW);
      assertThat(stores.tokens().find(TokenKind.SESSION, record.key(), Samples.NOW)).isPresent();
    }
  }

  @Test
  @DisplayName(
      "ST-3 a server and a Cluster are used by their URL; one node of it is enough to start")
  void connects() {
    assertUsable(RedisUrl.of("redis://" + Servers.single().address()));
    assertUsable(RedisUrl.of(RedisCluster.shared().url()));
    int port = RedisCluster.shared().nodes().get(2).port();
    assertUsable(RedisUrl.of("redis://127.0.0.1:1,127.0.0.1:" + port));
  }

  @Test
  @DisplayName("ST-3 user, password and database of the URL are used; a plus in it is a plus")
  void logsIn() {
    Secrets.remember("a+b/c@d:e%");
    try (RedisProcess server = RedisProcess.start(RedisProcess.keeping());
        Jedis admin = server.admin()) {
      admin.aclSetUser("queen", "on", ">a+b/c@d:e%", "~*", "+@all");
      admin.aclSetUser("default", "on", ">" + PASSWORD, "~*", "+@all");
      String at = "@127.0.0.1:" + server.port();
      assertUsable(RedisUrl.of("redis://queen:a+b%2Fc%40d%3Ae%25" + at + "/3"));
      admin.select(3);
      assertThat(admin.dbSize()).isPositive();
      assertUsable(RedisUrl.of("redis://:" + PASSWORD + at));
      admin.select(0);
      assertThat(admin.dbSize()).isPositive();
      try (UnifiedJedis wrong = RedisUrl.of("redis://queen:" + PASSWORD + at).connect()) {
        assertThatThrownBy(() -> RedisStores.of(wrong))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessage("Redis can't be asked: WRONGPASS")
            .hasNoCause();
      }
    }
  }

  @Test
  @DisplayName("ST-6 a Cluster of which no node answers is an outage")
  void unreachable() {
    RedisUrl url = RedisUrl.of("redis://127.0.0.1:1,127.0.0.1:2");
    assertThatThrownBy(url::connect)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("No node of the Redis Cluster can be reached");
  }
}
