package dev.sallyport.store;

import dev.sallyport.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user as read from a store at one moment. Immutable; {@code toString} shows no hash.
 *
 * <p>Raising the epoch ends everything issued under a lower one. The version tells whether a row
 * has changed since it was read.
 */
public final class User {
  private final Principal principal;
  private final @Nullable String passwordHash;
  private final boolean active;
  private final long epoch;
  private final long revocationEpoch;
  private final long version;

  private User(Builder builder) {
    principal = new Principal(builder.id, builder.name, builder.roles);
    passwordHash = builder.passwordHash;
    active = builder.active;
    epoch = builder.epoch;
    revocationEpoch = builder.revocationEpoch;
    version = builder.version;
  }

  /**
   * Starts a user who is active, has no password, no roles, and epoch and version 0.
   *
   * @param id the stable id, not empty
   * @param name the name as typed
   * @return a builder
   */
  public static Builder builder(String id, String name) {
    return new Builder(id, name);
  }

  /** {@return a builder that holds everything this user has} */
  public Builder toBuilder() {
    Builder builder = new Builder(id(), name());
    builder.roles = principal.roles();
    builder.passwordHash = passwordHash;
    builder.active = active;
    builder.epoch = epoch;
    builder.revocationEpoch = revocationEpoch;
    builder.version = version;
    return builder;
  }

  /** {@return the stable id} */
  public String id() {
    return principal.id();
  }

  /** {@return the name as typed} */
  public String name() {
    return principal.name();
  }

  /** {@return the user as a principal: id, name and roles} */
  public Principal principal() {
    return principal;
  }

  /**
   * {@return the stored hash of the password, in one of the configured formats; empty for a user
   * without a usable password}
   */
  public Optional<String> passwordHash() {
    return Optional.ofNullable(passwordHash);
  }

  /** {@return whether the user may authenticate; false for a deactivated user} */
  public boolean isActive() {
    return active;
  }

  /** {@return the epoch, which only rises} */
  public long epoch() {
    return epoch;
  }

  /**
   * {@return the epoch of the last raise that was not a password change; never above {@link
   * #epoch()}} Anything exempt from password changes is ended by this one.
   */
  public long revocationEpoch() {
    return revocationEpoch;
  }

  /** {@return the version of the row, which a store raises by one at each change} */
  public long version() {
    return version;
  }

  @Override
  public String toString() {
    return "User[" + id() + (active ? "]" : ", deactivated]");
  }

  /** Builds a {@link User}; not thread-safe. */
  public static final class Builder {
    private final String id;
    private String name;
    private Set<String> roles = Set.of();
    private @Nullable String passwordHash;
    private boolean active = true;
    private long epoch;
    private long revocationEpoch;
    private long version;

    private Builder(String id, String name) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Sets the name.
     *
     * @param name the name as typed
     * @return this
     */
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets the roles.
     *
     * @param roles the roles; copied
     * @return this
     */
    public Builder roles(Set<String> roles) {
      this.roles = Set.copyOf(roles);
      return this;
    }

    /**
     * Sets the stored hash.
     *
     * @param passwordHash the hash; null for a user without a usable password
     * @return this
     */
    public Builder passwordHash(@Nullable String passwordHash) {
      this.passwordHash = passwordHash;
      return this;
    }

    /**
     * Sets whether the user may authenticate.
     *
     * @param active false for a deactivated user
     * @return this
     */
    public Builder active(boolean active) {
      this.active = active;
      return this;
    }

    /**
     * Sets the epoch.
     *
     * @param epoch the epoch
     * @return this
     */
    public Builder epoch(long epoch) {
      this.epoch = epoch;
      return this;
    }

    /**
     * Sets the epoch of the last raise that was not a password change.
     *
     * @param revocationEpoch a number that is not above the epoch
     * @return this
     */
    public Builder revocationEpoch(long revocationEpoch) {
      this.revocationEpoch = revocationEpoch;
      return this;
    }

    /**
     * Raises the epoch, which ends everything issued before.
     *
     * @return this
     */
    public Builder revokeAll() {
      epoch++;
      revocationEpoch = epoch;
      return this;
    }

    /**
     * Raises the epoch for a new password. What is exempt from password changes lives on.
     *
     * @param newHash the hash of the new password
     * @return this
     */
    public Builder changePassword(String newHash) {
      passwordHash = Objects.requireNonNull(newHash, "newHash");
      epoch++;
      return this;
    }

    /**
     * Sets the version; for stores.
     *
     * @param version the version of the row
     * @return this
     */
    public Builder version(long version) {
      this.version = version;
      return this;
    }

    /** {@return the user} */
    public User build() {
      return new User(this);
    }
  }
}
