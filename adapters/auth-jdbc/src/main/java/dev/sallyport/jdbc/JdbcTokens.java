package dev.sallyport.jdbc;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records in {@code sallyport_tokens}; each change but a limited insertion is one statement. */
final class JdbcTokens implements TokenStore {
  private static final String SELECT = "SELECT " + TokenRows.COLUMNS;
  private static final String LIVE = " WHERE t.token_key = ? AND t.kind = ? AND t.ends_at > ?";
  private static final String FIND = SELECT + " FROM sallyport_tokens t" + LIVE;

  private static final String FIND_OWNED =
      SELECT
          + ", "
          + UserRows.COLUMNS
          + " FROM sallyport_tokens t LEFT JOIN sallyport_users u ON u.id = t.user_id"
          + LIVE;

  private static final String LIST =
      SELECT
          + " FROM sallyport_tokens t WHERE t.user_id = ? AND t.kind IN (?, ?, ?) AND t.ends_at > ?"
          + " ORDER BY t.created_at DESC, t.token_key DESC FETCH FIRST "
          + MAX_LISTED
          + " ROWS ONLY";

  private static final String REPLACE =
      """
      UPDATE sallyport_tokens SET label = ?, scopes = ?, authenticated_at = ?,
        last_seen_at = GREATEST(last_seen_at, ?), idle_expires_at = GREATEST(idle_expires_at, ?),
        expires_at = ?, epoch = ?, client = ?, attributes = ?, generation = ?, digest = ?,
        key_id = ?, rotated_at = ?, version = version + 1
      WHERE token_key = ? AND version = ? AND id = ? AND kind = ? AND user_id = ? AND ends_at > ?
      """;

  private static final String TOUCH =
      """
      UPDATE sallyport_tokens SET last_seen_at = GREATEST(last_seen_at, ?),
        idle_expires_at = GREATEST(idle_expires_at, ?)
      WHERE token_key = ? AND kind = ? AND ends_at > ?
      """;

  private static final String REMOVE =
      "DELETE FROM sallyport_tokens WHERE token_key = ? AND kind = ?";

  private static final String REMOVE_BY_ID =
      "DELETE FROM sallyport_tokens WHERE user_id = ? AND kind IN (?, ?, ?, ?) AND id = ?";

  private static final String REMOVE_ALL =
      "DELETE FROM sallyport_tokens WHERE user_id = ? AND kind IN (?, ?, ?, ?)";

  private final Database database;
  private final Insertions insertions;
  private final String purge;

  JdbcTokens(Database database) {
    this.database = database;
    this.insertions = new Insertions(database);
    this.purge = database.dialect().purge("sallyport_tokens", "token_key", "ends_at");
  }

  @Override
  public Optional<TokenRecord> find(TokenKind kind, SecretDigest key, Instant now) {
    return find(FIND, kind, key, now, TokenRows::read);
  }

  @Override
  public Optional<Owned> find(
      TokenKind kind, SecretDigest key, Instant now, CredentialStore users) {
    return users instanceof JdbcAccounts accounts && accounts.isIn(database)
        ? find(FIND_OWNED, kind, key, now, JdbcTokens::owned)
        : TokenStore.super.find(kind, key, now, users);
  }

