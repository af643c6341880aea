package dev.sallyport.jdbc;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records in {@code sallyport_tokens}; each change except a limited insertion is one statement. */
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
          + " FROM sallyport_tokens t"
          + " WHERE t.user_id = ? AND t.kind IN (?, ?, ?, ?) AND t.ends_at > ?"
          + " ORDER BY t.created_at DESC, t.token_key DESC FETCH FIRST "
          + MAX_LISTED
          + " ROWS ONLY";

  private static final String REPLACE =
      """
      UPDATE sallyport_tokens SET label = ?, scopes = ?, authenticated_at = ?,
        last_seen_at = GREATEST(last_seen_at, ?), idle_expires_at = GREATEST(idle_expires_at, ?),
        expires_at = ?, epoch = ?, client = ?, attributes = ?, generation = ?, digest = ?,
        key_id = ?, rotated_at = ?, version = version + 1
      WHERE token_key = ? AND id = ? AND kind = ? AND user_id = ? AND version = ? AND ends_at > ?
      """;

  private static final String TOUCH =
      """
      UPDATE sallyport_tokens SET last_seen_at = GREATEST(last_seen_at, ?),
        idle_expires_at = GREATEST(idle_expires_at, ?)
      WHERE token_key = ? AND kind = ? AND ends_at > ?
      """;

  private static final String REMOVE =
      "DELETE FROM sallyport_tokens WHERE token_key = ? AND kind = ? AND ends_at > ?";

  private static final String REMOVE_ALL =
      "DELETE FROM sallyport_tokens WHERE user_id = ? AND kind IN (?, ?, ?, ?) AND ends_at > ?";

  private static final String REMOVE_BY_ID = REMOVE_ALL + " AND id = ?";

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

  /** The user's columns are all null if there is no user. */
  private static Owned owned(ResultSet row) throws SQLException {
    return new Owned(
        TokenRows.read(row), row.getString("owner_id") == null ? null : UserRows.read(row));
  }

  private <T> Optional<T> find(
      String sql, TokenKind kind, SecretDigest key, Instant now, Statements.Reader<T> reader) {
    return database
        .run("find a record", on -> on.query(sql, reader, key.text(), kind.text(), now))
        .stream()
        .findFirst();
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
    TokenRecord checked = expected.replacedBy(next);
    return isKept(expected.id())
        && isKept(expected.userId())
        && database.run(
                "change a record",
                on ->
                    on.change(
                        REPLACE,
                        TokenRows.state(checked),
                        TokenRows.identity(expected),
                        expected.version(),
                        now))
            == 1;
  }

  @Override
  public boolean touch(TokenRecord found, Instant seen, @Nullable Instant idleExpiresAt) {
    long idleEnd = idleExpiresAt == null ? Long.MIN_VALUE : idleExpiresAt.toEpochMilli();
    int touched =
        database.run(
            "note the use of a record",
            on -> on.change(TOUCH, seen, idleEnd, found.key().text(), found.kind().text(), seen));
    // A driver may be set to count only rows whose values changed.
    return touched == 1 || find(found.kind(), found.key(), seen).isPresent();
  }

  @Override
  public boolean remove(TokenRecord found, Instant now) {
    return database.run(
            "remove a record",
            on -> on.change(REMOVE, found.key().text(), found.kind().text(), now))
        == 1;
  }

  @Override
  public List<TokenRecord> list(String userId, Set<TokenKind> kinds, Instant now) {
    List<TokenKind> listed = kinds.stream().filter(kind -> kind != TokenKind.RESET).toList();
    if (listed.isEmpty() || !isKept(userId)) {
      return List.of();
    }
    List<TokenRecord> records =
        database.run(
            "list a user's records",
            on -> on.query(LIST, TokenRows::read, userId, named(listed), now));
    Collections.reverse(records);
    return List.copyOf(records);
  }

  /** A statement has room for all four kinds; if there are fewer, the first is repeated. */
  private static List<String> named(Collection<TokenKind> kinds) {
    List<String> named = new ArrayList<>();
    kinds.forEach(kind -> named.add(kind.text()));
    while (named.size() < 4) {
      named.add(named.get(0));
    }
    return named;
  }

  @Override
  public boolean remove(String userId, Set<TokenKind> kinds, String id, Instant now) {
    return !kinds.isEmpty()
        && isKept(userId)
        && isKept(id)
        && database.run(
                "remove a record", on -> on.change(REMOVE_BY_ID, userId, named(kinds), now, id))
            == 1;
  }

  @Override
  public int removeAll(String userId, Selection which, Instant now) {
    if (which.kinds().isEmpty() || !isKept(userId)) {
      return 0;
    }
    StringBuilder sql = new StringBuilder(REMOVE_ALL);
    List<Object> conditions = new ArrayList<>();
    String exceptId = which.exceptId();
    if (exceptId != null && isKept(exceptId)) {
      sql.append(" AND id <> ?");
      conditions.add(exceptId);
    }
    if (!which.labelPrefix().isEmpty()) {
      String prefix = Texts.written("label's beginning", which.labelPrefix());
      sql.append(" AND SUBSTRING(label, 1, CHAR_LENGTH(?)) = ?");
      conditions.addAll(List.of(prefix, prefix));
    }
    if (which.epochBelow() != Long.MAX_VALUE) {
      sql.append(" AND epoch < ?");
      conditions.add(which.epochBelow());
    }
    return database.run(
        "remove a user's records",
        on -> on.change(sql.toString(), userId, named(which.kinds()), now, conditions));
  }

  @Override
  public int prune(Instant before, int max) {
    return max <= 0
        ? 0
        : database.run("remove expired records", on -> on.change(purge, before, max));
  }

  /** No row has an id that can't be stored. */
  private static boolean isKept(String id) {
    return Texts.isKey(id, TokenRows.MAX_ID);
  }

  @Override
  public String toString() {
    return "JdbcTokens[" + database + "]";
  }
}
