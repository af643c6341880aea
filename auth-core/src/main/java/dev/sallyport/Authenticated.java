package dev.sallyport;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator vouches for the request. Immutable.
 *
 * <p>What is left out means something too: without {@link Builder#scopes} the credential is
 * unrestricted, without {@link Builder#epoch} the principal has no account here, without {@link
 * Builder#authenticatedAt} nobody knows when the user proved themselves.
 */
public final class Authenticated implements AuthResult {
  private final Principal principal;
  private final String scheme;
  private final @Nullable Challenge challenge;
  private final @Nullable String credentialId;
  private final @Nullable Set<String> scopes;
  private final Map<String, Object> attributes;
  private final @Nullable Instant authenticatedAt;
  private final @Nullable Long epoch;
  private final @Nullable Instant expiresAt;

  private Authenticated(Builder builder) {
    principal = builder.principal;
    scheme = builder.scheme;
    challenge = builder.challenge;
    credentialId = builder.credentialId;
    scopes = builder.scopes;
    attributes = builder.attributes;
    authenticatedAt = builder.authenticatedAt;
    epoch = builder.epoch;
    expiresAt = builder.expiresAt;
  }

  /**
   * Starts a result.
   *
   * @param principal who it is
   * @param scheme the name of the authenticator, for example {@code basic}
   * @return a builder for the rest, all of which is optional
   */
  public static Builder builder(Principal principal, String scheme) {
    return new Builder(principal, scheme);
  }

  /** {@return the principal} */
  public Principal principal() {
    return principal;
  }

  /** {@return the name of the authenticator that vouches for the principal} */
  public String scheme() {
    return scheme;
  }

  /** {@return the challenge that the credentials answered, if one was named} */
  public Optional<Challenge> challenge() {
    return Optional.ofNullable(challenge);
  }

  /**
   * {@return the public id of the credential (a session, a token, a key), which is not the secret;
   * empty where there is none, as for a password}
   */
  public Optional<String> credentialId() {
    return Optional.ofNullable(credentialId);
  }

  /**
   * {@return the scopes that the credential is restricted to; empty if it is unrestricted, an empty
   * set if it allows nothing}
   */
  public Optional<Set<String>> scopes() {
    return Optional.ofNullable(scopes);
  }

  /**
   * Whether the credential allows what the scope stands for.
   *
   * @param scope a scope
   * @return true if it has the scope or is not restricted
   */
  public boolean allows(String scope) {
    return scopes == null || scopes.contains(scope);
  }

  /**
   * {@return an unmodifiable map of what else the scheme reports, such as a token's claims or a
   * session's attributes; never secrets}
   */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /**
   * {@return when the user last proved who they are, by a password for example, if that is known}
   */
  public Optional<Instant> authenticatedAt() {
    return Optional.ofNullable(authenticatedAt);
  }

  /**
   * {@return the epoch of the account as it was verified; empty for a principal without an account
   * here} Anything issued on the strength of this result carries it, and so ends when the account's
   * epoch is raised.
   */
  public OptionalLong epoch() {
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  /**
   * {@return the latest time at which anything issued on the strength of this result may end; empty
   * if there is no such bound} That is the last end of the credential, however often it is used or
   * renewed. A password that came with the request, a session that has just begun and a token that
   * never ends set no bound.
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public String toString() {
    return "Authenticated[" + scheme + ", " + principal.id() + "]";
  }

  /** Builds an {@link Authenticated}; not thread-safe. */
  public static final class Builder {
    private final Principal principal;
    private final String scheme;
    private @Nullable Challenge challenge;
    private @Nullable String credentialId;
    private @Nullable Set<String> scopes;
    private Map<String, Object> attributes = Map.of();
    private @Nullable Instant authenticatedAt;
    private @Nullable Long epoch;
    private @Nullable Instant expiresAt;

    private Builder(Principal principal, String scheme) {
      this.principal = Objects.requireNonNull(principal, "principal");
      this.scheme = Objects.requireNonNull(scheme, "scheme");
    }

    /**
     * Names the challenge that the credentials answered, for {@code insufficient_scope}.
     *
     * @param challenge one of the authenticator's challenges
     * @return this
     */
    public Builder challenge(Challenge challenge) {
      this.challenge = Objects.requireNonNull(challenge, "challenge");
      return this;
    }

    /**
     * Names the credential.
     *
     * @param credentialId its public id, never the secret
     * @return this
     */
    public Builder credentialId(String credentialId) {
      this.credentialId = Objects.requireNonNull(credentialId, "credentialId");
      return this;
    }

    /**
     * Restricts the credential.
     *
     * @param scopes what it allows; an empty set allows nothing
     * @return this
     */
    public Builder scopes(Set<String> scopes) {
      this.scopes = Set.copyOf(scopes);
      return this;
    }

    /**
     * Adds what else the scheme reports.
     *
     * @param attributes values that nobody will change, no nulls, and no secrets; copied
     * @return this
     */
    public Builder attributes(Map<String, ?> attributes) {
      this.attributes = Map.copyOf(attributes);
      return this;
    }

    /**
     * Says when the user proved themselves.
     *
     * @param authenticatedAt the time
     * @return this
     */
    public Builder authenticatedAt(Instant authenticatedAt) {
      this.authenticatedAt = Objects.requireNonNull(authenticatedAt, "authenticatedAt");
      return this;
    }

    /**
     * Says that the principal has an account here, and which state of it was verified.
     *
     * @param epoch the epoch of the snapshot that was verified, never one read later
     * @return this
     */
    public Builder epoch(long epoch) {
      this.epoch = epoch;
      return this;
    }

    /**
     * Bounds what may be issued on the strength of this result. Call it for every credential that
     * has an end, unless the user has just proved themselves.
     *
     * @param expiresAt the last end of the credential, which no use postpones
     * @return this
     */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
      return this;
    }

    /** {@return the result} */
    public Authenticated build() {
      return new Authenticated(this);
    }
  }
}
