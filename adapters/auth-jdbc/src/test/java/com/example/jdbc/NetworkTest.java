package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are held up, out of reach, or away for a while. */
@Timeout(120)
class NetworkTest {
  private static final Pattern PORT = Pattern.compile(":(\\d+)/");
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final TokenLimit LIMIT = new TokenLimit(3, WhenFull.REMOVE_OLDEST);

  private final TokenRecord record = session("u").build();

  private static int port(String url) {
    Matcher port = PORT.matcher(url);
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  private static String over(Wire wire, String url) {
    String over = url.replaceFirst("//[^/]*/", "//127.0.0.1:" + wire.port() + "/");
    // By default its driver waits 10 s for its own call for an end to go through.
    return over.contains(":postgresql:") ? over + "&cancelSignalTimeout=1" : over;
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(2);
    config.setValidationTimeout(250);
    config.setConnectionTimeout(1000);
    return new HikariDataSource(config);
  }

  private TokenStore tokens(DataSource dataSource) {
    TokenStore tokens = JdbcStores.builder(dataSource).timeout(TIMEOUT).build().tokens();
    tokens.insert(record, TokenLimit.NONE, NOW);
    return tokens;
  }

  private boolean touch(TokenStore tokens) {
    return tokens.touch(record, NOW.plusSeconds(1), null);
  }

  private void assertUnavailable(TokenStore tokens) {
    assertThatThrownBy(() -> touch(tokens)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> tokens.insert(session("u").build(), LIMIT, NOW))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName(
      "ST-6 A statement that waits for another's lock is ended, and its connection is whole")
  void waitsForLock(Databases database) throws SQLException {
    String url = database.emptiedUrl();
    try (Watched watched = new Watched(url);
        Connection other = DriverManager.getConnection(url)) {
      TokenStore tokens = tokens(watched.dataSource());
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.executeQuery("SELECT * FROM sallyport_tokens FOR UPDATE").close();
        statement.executeQuery("SELECT * FROM sallyport_locks FOR UPDATE").close();
      }
      assertUnavailable(tokens);
      assertThat(tokens.find(TokenKind.SESSION, record.key(), NOW)).isPresent();
      other.rollback();
      assertThat(touch(tokens)).isTrue();
      assertThat(tokens.insert(session("u").build(), LIMIT, NOW))
          .isInstanceOf(TokenStore.Insertion.Done.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Databases.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("ST-6 A server that has gone silent is waited for in bounded time")
  void silent(Databases database) throws IOException {
    String url = database.emptiedUrl();
    try (Wire wire = new Wire(port(url));
        HikariDataSource pool = pool(over(wire, url))) {
      TokenStore tokens = tokens(pool);
      wire.silence();
      assertUnavailable(tokens);
      assertThat(wire.gaveUp()).as("whether nobody else would have").isFalse();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      wire.mend();
      assertThat(touch(tokens)).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Databases.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("ST-6 A connection that no pool looks after is silent for a bounded time only")
  void silentWithoutPool(Databases database) throws Exception {
    String url = database.emptiedUrl();
    try (Wire wire = new Wire(port(url));
        Watched watched = new Watched(over(wire, url))) {
      TokenStore tokens = tokens(watched.dataSource());
      wire.silence();
      assertThatThrownBy(() -> touch(tokens)).isInstanceOf(StoreUnavailableException.class);
      assertThat(wire.gaveUp()).as("whether nobody else would have").isFalse();
      assertThat(watched.kept()).isZero();
      wire.cut();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Databases.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("ST-6 A server that comes back is used again by itself")
  void comesBack(Databases database) throws IOException {
    String url = database.emptiedUrl();
    try (Wire wire = new Wire(port(url))) {
      String through = over(wire, url);
      // A pool would wait longer with each attempt.
      TokenStore tokens = tokens(Watched.source(() -> DriverManager.getConnection(through)));
      wire.cut();
      assertUnavailable(tokens);
      wire.mend();
      assertThat(touch(tokens)).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Databases.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("ST-6 A connection that is cut is an outage once, and the pool gives another")
  void cutOnce(Databases database) throws IOException {
    String url = database.emptiedUrl();
    try (Wire wire = new Wire(port(url));
        HikariDataSource pool = pool(over(wire, url))) {
      TokenStore tokens = tokens(pool);
      wire.cutThoseThatAre();
      for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
        tryTo(tokens);
      }
      assertThat(touch(tokens)).isTrue();
    }
  }

  /** A connection that was just used is given again unseen. */
  private void tryTo(TokenStore tokens) {
    try {
      touch(tokens);
    } catch (StoreUnavailableException e) {
      assertThat(e).hasCauseInstanceOf(SQLException.class);
    }
  }
}
