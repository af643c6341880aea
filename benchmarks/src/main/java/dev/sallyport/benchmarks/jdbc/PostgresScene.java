package dev.sallyport.benchmarks.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthRequest;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * A PostgreSQL of its own with so many users, who have a session each, and one who is asked for.
 */
final class PostgresScene implements AutoCloseable {
  static final String USER = "alice";

  /** One of a hundred is live; the rest ended at 1. */
  private static final String FILL =
      """
      INSERT INTO sallyport_users
        SELECT 'u' || n, 'user' || n, 'user' || n, NULL, '', true, 0, 0, 0
        FROM generate_series(1, %1$d) AS n;
      INSERT INTO sallyport_tokens (token_key, id, kind, user_id, label, created_at,
          authenticated_at, last_seen_at, idle_expires_at, expires_at, epoch, client, attributes,
          version)
        SELECT rtrim(translate(encode(sha256(n::text::bytea), 'base64'), '+/', '-_'), '='),
          'id' || n, 'session', 'u' || n, '', 0, 0, 0,
          CASE WHEN n <= %2$d THEN 1 ELSE 9223372036854775807 END, 9223372036854775807, 0,
          'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox', '', 0
        FROM generate_series(1, %1$d) AS n;
      ANALYZE sallyport_tokens;
      ANALYZE sallyport_users;
      """;

  final HikariDataSource pool;
  final AccountStore users;
  final TokenStore tokens;
  final Sessions sessions;

  /** The secret of the session of {@link #USER}. */
  final String secret;

  private final EmbeddedPostgres server;

  PostgresScene(int rows, int expired) throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
    pool = new HikariDataSource(config);
    JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
    users = stores.accounts();
    tokens = stores.tokens();
    sessions = Sessions.of(Sallyport.of(users, tokens));
    execute(FILL.formatted(rows, expired));
    User user = User.builder(USER, USER).build();
    users.insert(user);
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
            .build();
    secret =
        ((SessionResult.Started) sessions.start(user, Instant.now(), login, false))
            .cookie()
            .value();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    pool.close();
    server.close();
  }
}
