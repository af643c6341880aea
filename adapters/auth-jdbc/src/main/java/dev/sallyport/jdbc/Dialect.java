package dev.sallyport.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between the databases. */
enum Dialect {
  /** Skips locked rows until the next batch, so that nobody waits for a purge. */
  POSTGRESQL(
      "PostgreSQL",
      """
      DELETE FROM %1$s WHERE %2$s IN (
        SELECT %2$s FROM %1$s WHERE %3$s <= ? ORDER BY %3$s LIMIT ? FOR UPDATE SKIP LOCKED)
      """),
  /** It permits no limit in a sub-query on the table that is changed. */
  MARIADB("MariaDB", "DELETE FROM %1$s WHERE %3$s <= ? ORDER BY %3$s LIMIT ?"),
  /** It doesn't check its own sub-query on the same table again after waiting for a lock. */
  H2("H2", "DELETE FROM %1$s WHERE %3$s <= ? FETCH FIRST ? ROWS ONLY");

  private static final int MARIADB_DUPLICATE = 1062;
  private static final int MARIADB_CHANGED_SINCE_READ = 1020;
  private static final int H2_CONCURRENT_UPDATE = 90131;

  /** PostgreSQL, the standard as MariaDB has it, and H2. */
  private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  private final String product;
  private final String purge;

  Dialect(String product, String purge) {
    this.product = product;
    this.purge = purge;
  }

  static Dialect of(String product) {
    for (Dialect dialect : values()) {
      if (dialect.product.equals(product)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "The database must be one of "
            + Arrays.stream(values()).map(Dialect::toString).collect(Collectors.joining(", "))
            + ", not "
            + product);
  }

  /** The folder of its SQL files. */
  String folder() {
    return "/sallyport-schema/" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Deletes rows that had ended by a time (first parameter), at most so many (second parameter).
   */
  String purge(String table, String key, String end) {
    return purge.formatted(table, key, end);
  }

  /** Whether the error means that there already is a row with that key. */
  boolean isDuplicate(SQLException e) {
    return this == MARIADB
        ? e.getErrorCode() == MARIADB_DUPLICATE
        : "23505".equals(e.getSQLState());
  }

  /** Whether the database rolled back because of a conflict with another transaction. */
  boolean isConflict(SQLException e) {
    String state = e.getSQLState();
    return (state != null && state.startsWith("40"))
        || (this == MARIADB && e.getErrorCode() == MARIADB_CHANGED_SINCE_READ)
        || (this == H2 && e.getErrorCode() == H2_CONCURRENT_UPDATE);
  }

  /** Whether the error means that a table is missing. */
  boolean isMissingTable(SQLException e) {
    return MISSING_TABLE.contains(String.valueOf(e.getSQLState()));
  }

  /** Queries the encoding of all texts; null if the schema sets it. */
  @Nullable String encoding() {
    return this == POSTGRESQL ? "SHOW server_encoding" : null;
  }

  /** Whether a statement's timeout applies to its whole connection. */
  boolean timesConnections() {
    return this == H2;
  }

  /**
   * Whether a transaction above READ COMMITTED still sees the state from before it waited for a
   * lock.
   */
  boolean looksBeforeItWaits() {
    return this != MARIADB;
  }

  @Override
  public String toString() {
    return product;
  }
}
