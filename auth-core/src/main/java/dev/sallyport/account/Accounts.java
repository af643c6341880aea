package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

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
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final AccountStore users;
  private final Passwords passwords;
  private final PasswordPolicy policy;
  private final AuthListener listener;
  private final Clock clock;
  private final SecureRandom random;

  private Accounts(Builder builder) {
    users = builder.users;
    passwords = builder.passwords;
    policy = builder.policy;
    listener = builder.listener;
    clock = builder.clock;
    random = builder.random;
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
   * Makes a user with roles; for the host itself, never with roles that a client sent.
   *
   * @param username the name, kept as it is
   * @param password the new password
   * @param roles the roles
   * @return how it ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public Registration register(String username, Password password, Set<String> roles) {
    return reportingOutage(
        "register",
        () -> {
          List<Fault> faults = faults(username, password);
          return faults.isEmpty()
              ? insert(username, password, roles)
              : new Registration.Invalid(faults);
        });
  }

  /**
   * All that keeps a name and a password from being registered, but for the name being taken.
   *
   * @param username the name; an empty one is a fault
   * @param password the new password
   * @return the faults, those of the name first; none if both will do
   */
  public List<Fault> faults(String username, Password password) {
    List<Fault> faults = new ArrayList<>(Username.faults(username));
    faults.addAll(policy.faults(username, password, passwords.hasher()));
    return faults;
  }

  private Registration insert(String username, Password password, Set<String> roles) {
    if (users.findByName(username).isPresent()) {
      return new Registration.UsernameTaken(); // spares the hash; the insert decides
    }
    Optional<String> hash = passwords.hash(password);
    if (hash.isEmpty()) {
      return new Registration.Busy(BUSY_RETRY);
    }
    User user = User.builder(newId(), username).roles(roles).passwordHash(hash.get()).build();
    if (users.insert(user) != AccountStore.Change.DONE) {
      return new Registration.UsernameTaken();
    }
    listener.publish(new AuthEvent.Registered(clock.instant(), user.id(), user.name()));
    return new Registration.Registered(user);
  }

  /**
   * Checks a username and password for a login, and raises the event.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client the client's address
   * @return proof, or why not
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordVerdict verify(String username, Password password, InetAddress client) {
    PasswordVerdict verdict =
        reportingOutage("login", () -> passwords.verify(username, password, client));
    if (verdict instanceof PasswordVerdict.Verified verified) {
      listener.publish(new AuthEvent.LoggedIn(clock.instant(), verified.user().id(), client));
    } else if (verdict instanceof PasswordVerdict.Refused refused) {
      String subject = username.length() <= 150 ? username : username.substring(0, 150);
      listener.publish(
          refused.reason().refusal() == Refusal.THROTTLED
              ? new AuthEvent.Throttled(clock.instant(), "login", subject, client)
              : new AuthEvent.AuthenticationFailed(
                  clock.instant(), "login", refused.reason().name(), subject, client));
    }
    return verdict;
  }

  private <T> T reportingOutage(String during, Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException e) {
      listener.publish(new AuthEvent.StoreOutage(clock.instant(), during, e.getClass().getName()));
      throw e;
    }
  }

  /** 122 random bits in the form of a version 4 UUID (RFC 9562 section 5.4). */
  private String newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }

  /** Builds an {@link Accounts}; not safe for several threads. */
  public static final class Builder {
    private final AccountStore users;
    private final Passwords passwords;
    private PasswordPolicy policy = PasswordPolicy.standard();
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();

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
     * Makes it.
     *
     * @return the accounts
     */
    public Accounts build() {
      return new Accounts(this);
    }
  }
}
