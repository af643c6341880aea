package com.example.redis;

import static com.example.redis.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.example.redis.server.RedisClients;
import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/** What is looked at before a server is used. */
class InspectionTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(RedisStores.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final RedisProcess server = RedisProcess.start();
  private final RedisClient client = Servers.patientClient(server.address());

  @BeforeEach
  void listens() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void close() {
    log.detachAppender(logged);
    client.close();
    server.close();
  }

  private List<String> warnings() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-random",
        "volatile-lru",
        "volatile-lfu",
        "volatile-random",
        "volatile-ttl"
      })
  @DisplayName("ST-8 A server that drops values when memory is full is refused by name")
  void evicts(String policy) {
    try (Jedis admin = server.admin()) {
      admin.configSet("maxmemory-policy", policy);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> Servers.patient(client))
        .withMessageContaining(policy)
        .withMessageContaining("noeviction");
  }

  @Test
  @DisplayName("ST-8 One node of a Cluster that drops values is enough to be refused")
  void evictsInCluster() {
    try (Jedis node = RedisCluster.shared().nodes().get(1).admin()) {
      node.configSet("maxmemory-policy", "allkeys-lru");
      try {
        assertThatIllegalStateException()
            .isThrownBy(() -> Servers.patient(RedisCluster.shared().client()))
            .withMessageContaining("allkeys-lru");
      } finally {
        node.configSet("maxmemory-policy", "noeviction");
      }
      assertThatCode(() -> Servers.patient(RedisCluster.shared().client()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("ST-8 A server without an append-only file is one warning; with one there is none")
  void persistence() {
    Servers.patient(client);
    assertThat(warnings()).singleElement().asString().contains("appendonly");
    logged.list.clear();
    try (Jedis admin = server.admin()) {
      admin.configSet("appendonly", "yes");
    }
    Servers.patient(client);
    assertThat(warnings()).isEmpty();
  }

  @Test
  @DisplayName("ST-8 What a service does not let be seen is one warning, and works")
  void forbidden() {
    try (Jedis admin = server.admin()) {
      admin.aclSetUser("default", "-info", "-config");
      RedisStores stores = Servers.patient(client);
      assertThat(warnings())
          .singleElement()
          .asString()
          .contains("INFO", "maxmemory-policy", "not checked");
      assertThat(stores.counts().find("a:1", NOW)).isEmpty();
      admin.aclSetUser("default", "+@all");
    }
  }

  @Test
  @DisplayName("ST-8 A user of the server who may do no more than docs/redis.md says is enough")
  void leastRights() {
    try (Jedis admin = server.admin()) {
      admin.aclSetUser(
          "auth",
          ("on >secret ~sallyport:* +info +exists +wait +evalsha +eval +time +get +set +del +pttl"
                  + " +pexpire +hget +hset +hdel +hexists +hgetall +hrandfield")
              .split(" "));
    }
    try (RedisClient least =
        RedisClient.builder()
            .hostAndPort(server.address())
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .user("auth")
                    .password("secret")
                    .socketTimeoutMillis(9_000)
                    .build())
            .poolConfig(waiting(9_000))
            .build()) {
      TokenStore tokens = Servers.patient(least).tokens();
      TokenRecord record = Samples.session("alice");
      tokens.insert(record, TokenLimit.standard(TokenLimit.WhenFull.REMOVE_OLDEST), NOW);
      tokens.insert(Samples.session("alice"), TokenLimit.NONE, NOW);
      assertThat(tokens.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
      assertThat(tokens.touch(record, NOW.plusSeconds(1), null)).isTrue();
      assertThat(tokens.replace(record, record, NOW)).isTrue();
      assertThat(tokens.list("alice", TokenKind.all(), NOW)).hasSize(2);
      assertThat(tokens.remove(record, NOW)).isTrue();
      ThrottleStore counts = Servers.patient(least).counts();
      assertThat(counts.replace("a:1", Optional.empty(), Samples.count("1"), NOW)).isTrue();
      assertThat(counts.find("a:1", NOW)).contains("1");
    }
  }

  @Test
  @DisplayName("ST-6 A server that refuses the client's password can't be reached")
  void wrongPassword() {
    try (Jedis admin = server.admin()) {
      admin.configSet("requirepass", "secret");
      assertThatThrownBy(() -> Servers.patient(client))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  @DisplayName("SE-7 A client that keeps what it has read would find what was ended; it is refused")
  void caches() {
    try (RedisClient caching =
        RedisClient.builder()
            .hostAndPort(server.address())
            .clientConfig(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
            .cacheConfig(CacheConfig.builder().build())
            .build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStores.of(caching))
          .withMessageContaining("cacheConfig");
    }
  }

  @Test
  @DisplayName("ST-8 A service that has renamed INFO is one warning, and works")
  void renamed() {
    try (RedisProcess service =
            RedisProcess.start("--rename-command", "INFO", "INFORMATION", "--appendonly", "yes");
        RedisClient client = Servers.patientClient(service.address())) {
      assertThat(Servers.patient(client).counts().find("a:1", NOW)).isEmpty();
      assertThat(warnings()).singleElement().asString().contains("not checked");
    }
  }

  private RedisClient client(ConnectionPoolConfig pool, int socketMillis) {
    return RedisClient.builder()
        .hostAndPort(server.address())
        .clientConfig(RedisClients.config(Duration.ofMillis(socketMillis)))
        .poolConfig(pool)
        .build();
  }

  private static ConnectionPoolConfig waiting(long millis) {
    return RedisClients.pool(Duration.ofMillis(millis));
  }

  @Test
  @DisplayName("ST-6 A client that waits for longer than a call may take is refused, to the ms")
  void waits() {
    try (RedisClient byDefault = RedisClient.create("127.0.0.1", server.port())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStores.of(byDefault))
          .withMessageContaining("for ever")
          .withMessageContaining("setMaxWait");
    }
    try (RedisClient silent = client(waiting(200), 0)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStores.of(silent))
          .withMessageContaining("for ever")
          .withMessageContaining("socketTimeoutMillis");
    }
    try (RedisClient tooLong = client(waiting(201), 800);
        RedisClient fits = client(waiting(200), 800)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStores.of(tooLong))
          .withMessageContaining("PT0.201S")
          .withMessageContaining("PT0.8S");
      assertThatCode(() -> RedisStores.of(fits)).doesNotThrowAnyException();
      assertThatCode(() -> RedisStores.builder(tooLong).timeout(Duration.ofMillis(1001)).build())
          .doesNotThrowAnyException();
    }
    ConnectionPoolConfig never = waiting(-1);
    never.setBlockWhenExhausted(false);
    try (RedisClient refusing = client(never, 800)) {
      assertThatCode(() -> RedisStores.of(refusing)).doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("ST-3 Options out of range are refused; two prefixes on one server are two stores")
  void options() {
    RedisStores.Builder builder = RedisStores.builder(client);
    for (String prefix : List.of("a b", "a{", "}", "é", "a\n", "x".repeat(65))) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.prefix(prefix));
    }
    for (Duration timeout : List.of(Duration.ofMillis(49), Duration.ofMillis(60_001))) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(timeout));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.waitForReplicas(0, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.waitForReplicas(1, Duration.ZERO));
    RedisStores one = builder.prefix("").timeout(Duration.ofSeconds(60)).build();
    RedisStores other = builder.prefix("x".repeat(64)).build();
    one.counts().replace("a:1", Optional.empty(), Samples.count("1"), NOW);
    assertThat(one.counts().find("a:1", NOW)).contains("1");
    assertThat(other.counts().find("a:1", NOW)).isEmpty();
  }
}
