package dev.sallyport.jdbc;

import dev.sallyport.counts.ThrottleStore;
import java.time.Instant;
import java.util.Optional;

/** Counts in {@code sallyport_throttle}; expired ones count as absent, and new ones remove them. */
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

  /** How many expired counts are removed for each new one, so that they become fewer. */
  private static final int PURGED_EACH = 10;

  private final Database database;
  private final String purge;

  JdbcThrottle(Database database) {
    this.database = database;
    this.purge = database.dialect().purge("sallyport_throttle", "throttle_key", "forget_at");
  }

  @Override
  public Optional<String> find(String key, Instant now) {
    return database
        .run("find a count", on -> on.query(FIND, row -> row.getString(1), key, now))
        .stream()
        .findFirst();
  }

  @Override
  public boolean replace(String key, Optional<String> expected, Optional<Entry> next, Instant now) {
    if (expected.isEmpty()) {
      return next.isPresent() ? add(key, next.get(), now) : find(key, now).isEmpty();
    }
    return next.isPresent()
        ? replace(key, expected.get(), next.get(), now)
        : changes("remove a count", REMOVE, key, expected.get(), now);
  }

  private boolean add(String key, Entry entry, Instant now) {
    try {
      return database.run(
          "add a count",
          on -> {
            on.change(purge, now, PURGED_EACH);
            return on.change(INSERT, entry.value(), entry.forgetAt(), key) == 1;
          });
    } catch (DuplicateKeyException e) {
      return changes("add a count", TAKE_OVER, entry.value(), entry.forgetAt(), key, now);
    }
  }

  private boolean replace(String key, String expected, Entry entry, Instant now) {
    return changes("change a count", REPLACE, entry.value(), entry.forgetAt(), key, expected, now)
        // A driver may be set to count only rows whose values changed.
        || (entry.value().equals(expected) && find(key, now).equals(Optional.of(expected)));
  }

  private boolean changes(String what, String sql, Object... values) {
    return database.run(what, on -> on.change(sql, values)) == 1;
  }

  @Override
  public String toString() {
    return "JdbcThrottle[" + database + "]";
  }
}
