package dev.sallyport.jdbc;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a record stands in a row of {@code sallyport_tokens}. */
final class TokenRows {
  static final int MAX_ID = 255;
  private static final long NEVER = Long.MAX_VALUE;

  /** In the order in which {@link #read} finds them. */
  static final String COLUMNS =
      "t.token_key, t.id, t.kind, t.user_id, t.label, t.scopes, t.created_at, t.authenticated_at,"
          + " t.last_seen_at, t.idle_expires_at, t.expires_at, t.epoch, t.client, t.attributes,"
          + " t.version, t.generation, t.digest, t.key_id, t.rotated_at";

  static final int COUNT = 19;

  private TokenRows() {}

  static TokenRecord read(ResultSet row) throws SQLException {
    return TokenRecord.builder(
            TokenKind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
            SecretDigest.stored(row.getString(1)),
            row.getString(2),
            row.getString(4),
            time(row, 7))
        .label(Texts.read(row.getString(5)))
        .scopes(Texts.readSet(row.getString(6)))
        .authenticatedAt(time(row, 8))
        .lastSeenAt(time(row, 9))
        .idleExpiresAt(end(row, 10))
        .expiresAt(end(row, 11))
        .epoch(row.getLong(12))
        .client(Texts.read(row.getString(13)))
        .attributes(Texts.readMap(row.getString(14)))
        .version(row.getLong(15))
        .rotation(rotation(row))
        .build();
  }

  private static TokenRecord.@Nullable Rotation rotation(ResultSet row) throws SQLException {
    String digest = row.getString(17);
    return digest == null
        ? null
        : new TokenRecord.Rotation(
            row.getLong(16),
            SecretDigest.stored(digest),
            Texts.read(row.getString(18)),
            time(row, 19));
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static @Nullable Instant end(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return millis == NEVER ? null : Instant.ofEpochMilli(millis);
  }

  private static long millis(Optional<Instant> end) {
    return end.map(Instant::toEpochMilli).orElse(NEVER);
  }

  /**
   * Binds label, scopes, authenticated_at, last_seen_at, idle_expires_at, expires_at, epoch,
   * client, attributes, generation, digest, key_id and rotated_at.
   *
   * @return the next parameter
   */
  static int bind(PreparedStatement statement, TokenRecord record) throws SQLException {
    statement.setString(1, Texts.written("label", record.label()));
    statement.setString(2, Texts.writtenSet("scopes", record.scopes().orElse(null)));
    statement.setLong(3, record.authenticatedAt().toEpochMilli());
    statement.setLong(4, record.lastSeenAt().toEpochMilli());
    statement.setLong(5, millis(record.idleExpiresAt()));
    statement.setLong(6, millis(record.expiresAt()));
    statement.setLong(7, record.epoch());
    statement.setString(8, Texts.written("client", record.client()));
    statement.setString(9, Texts.writtenMap("attributes", record.attributes()));
    if (record.rotation().isEmpty()) {
      statement.setNull(10, Types.BIGINT);
      statement.setNull(11, Types.VARCHAR);
      statement.setNull(12, Types.VARCHAR);
      statement.setNull(13, Types.BIGINT);
      return 14;
    }
    TokenRecord.Rotation rotation = record.rotation().get();
    statement.setLong(10, rotation.generation());
    statement.setString(11, rotation.digest().text());
    statement.setString(12, Texts.written("key's id", rotation.keyId()));
    statement.setLong(13, rotation.rotatedAt().toEpochMilli());
    return 14;
  }
}
