package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Throttle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in plain Java: no HTTP, no framework. Thread-safe; it blocks while a store is asked or a
 * password is hashed.
 *
 * <pre>{@code
 * AccountStore users = CredentialStore.inMemory();
 * Accounts accounts = Accounts.of(users, Passwords.of(users));
 * AccountResult result = accounts.register("alice", Password.of("correct horse battery staple"));
 * }</pre>
 */
public final class Accounts {
  private final Passwords passwords;
  private final AuthEnvironment environment;
  private final NewPasswords newPasswords;
  private final SignUp signUp;
  private final AccountChanges changes;
  private final @Nullable ActiveLogins activeLogins;

  private Accounts(Builder builder) {
    passwords = builder.passwords;
    environment = passwords.environment();
    UserUpdates rows = new UserUpdates(environment, builder.users, builder.tokens);
    newPasswords = new NewPasswords(rows, passwords, builder.policy);
    signUp = new SignUp(rows, newPasswords, builder.signUps(), builder.alsoTold);
    changes = new AccountChanges(rows);
    activeLogins =
        builder.tokens == null
            ? null
            : new ActiveLogins(environment, builder.tokens, builder.users);
  }

  /** The part that sets passwords, for resets. */
  NewPasswords newPasswords() {
    return newPasswords;
  }

  /**
   * Accounts with the defaults of {@link Builder}.
   *
   * @param users where they are kept
   * @param passwords the password checker, whose environment the accounts share
   * @return the accounts
   */
  public static Accounts of(AccountStore users, Passwords passwords) {
    return builder(users, passwords).build();
  }

  /**
   * Accounts with options.
   *
   * @param users where they are kept
   * @param passwords the password checker, whose environment the accounts share
   * @return a builder
   */
  public static Builder builder(AccountStore users, Passwords passwords) {
    return new Builder(users, passwords);
  }

  /**
   * Signs a user up, without roles.
   *
   * @param username the name, kept as it is
   * @param password the new password
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public AccountResult register(String username, Password password) {
    return register(username, password, Set.of());
  }

  /**
   * Signs a user up who asks for it over the network. Each sign-up costs a hash, so those from one
   * address are counted as failed logins are, apart from them: by default 100 in 15 minutes.
   *
   * @param username the name, kept as it is
   * @param password the new password
   * @param client where the request comes from
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public AccountResult register(String username, Password password, Client client) {
    return environment.reportingOutage(
        "register", () -> signUp.register(username, password, client));
  }

  /**
   * Creates a user with roles; for the host itself, never with roles that a client sent.
   *
   * @param username the name, kept as it is
   * @param password the new password
   * @param roles the roles
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public AccountResult register(String username, Password password, Set<String> roles) {
    return environment.reportingOutage(
        "register", () -> signUp.register(username, password, roles));
  }

  /**
   * Everything that keeps a name and a password from being registered, except that the name is
   * taken.
   *
   * @param username the name; an empty one is a fault
   * @param password the new password
   * @return the faults, those of the name first; none if both are accepted
   */
  public List<Fault> faults(String username, Password password) {
    return signUp.faults(username, password);
  }

  /**
   * Checks a username and password for a login, and raises the event.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client where the request comes from
   * @return proof, or why not
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordResult verify(String username, Password password, Client client) {
    return passwords.logIn(username, password, client);
  }

  /**
   * Gives a user who knows the current password a new one, and ends all that was issued before. A
   * wrong current password counts as a failed attempt.
   *
   * <p>The caller's own session ends with the rest, unless it is named here and goes on under a new
   * id: see {@code Sessions.renew}.
   *
   * @param userId the user
   * @param current the current password
   * @param next the new password
   * @param client where the request comes from
   * @param keptSession the public id of the session that is to go on; null for none
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountResult changePassword(
      String userId, Password current, Password next, Client client, @Nullable String keptSession) {
    return environment.reportingOutage(
        "password_change", () -> newPasswords.change(userId, current, next, client, keptSession));
  }

  /**
   * {@return where users are logged in; empty if the builder was not told where sessions and tokens
   * are kept}
   */
  public Optional<ActiveLogins> activeLogins() {
    return Optional.ofNullable(activeLogins);
  }

