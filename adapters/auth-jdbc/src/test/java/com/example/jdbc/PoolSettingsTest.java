package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools whose connections commit nothing by themselves, or isolate more than the databases do. */
class PoolSettingsTest {
  private static final String READ_COMMITTED = "TRANSACTION_READ_COMMITTED";

  static Stream<Arguments> settings() {
    return Stream.of(Databases.values())
        .flatMap(
            database ->
                Stream.of(
                    Arguments.of(database, READ_COMMITTED, false),
                    Arguments.of(database, "TRANSACTION_REPEATABLE_READ", true),
                    Arguments.of(database, "TRANSACTION_SERIALIZABLE", true),
                    Arguments.of(database, "TRANSACTION_SERIALIZABLE", false)));
  }

  private static HikariDataSource pool(Databases database, String isolation, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.emptiedUrl());
    config.setMaximumPoolSize(16);
    config.setTransactionIsolation(isolation);
    config.setAutoCommit(autoCommit);
    return new HikariDataSource(config);
  }

  @ParameterizedTest(name = "{0}, {1}, autoCommit {2}")
  @MethodSource("settings")
  @DisplayName("ST-2 Changes are kept, seen by others, and conditional")
  void changes(Databases database, String isolation, boolean autoCommit) {
    try (HikariDataSource pool = pool(database, isolation, autoCommit)) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      TokenStore tokens = stores.tokens();
      TokenStore seenByOthers = Databases.patient(database.emptied()).tokens();
      TokenRecord record = session("u").build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      assertThat(seenByOthers.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
      assertThatThrownBy(() -> tokens.insert(record, TokenLimit.NONE, NOW))
          .isInstanceOf(IllegalArgumentException.class);

      TokenRecord next = record.toBuilder().label("next").build();
      assertThat(tokens.replace(record, next, NOW)).isTrue();
      assertThat(tokens.replace(record, next, NOW)).isFalse();
      assertThat(tokens.touch(record, NOW.plusSeconds(1), null)).isTrue();
      assertThat(seenByOthers.find(TokenKind.SESSION, record.key(), NOW).orElseThrow())
          .returns("next", TokenRecord::label)
          .returns(NOW.plusSeconds(1), TokenRecord::lastSeenAt);

      AccountStore users = stores.accounts();
      assertThat(users.insert(user("a"))).isEqualTo(Change.DONE);
      User sameName = user("b").toBuilder().name(user("a").name()).build();
      assertThat(users.insert(sameName)).isEqualTo(Change.NAME_TAKEN);
      assertThat(users.update(user("a"), user("a"))).isEqualTo(Change.DONE);
      assertThat(users.update(user("a"), user("a"))).isEqualTo(Change.STALE);
    }
  }

  @ParameterizedTest(name = "{0}, {1}, autoCommit {2}")
  @MethodSource("settings")
  @DisplayName("ST-2 Limits stay exact, and conflicts are settled unseen")
  void races(Databases database, String isolation, boolean autoCommit) {
    try (HikariDataSource pool = pool(database, isolation, autoCommit)) {
      JdbcStores stores = Databases.patient(pool);
      TokenStore tokens = stores.tokens();
      TokenLimit limit = new TokenLimit(5, WhenFull.REFUSE_NEW);
      List<TokenStore.Insertion> insertions =
          Race.of(16, i -> tokens.insert(session("u").build(), limit, NOW));
      assertThat(insertions).filteredOn(TokenStore.Insertion.Done.class::isInstance).hasSize(5);
      assertThat(tokens.list("u", Set.of(TokenKind.SESSION), NOW)).hasSize(5);

      TokenRecord record = session("v").build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      assertThat(Race.of(16, i -> tokens.replace(record, record.toBuilder().build(), NOW)))
          .containsOnlyOnce(true);
      assertThat(Race.of(16, i -> tokens.remove(record, NOW))).containsOnlyOnce(true);

      ThrottleStore counts = stores.counts();
      ThrottleStore.Entry entry = new ThrottleStore.Entry("1", NOW, NOW);
      assertThat(
              Race.of(
                  16,
                  i -> counts.replace("k", Optional.empty(), Optional.of(entry), Instant.now())))
          .containsOnlyOnce(true);
    }
  }

  @Test
  @DisplayName("ST-3 PostgreSQL: no connection goes back within a transaction")
  void leavesNoTransaction() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Databases.POSTGRESQL.emptiedUrl());
    config.setAutoCommit(false);
    config.addDataSourceProperty("ApplicationName", "sallyport-idle");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      JdbcStores stores = Databases.patient(pool);
      TokenRecord record = session("u").build();
      stores.tokens().insert(record, new TokenLimit(1, WhenFull.REMOVE_OLDEST), NOW);
      assertThatThrownBy(() -> stores.tokens().insert(record, TokenLimit.NONE, NOW))
          .isInstanceOf(IllegalArgumentException.class);
      stores.tokens().find(TokenKind.SESSION, record.key(), NOW);
      assertThat(stores.tokens().touch(session("u").build(), NOW, null)).isFalse();
      stores.counts().find("k", Instant.now());
      try (Connection connection = DriverManager.getConnection(Databases.POSTGRESQL.emptiedUrl());
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT COUNT(*), COUNT(xact_start) FROM pg_stat_activity"
                      + " WHERE application_name = 'sallyport-idle'")) {
        row.next();
        assertThat(row.getInt(1)).as("connections").isPositive();
        assertThat(row.getInt(2)).as("of these within a transaction").isZero();
      }
    }
  }
}
