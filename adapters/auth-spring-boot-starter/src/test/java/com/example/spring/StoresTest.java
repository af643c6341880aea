package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.redis.server.RedisProcess;
import dev.sallyport.account.Accounts;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.UnifiedJedis;

@DisplayName("Spring Boot: where users and all else are kept")
class StoresTest {
  static class Database {
    @Bean
    DataSource dataSource() {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
      return source;
    }
  }

  @Test
  @DisplayName("ST-3 users, what is issued and counts are in the database")
  void stores() {
    try (RunningApp app = RunningApp.of(Database.class, "sallyport.jdbc.create-schema=true")) {
      assertThat(app.context().getBean(CredentialStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(TokenStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(ThrottleStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.jdbc");
      assertThat(app.context().getBean(Accounts.class)).isNotNull();
    }
  }

  @Test
  @DisplayName("ST-3 without the schema, the message says how to have it created")
  void noSchema() {
    Throwable thrown = catchThrowable(() -> RunningApp.of(Database.class).close());
    assertThat(thrown).hasStackTraceContaining("sallyport.jdbc.create-schema: true would create");
  }

  static class RedisAsWell extends Database {
    private final TokenStore tokens = TokenStore.inMemory();
    private final ThrottleStore counts = ThrottleStore.inMemory();

    @Bean
    RedisStores redis() {
      RedisStores stores = mock();
      when(stores.tokens()).thenReturn(tokens);
      when(stores.counts()).thenReturn(counts);
      return stores;
    }
  }

  @Test
  @DisplayName("ST-3 with Redis as well, users are in the database, all else is in Redis")
  void redis() {
    try (RunningApp app = RunningApp.of(RedisAsWell.class, "sallyport.jdbc.create-schema=true")) {
      RedisStores stores = app.context().getBean(RedisStores.class);
      Sallyport auth = app.context().getBean(Sallyport.class);
      assertThat(auth.users().getClass().getPackageName()).isEqualTo("dev.sallyport.jdbc");
      assertThat(auth.tokens()).isSameAs(stores.tokens());
      assertThat(auth.environment().counts()).isSameAs(stores.counts());
    }
  }

  private static String[] dataRedis(RedisProcess server, String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("spring.data.redis.host=127.0.0.1");
    settings.add("spring.data.redis.port=" + server.port());
    settings.add("sallyport.jdbc.create-schema=true");
    return settings.toArray(String[]::new);
  }

  @Test
  @DisplayName("ST-3 what is issued and counts are in the server that spring.data.redis names")
  void dataRedis() {
    String password = "p@ss:w/rd %+";
    try (RedisProcess server = RedisProcess.start("--requirepass", password);
        RunningApp app =
            RunningApp.of(
                Database.class, dataRedis(server, "spring.data.redis.password=" + password))) {
      assertThat(app.context().getBean(TokenStore.class).getClass().getPackageName())
          .isEqualTo("dev.sallyport.redis");
      Sallyport auth = app.context().getBean(Sallyport.class);
      assertThat(auth.users().getClass().getPackageName()).isEqualTo("dev.sallyport.jdbc");
      assertThat(auth.tokens().prune(Instant.EPOCH, 1)).isZero();
      assertThat(auth.environment().counts().getClass().getPackageName())
          .isEqualTo("dev.sallyport.redis");
    }
  }

  @Test
  @DisplayName("ST-3 auth.redis.url counts before spring.data.redis")
  void ownUrl() {
    try (RedisProcess server = RedisProcess.start();
        RedisProcess other = RedisProcess.start("--requirepass", "unknown");
        RunningApp app =
            RunningApp.of(
                Database.class,
                dataRedis(other, "auth.redis.url=redis://127.0.0.1:" + server.port()))) {
      assertThat(app.context().getBeansOfType(UnifiedJedis.class)).isEmpty();
      Sallyport auth = app.context().getBean(Sallyport.class);
      assertThat(auth.tokens().getClass().getPackageName()).isEqualTo("dev.sallyport.redis");
    }
  }

  @Test
  @DisplayName("ST-3 spring.data.redis that can't be used is a fault without the password")
  void wrongDataRedis() {
    Throwable thrown =
        catchThrowable(
            () ->
                RunningApp.of(
                        Database.class,
                        "spring.data.redis.host=a b",
                        "spring.data.redis.password=very-secret")
                    .close());
    assertThat(thrown)
        .hasStackTraceContaining("spring.data.redis.*: host, port, username")
        .satisfies(
            fault -> assertThat(fault.toString() + fault.getCause()).doesNotContain("very-secret"));
  }
}
