package dev.sallyport.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept about one issued credential. Immutable; it holds no secret, and {@code
 * toString} shows neither key nor digest. Times are kept in whole milliseconds.
 */
public final class TokenRecord extends TokenFields {
  /** How much of a client's description is kept. */
  public static final int MAX_CLIENT = 64;

  private TokenRecord(Builder builder) {
    super(builder);
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
    /** Rejects null and truncates to milliseconds. */
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

  /** {@return a builder that holds everything this record has} */
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

  /**
   * Whether it is the same record, perhaps in another version: key, public id, kind and user are
   * the same.
   *
   * @param other a record
   * @return true if only other things differ, or nothing
   */
  public boolean hasSameIdentity(TokenRecord other) {
    return key.equals(other.key)
        && id.equals(other.id)
        && kind == other.kind
        && userId.equals(other.userId);
  }

  /**
   * What stands in a store after {@link TokenStore#replace}, where this is what stood there: the
   * next version, with the later last use and the later idle end of both. For stores.
   *
   * @param next what is to stand there; its version does not count
   * @return the record
   * @throws IllegalArgumentException if it is another record than this one
   */
  public TokenRecord replacedBy(TokenRecord next) {
    if (!hasSameIdentity(next)) {
      throw new IllegalArgumentException("A record's key, id, kind and user can't change");
    }
    Builder builder = next.toBuilder();
    builder.lastSeenAt = Math.max(lastSeenAt, next.lastSeenAt);
    builder.idleExpiresAt = Math.max(idleExpiresAt, next.idleExpiresAt);
    return builder.version(version + 1).build();
  }

  /**
   * What stands in a store after {@link TokenStore#touch}, where this is what stood there: times
   * only go forward, and what has no idle end is given none. For stores.
   *
   * @param seen when it was used
   * @param idleEnd when it expires unless it is used again; null to leave that as it is
   * @return the record, in the same version
   */
  public TokenRecord touched(Instant seen, @Nullable Instant idleEnd) {
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

  /** Builds a {@link TokenRecord}; not thread-safe. */
  public static final class Builder {
    final SecretDigest key;
    final String id;
    final TokenKind kind;
    final String userId;
    final long createdAt;
    String label = "";
    @Nullable Set<String> scopes;
    long authenticatedAt;
    long lastSeenAt;
    long idleExpiresAt = NEVER;
    long expiresAt = NEVER;
    long epoch;
    String client = "";
    Map<String, String> attributes = Map.of();
    long version;
    @Nullable Rotation rotation;

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

    /** {@return the record} */
    public TokenRecord build() {
      return new TokenRecord(this);
    }
  }
}
