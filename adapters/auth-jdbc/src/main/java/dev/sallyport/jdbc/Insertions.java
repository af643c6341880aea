package dev.sallyport.jdbc;

import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore.Insertion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds records. Where there is a limit, one row is locked first, so that the records of one user
 * are counted and added by one after the other.
 */
final class Insertions {
  private static final int SLOTS = 256;

  private static final String LOCK = "SELECT slot FROM sallyport_locks WHERE slot = ? FOR UPDATE";

  private static final String COUNTED =
      " FROM sallyport_tokens WHERE user_id = ? AND kind = ? AND ends_at > ? AND epoch >= ?";

  private static final String COUNT = "SELECT COUNT(*)" + COUNTED;

  private static final String OLDEST =
      "SELECT token_key, id, epoch"
          + COUNTED
          + " ORDER BY created_at, token_key"
          + " FETCH FIRST ? ROWS ONLY";

  private static final String REMOVE = "DELETE FROM sallyport_tokens WHERE token_key = ?";

  private static final String INSERT =
      """
      INSERT INTO sallyport_tokens (label, scopes, authenticated_at, last_seen_at, idle_expires_at,
        expires_at, epoch, client, attributes, generation, digest, key_id, rotated_at, token_key,
        id, kind, user_id, created_at, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;

  Insertions(Database database) {
    this.database = database;
  }

  /** One that may have to make room. */
  private record Old(String key, String id, long epoch) {}

  Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    Texts.key("record's id", record.id(), TokenRows.MAX_ID);
    Texts.key("user's id", record.userId(), TokenRows.MAX_ID);
    return limit.max() == TokenLimit.NONE.max()
        ? database.run("add a record", connection -> add(connection, record))
        : database.transact(
            "add a record", connection -> addWithin(connection, record, limit, now));
  }

  private Insertion addWithin(
      Connection connection, TokenRecord record, TokenLimit limit, Instant now)
      throws SQLException {
    lock(connection, record.userId());
    int excess = count(connection, record, limit, now) - limit.max() + 1;
    if (excess > 0 && limit.whenFull() == WhenFull.REFUSE_NEW) {
      return new Insertion.Full();
    }
    List<Old> tooMany = excess > 0 ? oldest(connection, record, limit, now, excess) : List.of();
    if (tooMany.stream().anyMatch(old -> old.epoch() > record.epoch())) {
      return new Insertion.Full();
    }
    add(connection, record);
    List<String> removed = new ArrayList<>();
    for (Old old : tooMany) {
      if (remove(connection, old)) {
        removed.add(old.id());
      }
    }
    return new Insertion.Done(removed);
  }

  private void lock(Connection connection, String userId) throws SQLException {
    try (PreparedStatement lock = database.prepare(connection, LOCK)) {
      lock.setInt(1, Math.floorMod(userId.hashCode(), SLOTS));
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("sallyport_locks lacks its rows; it has 0 to " + (SLOTS - 1));
        }
      }
    }
  }

  private int count(Connection connection, TokenRecord record, TokenLimit limit, Instant now)
      throws SQLException {
    try (PreparedStatement count = database.prepare(connection, COUNT)) {
      bind(count, record, limit, now);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private List<Old> oldest(
      Connection connection, TokenRecord record, TokenLimit limit, Instant now, int howMany)
      throws SQLException {
    try (PreparedStatement oldest = database.prepare(connection, OLDEST)) {
      oldest.setInt(bind(oldest, record, limit, now), howMany);
      List<Old> found = new ArrayList<>();
      try (ResultSet row = oldest.executeQuery()) {
        while (row.next()) {
          found.add(new Old(row.getString(1), row.getString(2), row.getLong(3)));
        }
      }
      return found;
    }
  }

  /** Binds which records count; gives the next parameter. */
  private static int bind(
      PreparedStatement statement, TokenRecord record, TokenLimit limit, Instant now)
      throws SQLException {
    statement.setString(1, record.userId());
    statement.setString(2, record.kind().text());
    statement.setLong(3, now.toEpochMilli());
    statement.setLong(4, limit.countedFrom());
    return 5;
  }

  /** False if its owner has just ended it. */
  private boolean remove(Connection connection, Old old) throws SQLException {
    try (PreparedStatement remove = database.prepare(connection, REMOVE)) {
      remove.setString(1, old.key());
      return remove.executeUpdate() == 1;
    }
  }

  private Insertion add(Connection connection, TokenRecord record) throws SQLException {
    try (PreparedStatement insert = database.prepare(connection, INSERT)) {
      int first = TokenRows.bind(insert, record);
      insert.setString(first, record.key().text());
      insert.setString(first + 1, record.id());
      insert.setString(first + 2, record.kind().text());
      insert.setString(first + 3, record.userId());
      insert.setLong(first + 4, record.createdAt().toEpochMilli());
      insert.setLong(first + 5, record.version());
      insert.executeUpdate();
      return new Insertion.Done(List.of());
    }
  }
}
