package dev.sallyport.jdbc;

import dev.sallyport.throttle.ThrottleStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** Counts in {@code sallyport_throttle}; what is over counts as absent, and new ones remove it. */
final class JdbcThrottle implements ThrottleStore {
  private static final String FIND =
      "SELECT counted FROM sallyport_throttle WHERE throttle_key = ? AND forget_at > ?";

  private static final String INSERT =
      "INSERT INTO sallyport_throttle (counted, forget_at, throttle_key) VALUES (?, ?, ?)";

  private static final String TAKE_OVER =
      """
      UPDATE sallyport_throttle SET counted = ?, forget_at = ?
      WHERE throttle_key = ? AND forget_at <= ?
      """;

  private static final String REPLACE =
      """
      UPDATE sallyport_throttle SET counted = ?, forget_at = ?
      WHERE throttle_key = ? AND counted = ? AND forget_at > ?
      """;

  private static final String REMOVE =
      "DELETE FROM sallyport_throttle WHERE throttle_key = ? AND counted = ? AND forget_at > ?";

  /** How many that are over leave for one that comes, so that they become fewer. */
  private static final int PURGED_EACH = 10;

  private final Database database;
  private final Clock clock;
  private final String purge;

  JdbcThrottle(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.purge = database.dialect().purge("sallyport_throttle", "throttle_key", "forget_at");
  }

  @Override
  public Optional<String> find(String key) {
    return database.run(
        "find a count",
        connection -> {
          try (PreparedStatement find = database.prepare(connection, FIND)) {
            find.setString(1, key);
            find.setLong(2, clock.millis());
            try (ResultSet row = find.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
    if (expected.isPresent()) {
      return next.isPresent()
          ? replace(key, expected.get(), next.get())
          : remove(key, expected.get());
    }
    return next.isPresent() ? add(key, next.get()) : find(key).isEmpty();
  }

  private boolean add(String key, Entry entry) {
    try {
      return database.run(
          "add a count",
          connection -> {
            purge(connection);
            try (PreparedStatement insert = database.prepare(connection, INSERT)) {
              bind(insert, key, entry);
              return insert.executeUpdate() == 1;
            }
          });
    } catch (DuplicateKeyException e) {
      return takeOver(key, entry);
    }
  }

  private void purge(Connection connection) throws SQLException {
    try (PreparedStatement delete = database.prepare(connection, purge)) {
      delete.setLong(1, clock.millis());
      delete.setInt(2, PURGED_EACH);
      delete.executeUpdate();
    }
  }

  private boolean takeOver(String key, Entry entry) {
    return database.run(
        "add a count",
        connection -> {
          try (PreparedStatement update = database.prepare(connection, TAKE_OVER)) {
            int next = bind(update, key, entry);
            update.setLong(next, clock.millis());
            return update.executeUpdate() == 1;
          }
        });
  }

  private boolean replace(String key, String expected, Entry entry) {
    boolean replaced =
        database.run(
            "change a count",
            connection -> {
              try (PreparedStatement update = database.prepare(connection, REPLACE)) {
                return change(update, bind(update, key, entry), expected);
              }
            });
    // A driver may be set to count only rows that are no longer what they were.
    return replaced || (entry.value().equals(expected) && find(key).equals(Optional.of(expected)));
  }

  private boolean remove(String key, String expected) {
    return database.run(
        "remove a count",
        connection -> {
          try (PreparedStatement delete = database.prepare(connection, REMOVE)) {
            delete.setString(1, key);
            return change(delete, 2, expected);
          }
        });
  }

  /** Binds counted, forget_at and throttle_key; gives the next parameter. */
  private static int bind(PreparedStatement statement, String key, Entry entry)
      throws SQLException {
    statement.setString(1, entry.value());
    statement.setLong(2, entry.forgetAt().toEpochMilli());
    statement.setString(3, key);
    return 4;
  }

  private boolean change(PreparedStatement statement, int first, String expected)
      throws SQLException {
    statement.setString(first, expected);
    statement.setLong(first + 1, clock.millis());
    return statement.executeUpdate() == 1;
  }

  @Override
  public String toString() {
    return "JdbcThrottle[" + database + "]";
  }
}