  /**
   * Ends all of a user's sessions and tokens.
   *
   * @param userId the user
   * @param keptSession the public id of the session that is to go on, see {@link #changePassword};
   *     null for none
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountResult logOutEverywhere(String userId, @Nullable String keptSession) {
    return change(userId, "logged_out_everywhere", keptSession, User.Builder::revokeAll);
  }

  /**
   * Keeps a user from authenticating, and ends all of their sessions and tokens.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountResult deactivate(String userId) {
    return change(userId, "deactivated", null, user -> user.active(false).revokeAll());
  }

  /**
   * Lets a user authenticate again. It revives nothing that was ended.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountResult activate(String userId) {
    return change(userId, "activated", null, user -> user.active(true));
  }

  private AccountResult change(
      String userId, String what, @Nullable String kept, UnaryOperator<User.Builder> change) {
    return environment.reportingOutage(what, () -> changes.change(userId, what, kept, change));
  }

  /**
   * Gives a user another name. Sessions and tokens stay valid.
   *
   * @param userId the user
   * @param username the new name, kept as it is
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public AccountResult rename(String userId, String username) {
    return environment.reportingOutage(
        AccountChanges.RENAMED, () -> changes.rename(userId, username));
  }

  /**
   * Gives a user other roles. Sessions and opaque tokens have them from their next request on; an
   * access token that is a JWT has the former ones until it expires. Where the user's own session
   * is at hand, rotate it: see {@code Sessions.rotate}.
   *
   * @param userId the user
   * @param roles all roles that the user is to have; never those that a client sent
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public AccountResult changeRoles(String userId, Set<String> roles) {
    return change(userId, "roles_changed", null, user -> user.roles(roles));
  }

  /**
   * Removes a user, and so ends all of their sessions and tokens.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountResult delete(String userId) {
    return environment.reportingOutage(AccountChanges.DELETED, () -> changes.delete(userId));
  }

  /** Builds an {@link Accounts}; not thread-safe. */
  public static final class Builder {
    /** For one name as many as from one address, which alone is to be slowed down. */
    private static final int SIGN_UPS = 100;

    private final AccountStore users;
    private final Passwords passwords;
    private PasswordPolicy policy = PasswordPolicy.standard();
    private AuthListener alsoTold = event -> {};
    private @Nullable TokenStore tokens;
    private @Nullable Throttle signUps;

    private Builder(AccountStore users, Passwords passwords) {
      this.users = Objects.requireNonNull(users, "users");
      this.passwords = Objects.requireNonNull(passwords, "passwords");
    }

    /**
     * Sets what new passwords must be.
     *
     * @param policy the policy; by default {@link PasswordPolicy#standard()}
     * @return this
     */
    public Builder policy(PasswordPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Tells another listener about each sign-up, after the environment's: for whatever must happen
     * for every new user.
     *
     * @param listener hears of {@link AuthEvent.Registered}, in the thread that signs up; whatever
     *     it throws is logged, and the user is signed up anyway
     * @return this
     */
    public Builder onSignUp(AuthListener listener) {
      this.alsoTold = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where sessions and tokens are kept, so that those that a change has ended are removed at
     * once. Without it they are just as worthless, but stay until they expire.
     *
     * @param tokens the store
     * @return this
     */
    public Builder tokens(TokenStore tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
      return this;
    }

    /**
     * Sets what counts the sign-ups from one address.
     *
     * @param signUps the throttle, with a purpose of its own; by default one that accepts 100 in 15
     *     minutes, over the counts of the environment
     * @return this
     */
    public Builder signUpThrottle(Throttle signUps) {
      this.signUps = Objects.requireNonNull(signUps, "signUps");
      return this;
    }

    private Throttle signUps() {
      return signUps == null
          ? Throttle.builder(passwords.environment()).purpose("register").failures(SIGN_UPS).build()
          : signUps;
    }

    /** {@return the accounts} */
    public Accounts build() {
      return new Accounts(this);
    }
  }
}
