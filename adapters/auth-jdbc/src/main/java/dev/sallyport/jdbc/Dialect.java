package dev.sallyport.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the databases do each in their own way. */
enum Dialect {
  /** Locked rows are left for the next batch, so that nobody waits for a purge. */
  POSTGRESQL(
      "PostgreSQL",
      """
      DELETE FROM %1$s WHERE %2$s IN (
        SELECT %2$s FROM %1$s WHERE %3$s <= ? ORDER BY %3$s LIMIT ? FOR UPDATE SKIP LOCKED)
      """),
  /** It has no limit in a sub-query of the table that is changed. */
  MARIADB("MariaDB", "DELETE FROM %1$s WHERE %3$s <= ? ORDER BY %3$s LIMIT ?"),
  /** Its own sub-query of one table is not checked again once a lock was waited for. */
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

  /** Deletes at most so many rows (second parameter) that had ended by then (first parameter). */
  String purge(String table, String key, String end) {
    return purge.formatted(table, key, end);
  }

  /** Whether a row of that key is there already. */
  boolean isDuplicate(SQLException e) {
    return this == MARIADB
        ? e.getErrorCode() == MARIADB_DUPLICATE
        : "23505".equals(e.getSQLState());
  }

  /** Whether the database has undone what was begun, since another was in its way. */
  boolean isConflict(SQLException e) {
    String state = e.getSQLState();
    return (state != null && state.startsWith("40"))
        || (this == MARIADB && e.getErrorCode() == MARIADB_CHANGED_SINCE_READ)
        || (this == H2 && e.getErrorCode() == H2_CONCURRENT_UPDATE);
  }

  /** Whether a statement names a table that is not there. */
  boolean isMissingTable(SQLException e) {
    return MISSING_TABLE.contains(String.valueOf(e.getSQLState()));
  }

  /** Asks for the encoding of all its texts; null where the schema says it. */
  @Nullable String encoding() {
    return this == POSTGRESQL ? "SHOW server_encoding" : null;
  }

  /** Whether a statement's timeout is its connection's, which knows no other. */
  boolean timesConnections() {
    return this == H2;
  }

  /** Whether a transaction above READ COMMITTED sees what was there before it waited for a lock. */
  boolean looksBeforeItWaits() {
    return this != MARIADB;
  }

  @Override
  public String toString() {
    return product;
  }
}
