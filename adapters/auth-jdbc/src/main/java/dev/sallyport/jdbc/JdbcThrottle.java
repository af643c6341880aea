package dev.sallyport.jdbc;

import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.util.List;
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
    return database
        .run("find a count", on -> on.query(FIND, row -> row.getString(1), key, clock.instant()))
        .stream()
        .findFirst();
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
    if (expected.isEmpty()) {
      return next.isPresent() ? add(key, next.get()) : find(key).isEmpty();
    }
    return next.isPresent()
        ? replace(key, expected.get(), next.get())
        : changes("remove a count", REMOVE, key, expected.get());
  }

  private boolean add(String key, Entry entry) {
    try {
      return database.run(
          "add a count",
          on -> {
            on.change(purge, clock.instant(), PURGED_EACH);
            return on.change(INSERT, entry.value(), entry.forgetAt(), key) == 1;
          });
    } catch (DuplicateKeyException e) {
      return changes("add a count", TAKE_OVER, entry.value(), entry.forgetAt(), key);
    }
  }

  private boolean replace(String key, String expected, Entry entry) {
    return changes("change a count", REPLACE, entry.value(), entry.forgetAt(), key, expected)
        // A driver may be set to count only rows that are no longer what they were.
        || (entry.value().equals(expected) && find(key).equals(Optional.of(expected)));
  }

  /** The last value of the statement is the time. */
  private boolean changes(String what, String sql, Object... values) {
    return database.run(what, on -> on.change(sql, List.of(values), clock.instant())) == 1;
  }

  @Override
  public String toString() {
    return "JdbcThrottle[" + database + "]";
  }
}
