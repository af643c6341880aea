package dev.sallyport.jdbc;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenRecord.Rotation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps records to rows of {@code sallyport_tokens}. */
final class TokenRows {
  static final int MAX_ID = 255;
  private static final long NEVER = Long.MAX_VALUE;

  static final String COLUMNS =
      "t.token_key, t.id, t.kind, t.user_id, t.label, t.scopes, t.created_at, t.authenticated_at,"
          + " t.last_seen_at, t.idle_expires_at, t.expires_at, t.epoch, t.client, t.attributes,"
          + " t.version, t.generation, t.digest, t.key_id, t.rotated_at";

  private TokenRows() {}

  static TokenRecord read(ResultSet row) throws SQLException {
    String scopes = row.getString("scopes");
    return TokenRecord.builder(
            TokenKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            SecretDigest.stored(row.getString("token_key")),
            row.getString("id"),
            row.getString("user_id"),
            time(row, "created_at"))
        .label(Texts.read(row.getString("label")))
        .scopes(scopes == null ? null : Texts.readSet(scopes))
        .authenticatedAt(time(row, "authenticated_at"))
        .lastSeenAt(time(row, "last_seen_at"))
        .idleExpiresAt(end(row, "idle_expires_at"))
        .expiresAt(end(row, "expires_at"))
        .epoch(row.getLong("epoch"))
        .client(Texts.read(row.getString("client")))
        .attributes(Texts.readMap(row.getString("attributes")))
        .version(row.getLong("version"))
        .rotation(rotation(row))
        .build();
  }

  private static @Nullable Rotation rotation(ResultSet row) throws SQLException {
    String digest = row.getString("digest");
    return digest == null
        ? null
        : new Rotation(
            row.getLong("generation"),
            SecretDigest.stored(digest),
            Texts.read(row.getString("key_id")),
            time(row, "rotated_at"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static @Nullable Instant end(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return millis == NEVER ? null : Instant.ofEpochMilli(millis);
  }

  private static long millis(Optional<Instant> end) {
    return end.map(Instant::toEpochMilli).orElse(NEVER);
  }

  /** The values of token_key, id, kind and user_id, which never change. */
  static List<Object> identity(TokenRecord record) {
    return List.of(record.key().text(), record.id(), record.kind().text(), record.userId());
  }

  /**
   * The values of label, scopes, authenticated_at, last_seen_at, idle_expires_at, expires_at,
   * epoch, client, attributes, generation, digest, key_id and rotated_at.
   */
  static List<@Nullable Object> state(TokenRecord record) {
    Optional<Rotation> rotation = record.rotation();
    return Arrays.asList(
        Texts.written("label", record.label()),
        record.scopes().map(scopes -> Texts.writtenSet("scopes", scopes)).orElse(null),
        record.authenticatedAt(),
        record.lastSeenAt(),
        millis(record.idleExpiresAt()),
        millis(record.expiresAt()),
        record.epoch(),
        Texts.written("client", record.client()),
        Texts.writtenMap("attributes", record.attributes()),
        rotation.map(Rotation::generation).orElse(null),
        rotation.map(state -> state.digest().text()).orElse(null),
        rotation.map(state -> Texts.written("key's id", state.keyId())).orElse(null),
        rotation.map(Rotation::rotatedAt).orElse(null));
  }
}