  /** The user's columns are all null where there is no user. */
  private static Owned owned(ResultSet row) throws SQLException {
    int first = TokenRows.COUNT + 1;
    return new Owned(
        TokenRows.read(row), row.getString(first) == null ? null : UserRows.read(row, first));
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> find(
      String sql, TokenKind kind, SecretDigest key, Instant now, Reader<T> reader) {
    return database.run(
        "find a record",
        connection -> {
          try (PreparedStatement find = database.prepare(connection, sql)) {
            bindLive(find, 1, kind, key, now);
            try (ResultSet row = find.executeQuery()) {
              return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
          }
        });
  }

  private static void bindLive(
      PreparedStatement statement, int first, TokenKind kind, SecretDigest key, Instant now)
      throws SQLException {
    statement.setString(first, key.text());
    statement.setString(first + 1, kind.text());
    statement.setLong(first + 2, now.toEpochMilli());
  }

  @Override
  public Insertion insert(TokenRecord record, TokenLimit limit, Instant now) {
    try {
      return insertions.insert(record, limit, now);
    } catch (DuplicateKeyException e) {
      throw new IllegalArgumentException("There is already a record with that key");
    }
  }

  @Override
  public boolean replace(TokenRecord expected, TokenRecord next, Instant now) {
    if (!hasSameIdentity(expected, next)) {
      throw new IllegalArgumentException("A record's key, id, kind and user can't change");
    }
    return isKept(expected.id())
        && isKept(expected.userId())
        && change(
                "change a record",
                REPLACE,
                replace -> {
                  int first = TokenRows.bind(replace, next);
                  replace.setString(first, expected.key().text());
                  replace.setLong(first + 1, expected.version());
                  replace.setString(first + 2, expected.id());
                  replace.setString(first + 3, expected.kind().text());
                  replace.setString(first + 4, expected.userId());
                  replace.setLong(first + 5, now.toEpochMilli());
                })
            == 1;
  }

  private static boolean hasSameIdentity(TokenRecord one, TokenRecord other) {
    return one.key().equals(other.key())
        && one.id().equals(other.id())
        && one.kind() == other.kind()
        && one.userId().equals(other.userId());
  }

  @Override
  public boolean touch(
      TokenKind kind, SecretDigest key, Instant seen, @Nullable Instant idleExpiresAt) {
    int touched =
        change(
            "note the use of a record",
            TOUCH,
            touch -> {
              touch.setLong(1, seen.toEpochMilli());
              touch.setLong(
                  2, idleExpiresAt == null ? Long.MIN_VALUE : idleExpiresAt.toEpochMilli());
              bindLive(touch, 3, kind, key, seen);
            });
    // A driver may be set to count only rows that are no longer what they were.
    return touched == 1 || find(kind, key, seen).isPresent();
  }

  @Override
  public boolean remove(TokenKind kind, SecretDigest key) {
    return change(
            "remove a record",
            REMOVE,
            remove -> {
              remove.setString(1, key.text());
              remove.setString(2, kind.text());
            })
        == 1;
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    Set<TokenKind> listed = EnumSet.noneOf(TokenKind.class);
    listed.addAll(kinds);
    listed.remove(TokenKind.RESET);
    if (listed.isEmpty() || !isKept(userId)) {
      return List.of();
    }
    return database.run(
        "list a user's records", connection -> list(connection, userId, listed, now));
  }

  private List<TokenRecord> list(
      Connection connection, String userId, Set<TokenKind> kinds, Instant now) throws SQLException {
    try (PreparedStatement list = database.prepare(connection, LIST)) {
      list.setString(1, userId);
      int next = bindKinds(list, 2, kinds, 3);
      list.setLong(next, now.toEpochMilli());
      List<TokenRecord> records = new ArrayList<>();
      try (ResultSet row = list.executeQuery()) {
        while (row.next()) {
          records.add(TokenRows.read(row));
        }
      }
      Collections.reverse(records);
      return List.copyOf(records);
    }
  }

  /** The statement names so many kinds; where there are fewer, the last one fills up. */
  private static int bindKinds(
      PreparedStatement statement, int first, Set<TokenKind> kinds, int howMany)
      throws SQLException {
    List<TokenKind> named = List.copyOf(kinds);
    for (int i = 0; i < howMany; i++) {
      statement.setString(first + i, named.get(Math.min(i, named.size() - 1)).text());
    }
    return first + howMany;
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id) {
    return !kinds.isEmpty()
        && isKept(userId)
        && isKept(id)
        && change(
                "remove a record",
                REMOVE_BY_ID,
                remove -> {
                  remove.setString(1, userId);
                  remove.setString(bindKinds(remove, 2, kinds, 4), id);
                })
            == 1;
  }

  @Override
  public int removeAll(String userId, Selection which) {
    if (which.kinds().isEmpty() || !isKept(userId)) {
      return 0;
    }
    String exceptId = which.exceptId();
    String prefix = Texts.written("label's beginning", which.labelPrefix());
    StringBuilder sql = new StringBuilder(REMOVE_ALL);
    boolean excepts = exceptId != null && isKept(exceptId);
    sql.append(excepts ? " AND id <> ?" : "");
    sql.append(prefix.isEmpty() ? "" : " AND SUBSTRING(label, 1, CHAR_LENGTH(?)) = ?");
    sql.append(which.epochBelow() == Long.MAX_VALUE ? "" : " AND epoch < ?");
    return change(
        "remove a user's records",
        sql.toString(),
        remove -> {
          remove.setString(1, userId);
          int next = bindKinds(remove, 2, which.kinds(), 4);
          if (excepts) {
            remove.setString(next++, exceptId);
          }
          if (!prefix.isEmpty()) {
            remove.setString(next++, prefix);
            remove.setString(next++, prefix);
          }
          if (which.epochBelow() != Long.MAX_VALUE) {
            remove.setLong(next, which.epochBelow());
          }
        });
  }

  @Override
  public int prune(Instant before, int max) {
    if (max <= 0) {
      return 0;
    }
    return change(
        "remove expired records",
        purge,
        delete -> {
          delete.setLong(1, before.toEpochMilli());
          delete.setInt(2, max);
        });
  }

  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private int change(String what, String sql, Binding binding) {
    return database.run(
        what,
        connection -> {
          try (PreparedStatement statement = database.prepare(connection, sql)) {
            binding.to(statement);
            return statement.executeUpdate();
          }
        });
  }

  /** No row has an id that can't be kept. */
  private static boolean isKept(String id) {
    return Texts.isKey(id, TokenRows.MAX_ID);
  }

  @Override
  public String toString() {
    return "JdbcTokens[" + database + "]";
  }
}
