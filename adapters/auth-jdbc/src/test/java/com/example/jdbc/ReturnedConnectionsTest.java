package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection goes back, and as it came. */
class ReturnedConnectionsTest {
  private static final TokenLimit LIMIT = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
  private static final TokenLimit REFUSE = new TokenLimit(1, WhenFull.REFUSE_NEW);

  @ParameterizedTest(name = "{0}, autoCommit {1}")
  @CsvSource({
    "H2, true", "H2, false",
    "POSTGRESQL, true", "POSTGRESQL, false",
    "MARIADB, true", "MARIADB, false"
  })
  @DisplayName("ST-3 A connection goes back once, as it came, after successes and failures")
  void returns(Databases database, boolean autoCommit) throws Exception {
    try (Watched watched = new Watched(database.newUrl())) {
      Connection connection = watched.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setNetworkTimeout(Runnable::run, 77_000);
      if (database == Databases.H2) {
        try (Statement any = connection.createStatement()) {
          any.setQueryTimeout(77); // it is the connection's
        }
      }
      connection.setAutoCommit(autoCommit);
      Watched.State before = state(watched);
      JdbcStores stores = JdbcStores.builder(watched.dataSource()).createSchema().build();
      assertReturned(watched, before);

      succeed(stores);
      assertReturned(watched, before);
      fail(stores);
      assertReturned(watched, before);

      drop(connection, "sallyport_locks");
      drop(connection, "sallyport_tokens");
      outage(stores);
      assertReturned(watched, before);
    }
  }

  private static void assertReturned(Watched watched, Watched.State before) throws SQLException {
    assertThat(watched.kept()).as("what was not given back").isZero();
    assertThat(watched.taken()).isPositive();
    assertThat(state(watched)).isEqualTo(before);
  }

  /** To ask for it may begin a transaction. */
  private static Watched.State state(Watched watched) throws SQLException {
    Watched.State state = watched.state();
    commit(watched.connection());
    return state;
  }

  private static void drop(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + table);
    }
    commit(connection);
  }

  private static void commit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private static void succeed(JdbcStores stores) {
    TokenStore tokens = stores.tokens();
    TokenRecord record = session("u").build();
    tokens.insert(record, TokenLimit.NONE, NOW);
    tokens.insert(session("u").build(), LIMIT, NOW);
    assertThat(tokens.insert(session("u").build(), REFUSE, NOW))
        .isInstanceOf(TokenStore.Insertion.Full.class);
    assertThat(tokens.find(TokenKind.SESSION, record.key(), NOW, stores.accounts())).isEmpty();
    assertThat(stores.accounts().insert(user("u"))).isEqualTo(AccountStore.Change.DONE);
  }

  private static void fail(JdbcStores stores) {
    TokenRecord record = session("u2").build();
    stores.tokens().insert(record, TokenLimit.NONE, NOW);
    assertThatThrownBy(() -> stores.tokens().insert(record, TokenLimit.NONE, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stores.tokens().insert(record, LIMIT, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    ThrottleStore.Entry tooLong = new ThrottleStore.Entry("x".repeat(2001), NOW, NOW);
    assertThatThrownBy(
            () ->
                stores.counts().replace("k", Optional.empty(), Optional.of(tooLong), Instant.now()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private static void outage(JdbcStores stores) {
    assertThatThrownBy(() -> stores.tokens().insert(session("u").build(), LIMIT, NOW))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> stores.tokens().prune(NOW, 1))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
