package com.example.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server for all tests, and new databases in it. It takes anybody at its word, but for the user
 * {@code guarded}, who has a password.
 */
final class Postgres {
  static final String PASSWORD = "jabberwocky-1871";

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger MADE = new AtomicInteger();

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE USER guarded PASSWORD '" + PASSWORD + "'");
        try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
          file.next();
          Path rules = Path.of(file.getString(1));
          Files.writeString(
              rules, "host all guarded all scram-sha-256\n" + Files.readString(rules));
        }
        statement.execute("SELECT pg_reload_conf()");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  /** The name of a database in which there is nothing. */
  static String newDatabase() throws SQLException {
    String name = "demo" + MADE.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  /** The URL of a database in which there is nothing. */
  static String newUrl() throws SQLException {
    return SERVER.getJdbcUrl("postgres", newDatabase());
  }
}
