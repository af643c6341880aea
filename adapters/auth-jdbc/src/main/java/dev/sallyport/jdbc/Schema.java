package dev.sallyport.jdbc;

import dev.sallyport.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The tables: one SQL file per version, each of which can be run again. */
final class Schema {
  private static final List<String> FILES = List.of("V1__sallyport.sql");
  private static final String NEWEST = "SELECT MAX(version) FROM sallyport_schema";
  private static final int ATTEMPTS = 5;

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /** Refuses a schema that is missing or older than this library needs. */
  void check() {
    checkEncoding();
    int version = version();
    if (version < FILES.size()) {
      throw new IllegalStateException(
          """
          %s of Sallyport in this %s, and version %s is needed: \
          run the SQL files in the JAR's folder %s, or call createSchema()"""
              .formatted(
                  version == 0 ? "There is no schema" : "The schema has version " + version,
                  database.dialect(),
                  FILES.size(),
                  database.dialect().folder()));
    }
  }

  /** With any other, a name that it can't encode would look like an outage. */
  private void checkEncoding() {
    String sql = database.dialect().encoding();
    if (sql == null) {
      return;
    }
    String encoding =
        database.run("find its encoding", on -> on.query(sql, row -> row.getString(1))).get(0);
    if (!encoding.equals("UTF8")) {
      throw new IllegalStateException(
          "The database has the encoding " + encoding + ": recreate it with ENCODING 'UTF8'");
    }
  }

  /**
   * If several hosts do so at once, one may fail on what another has just created: it checks again.
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

  /** The newest version present; 0 if there is none. */
  private int version() {
    try {
      return database
          .run("find the version of its schema", on -> on.query(NEWEST, row -> row.getInt(1)))
          .get(0);
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof SQLException cause && database.dialect().isMissingTable(cause)) {
        return 0;
      }
      throw e;
    }
  }

  private void run(String file) {
    String[] statements = read(file).split(";\\s*(\\n|$)", 0);
    database.transact(
        "create its schema",
        on -> {
          for (String sql : statements) {
            on.change(sql);
          }
          return true;
        });
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
