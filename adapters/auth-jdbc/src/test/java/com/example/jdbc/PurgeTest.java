package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.testkit.Race;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Purges of many, while all else goes on. */
class PurgeTest {
  private static final Instant LONG_AGO = NOW.minusSeconds(1_000_000);
  private static final int EXPIRED = 20_000;
  private static final int BATCH = 1000;

  /** Copies of one record, which has expired. */
  private static void fill(DataSource dataSource, TokenRecord record) throws SQLException {
    String columns =
        "user_id, kind, label, created_at, authenticated_at, last_seen_at, idle_expires_at,"
            + " expires_at, epoch, client, attributes, version";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement copy =
            connection.prepareStatement(
                "INSERT INTO sallyport_tokens (token_key, id, "
                    + columns
                    + ") WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + BATCH
                    + ") SELECT CONCAT(?, n.i), CONCAT(?, n.i), "
                    + columns
                    + " FROM sallyport_tokens, n WHERE token_key = ?")) {
      for (int i = 0; i < EXPIRED / BATCH; i++) {
        copy.setString(1, i + "-");
        copy.setString(2, "copy" + i + "-");
        copy.setString(3, record.key().text());
        copy.executeUpdate();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-7 A purge of 20,000 in batches disturbs nobody, and leaves what is live")
  void disturbsNobody(Databases database) throws SQLException {
    DataSource dataSource = database.emptied();
    JdbcStores stores = Databases.patient(dataSource);
    TokenStore tokens = stores.tokens();
    stores.accounts().insert(user("u"));
    TokenRecord old = session("u", LONG_AGO).build();
    tokens.insert(old, TokenLimit.NONE, LONG_AGO);
    fill(dataSource, old);
    TokenRecord live = session("u").build();
    tokens.insert(live, TokenLimit.NONE, NOW);

    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> purge = () -> purge(tokens, done);
    Callable<Integer> use = () -> use(stores, live, done);
    List<Integer> results = Race.of(List.of(purge, purge, use, use));
    assertThat(results.get(0) + results.get(1)).isEqualTo(EXPIRED + 1);
    assertThat(results.get(2)).isPositive();
    assertThat(tokens.find(TokenKind.SESSION, live.key(), NOW)).isPresent();
    assertThat(tokens.prune(NOW, BATCH)).isZero();
  }

  /** Two that purge may leave to each other what the other has locked: the last round sees all. */
  private static int purge(TokenStore tokens, AtomicBoolean done) {
    int removed = 0;
    int last;
    do {
      last = tokens.prune(NOW, BATCH);
      assertThat(last).isLessThanOrEqualTo(BATCH);
      removed += last;
    } while (last > 0);
    done.set(true);
    return removed;
  }

  private static int use(JdbcStores stores, TokenRecord live, AtomicBoolean done) {
    TokenStore tokens = stores.tokens();
    TokenLimit limit = new TokenLimit(3, WhenFull.REMOVE_OLDEST);
    int rounds = 0;
    do {
      rounds++;
      assertThat(tokens.find(TokenKind.SESSION, live.key(), NOW, stores.accounts())).isPresent();
      assertThat(tokens.touch(live, NOW.plusMillis(rounds), null)).isTrue();
      assertThat(tokens.insert(session("v").build(), limit, NOW))
          .isInstanceOf(Insertion.Done.class);
    } while (!done.get());
    return rounds;
  }

  @Test
  @DisplayName("ST-7 PostgreSQL: purges, lists and counts read an index, not the table")
  void usesIndexes() throws SQLException {
    DataSource dataSource = Databases.POSTGRESQL.emptied();
    TokenStore tokens = Databases.patient(dataSource).tokens();
    TokenRecord old = session("u", LONG_AGO).build();
    tokens.insert(old, TokenLimit.NONE, LONG_AGO);
    fill(dataSource, old);
    Databases.execute(dataSource, "UPDATE sallyport_tokens SET user_id = id");
    Databases.execute(dataSource, "ANALYZE sallyport_tokens");
    assertThat(plan(dataSource, "user_id = 'copy1-1' AND kind IN ('session') AND ends_at > 5"))
        .contains("sallyport_tokens_user");
    assertThat(plan(dataSource, "ends_at <= 5 ORDER BY ends_at LIMIT 1000"))
        .contains("sallyport_tokens_end");
  }

  private static String plan(DataSource dataSource, String condition) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("EXPLAIN SELECT * FROM sallyport_tokens WHERE " + condition)) {
      while (row.next()) {
        plan.append(row.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("TH-4 Counts that are over become fewer as new ones come")
  void countsBecomeFewer(Databases database) throws SQLException {
    DataSource dataSource = database.emptied();
    ThrottleStore counts = Databases.patient(dataSource).counts();
    ThrottleStore.Entry over = new ThrottleStore.Entry("1", Instant.EPOCH, Instant.EPOCH);
    ThrottleStore.Entry live = new ThrottleStore.Entry("1", NOW, NOW);
    IntStream.range(0, 30)
        .forEach(
            i -> counts.replace("live" + i, Optional.empty(), Optional.of(live), Instant.now()));
    Databases.execute(dataSource, "UPDATE sallyport_throttle SET forget_at = 5");
    counts.replace("new", Optional.empty(), Optional.of(live), Instant.now());
    assertThat(rows(dataSource)).isEqualTo(21);
    counts.replace("newer", Optional.empty(), Optional.of(over), Instant.now());
    assertThat(rows(dataSource)).isEqualTo(12);
    assertThat(counts.find("new", Instant.now())).isPresent();
    assertThat(counts.find("newer", Instant.now())).isEmpty();
    assertThat(counts.find("live0", Instant.now())).isEmpty();
  }

  private static int rows(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM sallyport_throttle")) {
      row.next();
      return row.getInt(1);
    }
  }
}
