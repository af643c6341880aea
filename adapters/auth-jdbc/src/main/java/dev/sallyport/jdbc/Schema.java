package dev.sallyport.jdbc;

import dev.sallyport.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The tables: one SQL file a version, of which each can be run again. */
final class Schema {
  private static final List<String> FILES = List.of("V1__sallyport.sql");
  private static final String NEWEST = "SELECT MAX(version) FROM sallyport_schema";
  private static final int ATTEMPTS = 5;

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /** Refuses a schema that is missing or older than what this library works with. */
  void check() {
    checkEncoding();
    int version = version();
    if (version < FILES.size()) {
      throw new IllegalStateException(
          (version == 0 ? "There is no schema" : "The schema has version " + version)
              + " of Sallyport in this "
              + database.dialect()
              + ", and version "
              + FILES.size()
              + " is needed: run the SQL files in the JAR's folder "
              + database.dialect().folder()
              + ", or call createSchema()");
    }
  }

  /** In any other, a name that it lacks the letters for would look like an outage. */
  private void checkEncoding() {
    String sql = database.dialect().encoding();
    if (sql == null) {
      return;
    }
    String encoding = database.run("find its encoding", connection -> text(connection, sql));
    if (!encoding.equals("UTF8")) {
      throw new IllegalStateException(
          "The database has the encoding " + encoding + ": create it anew with ENCODING 'UTF8'");
    }
  }

  private String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = database.prepare(connection, sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * Where several hosts do so at once, one may fail on what another has just made: it looks again.
   */
  void create() {
    for (int attempt = 1; version() < FILES.size(); attempt++) {
      try {
        FILES.subList(version(), FILES.size()).forEach(this::run);
      } catch (StoreUnavailableException | DuplicateKeyException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The newest version that is there; 0 if there is none. */
  private int version() {
    try {
      return database.run(
          "find the version of its schema",
          connection -> {
            try (PreparedStatement newest = database.prepare(connection, NEWEST);
                ResultSet row = newest.executeQuery()) {
              return row.next() ? row.getInt(1) : 0;
            }
          });
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof SQLException cause && database.dialect().isMissingTable(cause)) {
        return 0;
      }
      throw e;
    }
  }

  private void run(String file) {
    String[] statements = read(file).split(";\\s*(\\n|$)", -1);
    database.transact(
        "create its schema",
        connection -> {
          for (String sql : statements) {
            execute(connection, sql);
          }
          return true;
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    if (!sql.isBlank()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private String read(String file) {
    String path = database.dialect().folder() + "/" + file;
    try (InputStream in = Schema.class.getResourceAsStream(path)) {
      byte[] sql = Objects.requireNonNull(in, path).readAllBytes();
      return new String(sql, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
