package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in plain Java: no HTTP, no framework. Safe for many threads; it blocks while a store is
 * asked or a password is hashed.
 *
 * <pre>{@code
 * AccountStore users = CredentialStore.inMemory();
 * Accounts accounts = Accounts.of(users, Passwords.of(users));
 * Registration result = accounts.register("alice", Password.of("correct horse battery staple"));
 * }</pre>
 */
public final class Accounts {
  private final Passwords passwords;
  private final Reports reports;
  private final NewPasswords newPasswords;
  private final SignUp signUp;
  private final AccountChanges changes;
  private final @Nullable Devices devices;
  private final SecureRandom random;

  private Accounts(Builder builder) {
    passwords = builder.passwords;
    random = builder.random;
    reports = new Reports(builder.listener, builder.clock);
    UserRows rows = new UserRows(builder.users, builder.tokens, builder.tokensOutlive, reports);
    newPasswords = new NewPasswords(rows, passwords, builder.policy);
    signUp = new SignUp(rows, newPasswords, builder.signUps(), random);
    changes = new AccountChanges(rows);
    devices = builder.tokens == null ? null : new Devices(builder.tokens, builder.users, reports);
  }

  /** What sets passwords, for resets. */
  NewPasswords newPasswords() {
    return newPasswords;
  }

  /** Where secrets come from. */
  SecureRandom random() {
    return random;
  }

  /**
   * Accounts with the defaults of {@link Builder}.
   *
   * @param users where they are kept
   * @param passwords what checks and hashes; the same that authenticators use
   * @return the accounts
   */
  public static Accounts of(AccountStore users, Passwords passwords) {
    return builder(users, passwords).build();
  }

  /**
   * Accounts with options.
   *
   * @param users where they are kept
   * @param passwords what checks and hashes; the same that authenticators use
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
  public Registration register(String username, Password password) {
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
  public Registration register(String username, Password password, Client client) {
    return reports.reportingOutage("register", () -> signUp.register(username, password, client));
  }

  /**
   * Makes a user with roles; for the host itself, never with roles that a client sent.
   *
   * @param username the name, kept as it is
   * @param password the new password
   * @param roles the roles
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public Registration register(String username, Password password, Set<String> roles) {
    return reports.reportingOutage("register", () -> signUp.register(username, password, roles));
  }

  /**
   * All that keeps a name and a password from being registered, but for the name being taken.
   *
   * @param username the name; an empty one is a fault
   * @param password the new password
   * @return the faults, those of the name first; none if both will do
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
  public PasswordVerdict verify(String username, Password password, Client client) {
    InetAddress address = client.address();
    PasswordVerdict verdict =
        reports.reportingOutage("login", () -> passwords.verify(username, password, address));
    if (verdict instanceof PasswordVerdict.Verified verified) {
      reports.publish(
          new AuthEvent.LoggedIn(reports.now(), verified.user().id(), address, client.userAgent()));
    } else if (verdict instanceof PasswordVerdict.Refused refused) {
      reports.refused(refused, "login", username, address);
    }
    return verdict;
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
  public PasswordChange changePassword(
      String userId, Password current, Password next, Client client, @Nullable String keptSession) {
    return reports.reportingOutage(
        "password_change", () -> newPasswords.change(userId, current, next, client, keptSession));
  }

  /**
   * Where users are logged in.
   *
   * @return the devices; empty if the builder was not told where sessions and tokens are kept
   */
  public Optional<Devices> devices() {
    return Optional.ofNullable(devices);
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
  public AccountChange logOutEverywhere(String userId, @Nullable String keptSession) {
    return change(userId, "logged_out_everywhere", keptSession, User.Builder::revokeAll);
  }

  /**
   * Keeps a user from authenticating, and ends all of their sessions and tokens.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountChange deactivate(String userId) {
    return change(userId, "deactivated", null, user -> user.active(false).revokeAll());
  }

  /**
   * Lets a user authenticate again. It revives nothing that was ended.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountChange activate(String userId) {
    return change(userId, "activated", null, user -> user.active(true));
  }

  private AccountChange change(
      String userId, String what, @Nullable String kept, UnaryOperator<User.Builder> change) {
    return reports.reportingOutage(what, () -> changes.change(userId, what, kept, change));
  }

  /**
   * Gives a user another name. Sessions and tokens stay valid.
   *
   * @param userId the user
   * @param username the new name, kept as it is
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public Renaming rename(String userId, String username) {
    return reports.reportingOutage("renamed", () -> changes.rename(userId, username));
  }

  /**
   * Removes a user, and so ends all of their sessions and tokens.
   *
   * @param userId the user
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer
   */
  public AccountChange delete(String userId) {
    return reports.reportingOutage("deleted", () -> changes.delete(userId));
  }

  /** Builds an {@link Accounts}; not safe for several threads. */
  public static final class Builder {
    /** For one name as many as from one address, which alone is to be slowed down. */
    private static final int SIGN_UPS = 100;

    private final AccountStore users;
    private final Passwords passwords;
    private PasswordPolicy policy = PasswordPolicy.standard();
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();
    private @Nullable TokenStore tokens;
    private boolean tokensOutlive;
    private @Nullable ThrottleStore counts;
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
     * Sets who hears of events.
     *
     * @param listener the listener; by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock the clock; by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets where ids come from.
     *
     * @param random the source
     * @return this
     */
    public Builder random(SecureRandom random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /**
     * Sets where sessions and tokens are kept, so that those that a change has ended are removed at
     * once. Without it they are as worthless, and stay until they expire.
     *
     * @param tokens the store
     * @return this
     */
    public Builder tokens(TokenStore tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
      return this;
    }

    /**
     * Leaves opaque tokens alone when a user changes their password: for hosts whose tokens are
     * exempt from that. All else that raises the epoch ends them, a reset too.
     *
     * @return this
     */
    public Builder tokensOutlivePasswordChange() {
      this.tokensOutlive = true;
      return this;
    }

    /**
     * Sets where the sign-ups from one address are counted, so that nodes that share the store
     * count together.
     *
     * @param counts the store, which other throttles may share; by default one in memory
     * @return this
     */
    public Builder throttleStore(ThrottleStore counts) {
      this.counts = Objects.requireNonNull(counts, "counts");
      return this;
    }

    /**
     * Sets what counts the sign-ups from one address.
     *
     * @param signUps the throttle, with a purpose of its own; by default one over {@link
     *     #throttleStore} that takes 100 in 15 minutes
     * @return this
     */
    public Builder signUpThrottle(Throttle signUps) {
      this.signUps = Objects.requireNonNull(signUps, "signUps");
      return this;
    }

    private Throttle signUps() {
      return signUps == null
          ? Throttle.builder(counts == null ? ThrottleStore.inMemory(clock) : counts)
              .purpose("register")
              .failures(SIGN_UPS)
              .clock(clock)
              .build()
          : signUps;
    }

    /**
     * Makes it.
     *
     * @return the accounts
     */
    public Accounts build() {
      return new Accounts(this);
    }
  }
}
