package dev.sallyport.jdbc;

import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore.Insertion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds records. If there is a limit, a row is locked first, so that a user's records are counted
 * and added by one transaction at a time.
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
          + " ORDER BY created_at, token_key FETCH FIRST ? ROWS ONLY";

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

  /** A record that may have to make room. */
  private record Old(String key, String id, long epoch) {
    static Old read(ResultSet row) throws SQLException {
      return new Old(row.getString("token_key"), row.getString("id"), row.getLong("epoch"));
    }
  }

  Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    Texts.key("record's id", record.id(), TokenRows.MAX_ID);
    Texts.key("user's id", record.userId(), TokenRows.MAX_ID);
    return limit.max() == TokenLimit.NONE.max()
        ? database.run("add a record", on -> add(on, record))
        : database.transact("add a record", on -> addWithin(on, record, limit, now));
  }

  private static Insertion add(Statements on, TokenRecord record) throws SQLException {
    on.change(
        INSERT,
        TokenRows.state(record),
        TokenRows.identity(record),
        record.createdAt(),
        record.version());
    return new Insertion.Done(List.of());
  }

  private static Insertion addWithin(
      Statements on, TokenRecord record, TokenLimit limit, Instant now) throws SQLException {
    lock(on, record.userId());
    List<Object> counted = List.of(record.userId(), record.kind().text(), now, limit.countedFrom());
    int count = on.query(COUNT, row -> row.getInt(1), counted).get(0);
    int excess = count - limit.max() + 1;
    if (excess > 0 && limit.whenFull() == WhenFull.REFUSE_NEW) {
      return new Insertion.Full();
    }
    List<Old> tooMany = excess > 0 ? on.query(OLDEST, Old::read, counted, excess) : List.of();
    if (tooMany.stream().anyMatch(old -> old.epoch() > record.epoch())) {
      return new Insertion.Full();
    }
    add(on, record);
    List<String> removed = new ArrayList<>();
    for (Old old : tooMany) {
      if (on.change(REMOVE, old.key()) == 1) { // otherwise its owner has just ended it
        removed.add(old.id());
      }
    }
    return new Insertion.Done(removed);
  }

  private static void lock(Statements on, String userId) throws SQLException {
    int slot = Math.floorMod(userId.hashCode(), SLOTS);
    if (on.query(LOCK, row -> row.getInt(1), slot).isEmpty()) {
      throw new SQLException("sallyport_locks lacks its rows; it has 0 to " + (SLOTS - 1));
    }
  }
}
