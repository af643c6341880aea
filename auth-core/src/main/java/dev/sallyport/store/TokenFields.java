package dev.sallyport.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link TokenRecord}, and what can be read from them. Immutable. */
abstract sealed class TokenFields permits TokenRecord {
  static final long NEVER = Long.MAX_VALUE;
  private static final long MAX_UNNOTED_MILLIS = 60_000;

  final SecretDigest key;
  final String id;
  final TokenKind kind;
  final String userId;
  final String label;
  final @Nullable Set<String> scopes;
  final long createdAt;
  final long authenticatedAt;
  final long lastSeenAt;
  final long idleExpiresAt;
  final long expiresAt;
  final long epoch;
  final String client;
  final Map<String, String> attributes;
  final long version;
  final TokenRecord.@Nullable Rotation rotation;

  TokenFields(TokenRecord.Builder builder) {
    key = builder.key;
    id = builder.id;
    kind = builder.kind;
    userId = builder.userId;
    label = builder.label;
    scopes = builder.scopes;
    createdAt = builder.createdAt;
    authenticatedAt = builder.authenticatedAt;
    lastSeenAt = builder.lastSeenAt;
    idleExpiresAt = builder.idleExpiresAt;
    expiresAt = builder.expiresAt;
    epoch = builder.epoch;
    client = builder.client;
    attributes = builder.attributes;
    version = builder.version;
    rotation = builder.rotation;
  }

  /** {@return the key: the digest of the secret, or of a family's id} */
  public SecretDigest key() {
    return key;
  }

  /** {@return the public id, by which a user lists it and ends it} */
  public String id() {
    return id;
  }

  /** {@return what it is of} */
  public TokenKind kind() {
    return kind;
  }

  /** {@return whose it is} */
  public String userId() {
    return userId;
  }

  /** {@return what its user calls it; may be empty} */
  public String label() {
    return label;
  }

  /** {@return what it is restricted to; empty if it is not restricted} */
  public Optional<Set<String>> scopes() {
    return Optional.ofNullable(scopes);
  }

  /** {@return when it was made} */
  public Instant createdAt() {
    return Instant.ofEpochMilli(createdAt);
  }

  /** {@return when the user proved themselves} */
  public Instant authenticatedAt() {
    return Instant.ofEpochMilli(authenticatedAt);
  }

  /** {@return when it was last used, as far as that was written down} */
  public Instant lastSeenAt() {
    return Instant.ofEpochMilli(lastSeenAt);
  }

  /** {@return when it expires unless it is used again; empty if it need not be used} */
  public Optional<Instant> idleExpiresAt() {
    return time(idleExpiresAt);
  }

  /** {@return when it expires, whatever happens; empty for never} */
  public Optional<Instant> expiresAt() {
    return time(expiresAt);
  }

  /**
   * {@return the earlier of {@link TokenRecord#idleExpiresAt} and {@link TokenRecord#expiresAt};
   * empty for never}
   */
  public Optional<Instant> endsAt() {
    return time(Math.min(idleExpiresAt, expiresAt));
  }

  private static Optional<Instant> time(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /**
   * Whether it has not expired. At the very time of its end it has.
   *
   * @param now the time
   * @return true until it ends
   */
  public boolean isLive(Instant now) {
    return now.toEpochMilli() < Math.min(idleExpiresAt, expiresAt);
  }

  /**
   * Whether its use is to be written down: a minute, or a tenth of its idle time, has passed since
   * that was last done. So most requests write nothing.
   *
   * @param now the time
   * @return true if it is due
   */
  public boolean isUseDue(Instant now) {
    long idle = idleExpiresAt == NEVER ? NEVER : idleExpiresAt - lastSeenAt;
    return now.toEpochMilli() - lastSeenAt >= Math.min(MAX_UNNOTED_MILLIS, idle / 10);
  }

  /** {@return the epoch of the user snapshot on whose strength it was issued} */
  public long epoch() {
    return epoch;
  }

  /** {@return what the client called itself, at most 64 characters; may be empty} */
  public String client() {
    return client;
  }

  /**
   * {@return small things that its scheme or the host keeps with it; unmodifiable, never secrets}
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** {@return the version, which a store raises by one at each {@link TokenStore#replace}} */
  public long version() {
    return version;
  }

  /** {@return the state of a family; empty for any other kind} */
  public Optional<TokenRecord.Rotation> rotation() {
    return Optional.ofNullable(rotation);
  }
}
