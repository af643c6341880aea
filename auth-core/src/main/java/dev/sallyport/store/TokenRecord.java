package dev.sallyport.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one thing that was issued. Immutable; it holds no secret, and {@code
 * toString} shows neither key nor digest. Times are kept in whole milliseconds.
 */
public final class TokenRecord {
  /** How much of a client's description is kept. */
  public static final int MAX_CLIENT = 64;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long MAX_UNNOTED_MILLIS = 60_000;

  private final SecretDigest key;
  private final String id;
  private final TokenKind kind;
  private final String userId;
  private final String label;
  private final @Nullable Set<String> scopes;
  private final long createdAt;
  private final long authenticatedAt;
  private final long lastSeenAt;
  private final long idleExpiresAt;
  private final long expiresAt;
  private final long epoch;
  private final String client;
  private final Map<String, String> attributes;
  private final long version;
  private final @Nullable Rotation rotation;

  private TokenRecord(Builder builder) {
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

  /**
   * The state of a family of refresh tokens.
   *
   * @param generation how often it was rotated
   * @param digest the digest of the current generation's secret
   * @param keyId the key under which the current generation was made
   * @param rotatedAt when it was last rotated
   */
  public record Rotation(long generation, SecretDigest digest, String keyId, Instant rotatedAt) {
    /** Refuses null, and cuts to milliseconds. */
    public Rotation {
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(keyId, "keyId");
      rotatedAt = Instant.ofEpochMilli(rotatedAt.toEpochMilli());
    }
  }

  /**
   * Starts a record that never expires, has no label, client or attributes, is unrestricted, and
   * has epoch and version 0.
   *
   * @param kind its kind
   * @param key its key
   * @param id its public id, which is not derived from the secret
   * @param userId whose it is
   * @param createdAt when it was made; until set otherwise, also when the user proved themselves
   *     and when it was last used
   * @return a builder
   */
  public static Builder builder(
      TokenKind kind, SecretDigest key, String id, String userId, Instant createdAt) {
    return new Builder(kind, key, id, userId, createdAt.toEpochMilli());
  }

  /**
   * Starts from this record.
   *
   * @return a builder that holds all that this record has
   */
  public Builder toBuilder() {
    return copy(key, id);
  }

  /**
   * Starts from this record under a new secret, for one that takes its place.
   *
   * @param newKey the new key
   * @param newId the new public id
   * @return a builder that holds all the rest; its version is 0
   */
  public Builder toBuilder(SecretDigest newKey, String newId) {
    return copy(newKey, newId).version(0);
  }

  private Builder copy(SecretDigest newKey, String newId) {
    Builder builder = new Builder(kind, newKey, newId, userId, createdAt);
    builder.label = label;
    builder.scopes = scopes;
    builder.authenticatedAt = authenticatedAt;
    builder.lastSeenAt = lastSeenAt;
    builder.idleExpiresAt = idleExpiresAt;
    builder.expiresAt = expiresAt;
    builder.epoch = epoch;
    builder.client = client;
    builder.attributes = attributes;
    builder.version = version;
    builder.rotation = rotation;
    return builder;
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

  /** {@return the earlier of {@link #idleExpiresAt} and {@link #expiresAt}; empty for never} */
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
  public Optional<Rotation> rotation() {
    return Optional.ofNullable(rotation);
  }

  boolean hasSameIdentity(TokenRecord other) {
    return key.equals(other.key)
        && id.equals(other.id)
        && kind == other.kind
        && userId.equals(other.userId);
  }

  /** As {@link TokenStore#replace} has it: a use that was noted meanwhile is not undone. */
  TokenRecord replacedBy(TokenRecord next) {
    Builder builder = next.toBuilder();
    builder.lastSeenAt = Math.max(lastSeenAt, next.lastSeenAt);
    builder.idleExpiresAt = Math.max(idleExpiresAt, next.idleExpiresAt);
    return builder.version(version + 1).build();
  }

  /** As {@link TokenStore#touch} has it: times only go forward. */
  TokenRecord touched(Instant seen, @Nullable Instant idleEnd) {
    Builder builder = copy(key, id);
    builder.lastSeenAt = Math.max(lastSeenAt, seen.toEpochMilli());
    if (idleEnd != null) {
      builder.idleExpiresAt =
          idleExpiresAt == NEVER ? NEVER : Math.max(idleExpiresAt, idleEnd.toEpochMilli());
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return "TokenRecord[" + kind + " " + id + " of " + userId + "]";
  }

  /** Builds a {@link TokenRecord}; not safe for several threads. */
  public static final class Builder {
    private final SecretDigest key;
    private final String id;
    private final TokenKind kind;
    private final String userId;
    private final long createdAt;
    private String label = "";
    private @Nullable Set<String> scopes;
    private long authenticatedAt;
    private long lastSeenAt;
    private long idleExpiresAt = NEVER;
    private long expiresAt = NEVER;
    private long epoch;
    private String client = "";
    private Map<String, String> attributes = Map.of();
    private long version;
    private @Nullable Rotation rotation;

    private Builder(TokenKind kind, SecretDigest key, String id, String userId, long createdAt) {
      this.kind = Objects.requireNonNull(kind, "kind");
      this.key = Objects.requireNonNull(key, "key");
      this.id = Objects.requireNonNull(id, "id");
      this.userId = Objects.requireNonNull(userId, "userId");
      this.createdAt = createdAt;
      this.authenticatedAt = createdAt;
      this.lastSeenAt = createdAt;
    }

    /**
     * Sets what its user calls it.
     *
     * @param label the label
     * @return this
     */
    public Builder label(String label) {
      this.label = Objects.requireNonNull(label, "label");
      return this;
    }

    /**
     * Sets what it is restricted to.
     *
     * @param scopes the scopes, copied; null for no restriction
     * @return this
     */
    public Builder scopes(@Nullable Set<String> scopes) {
      this.scopes = scopes == null ? null : Set.copyOf(scopes);
      return this;
    }

    /**
     * Sets when the user proved themselves.
     *
     * @param authenticatedAt the time
     * @return this
     */
    public Builder authenticatedAt(Instant authenticatedAt) {
      this.authenticatedAt = authenticatedAt.toEpochMilli();
      return this;
    }

    /**
     * Sets when it was last used.
     *
     * @param lastSeenAt the time
     * @return this
     */
    public Builder lastSeenAt(Instant lastSeenAt) {
      this.lastSeenAt = lastSeenAt.toEpochMilli();
      return this;
    }

    /**
     * Sets when it expires unless it is used again.
     *
     * @param idleExpiresAt the time; null for never
     * @return this
     */
    public Builder idleExpiresAt(@Nullable Instant idleExpiresAt) {
      this.idleExpiresAt = idleExpiresAt == null ? NEVER : idleExpiresAt.toEpochMilli();
      return this;
    }

    /**
     * Sets when it expires, whatever happens.
     *
     * @param expiresAt the time; null for never
     * @return this
     */
    public Builder expiresAt(@Nullable Instant expiresAt) {
      this.expiresAt = expiresAt == null ? NEVER : expiresAt.toEpochMilli();
      return this;
    }

    /**
     * Sets the epoch.
     *
     * @param epoch the epoch of the user snapshot that was verified, never one read later
     * @return this
     */
    public Builder epoch(long epoch) {
      this.epoch = epoch;
      return this;
    }

    /**
     * Sets what the client called itself.
     *
     * @param client the text; clipped to 64 characters
     * @return this
     */
    public Builder client(String client) {
      this.client = clip(client);
      return this;
    }

    private static String clip(String client) {
      if (client.length() <= MAX_CLIENT) {
        return client;
      }
      int end = Character.isHighSurrogate(client.charAt(MAX_CLIENT - 1)) ? 1 : 0;
      return client.substring(0, MAX_CLIENT - end);
    }

    /**
     * Sets what is kept with it.
     *
     * @param attributes small texts, never secrets; copied
     * @return this
     */
    public Builder attributes(Map<String, String> attributes) {
      this.attributes = Map.copyOf(attributes);
      return this;
    }

    /**
     * Sets the version; for stores.
     *
     * @param version the version
     * @return this
     */
    public Builder version(long version) {
      this.version = version;
      return this;
    }

    /**
     * Sets the state of a family.
     *
     * @param rotation the state; null for any other kind
     * @return this
     */
    public Builder rotation(@Nullable Rotation rotation) {
      this.rotation = rotation;
      return this;
    }

    /**
     * Makes the record.
     *
     * @return the record
     */
    public TokenRecord build() {
      return new TokenRecord(this);
    }
  }
}
