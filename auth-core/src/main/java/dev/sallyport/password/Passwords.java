package dev.sallyport.password;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Plan;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.throttle.Budget;
import dev.sallyport.throttle.ClientNetwork;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where passwords are checked and hashed. Build one and share it with everything that
 * handles passwords, so that all share its turns. Thread-safe; it blocks while it hashes.
 *
 * <p>Every failed check does the same work, that of a hash at the configured cost or at the
 * {@linkplain Builder#dearestStored dearest} still stored, so that timing doesn't reveal which
 * users exist. Only an empty name, a lack of turns and a throttled attempt cost nothing.
 */
public final class Passwords {
  private final QueuedHashing hashing;
  private final NamedChecks checks;

  private Passwords(Builder builder) {
    AuthEnvironment environment = builder.environment;
    HashCheck hashes =
        new HashCheck(
            builder.hasher,
            environment.random(),
            builder.formats,
            builder.dearestStored,
            builder.djangoIterations);
    HashingQueue turns =
        new HashingQueue(
            builder.maxConcurrentHashes,
            builder.maxWait,
            new Budget<>(builder.budget, builder.budgetWindow, environment.clock()));
    hashing = new QueuedHashing(builder.users, builder.hasher, hashes, turns, environment);
    Throttle throttle =
        builder.throttle == null ? Throttle.builder(environment).build() : builder.throttle;
    checks = NamedChecks.of(throttle, hashing, builder.remember, builder.maxWait);
  }

  /**
   * {@return a checker in the standard environment, with the defaults of {@link Builder}}
   *
   * @param users the users
   */
  public static Passwords of(CredentialStore users) {
    return builder(AuthEnvironment.standard(), users).build();
  }

  /**
   * Checks against a store, with options.
   *
   * @param environment the clock, randomness, listener and counts
   * @param users the users
   * @return a builder
   */
  public static Builder builder(AuthEnvironment environment, CredentialStore users) {
    return new Builder(environment, users);
  }

  /**
   * Checks a password by computing its hash. Raises no event; for a login, see {@link #logIn}.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client where the request comes from
   * @return proof that it is right, or why it was refused
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordResult verify(String username, Password password, Client client) {
    return checks.check(username, password, client, false);
  }

  /**
   * Checks a password for a login and raises {@link AuthEvent.LoggedIn} or the event of the
   * refusal.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client where the request comes from
   * @return proof that it is right, or why it was refused
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordResult logIn(String username, Password password, Client client) {
    return checks.logIn(username, password, client, hashing.environment());
  }

  /**
   * Checks a password that comes with every request. One that was right within the last five
   * minutes is not hashed again; the user is still read, and must be active and have the same hash.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client where the request comes from
   * @return proof that it is right, or why it was refused
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordResult verifyRepeated(String username, Password password, Client client) {
    return checks.check(username, password, client, true);
  }

  /**
   * Plans to check a password that comes with every request: the user is read first, and only what
   * can't be answered then is hashed.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client where the request comes from
   * @return what completes to the same as {@link #verifyRepeated}
   */
  public Plan<PasswordResult> planRepeated(String username, Password password, Client client) {
    return checks.planRepeated(username, password, client);
  }

  /**
   * Hashes a new password that the host has chosen, in its turn; no client's budget is charged.
   * Check it against a {@link PasswordPolicy} first.
   *
   * @param password one that the hasher accepts
   * @return what to store; empty if there was no turn in time
   * @throws IllegalArgumentException if the hasher doesn't accept it
   */
  public Optional<String> hash(Password password) {
    return hashing.hash(password, HashingQueue.Applicant.HOST);
  }

  /**
   * Hashes a new password that a client has chosen, in the client's turn. Check it against a {@link
   * PasswordPolicy} first.
   *
   * @param password one that the hasher accepts
   * @param client where the request comes from
   * @return what to store; empty if there was no turn in time
   * @throws IllegalArgumentException if the hasher doesn't accept it
   */
  public Optional<String> hash(Password password, Client client) {
    return hashing.hash(
        password, new HashingQueue.Applicant(ClientNetwork.of(client.address()), false));
  }

  /**
   * {@return how many checks can hash or wait at a time; any more are refused at once} A pool of
   * threads for checks must have as many: a queue before this one would not be fair.
   */
  public int maxChecks() {
    return checks.checks().capacity();
  }

  /**
   * Ends the wait of a check whose client has gone away, without an interrupt.
   *
   * @param thread one that may be waiting here; if it isn't, nothing happens
   */
  public void giveUp(Thread thread) {
    checks.checks().giveUp(Objects.requireNonNull(thread, "thread"));
  }

  /** {@return the environment, which everything that uses these passwords shares} */
  public AuthEnvironment environment() {
    return hashing.environment();
  }

  /** {@return the throttle that slows down guessing, for other ways of proving who somebody is} */
  public Throttle throttle() {
    return checks.throttle();
  }

  /** {@return the hasher for new passwords} */
  public PasswordHasher hasher() {
    return hashing.hasher();
  }

  /** {@return how busy hashing is; asking for it costs no check anything} */
  public HashingLoad hashingLoad() {
    return hashing.turns().load();
  }

  /** Builds a {@link Passwords}; not thread-safe. */
  public static final class Builder {
    private final AuthEnvironment environment;
    private final CredentialStore users;
    private PasswordHasher hasher = BcryptHasher.ofDefaultCost();
    private List<PasswordFormat> formats =
        List.of(PasswordFormat.django(), PasswordFormat.spring());
    private long dearestStored;
    private int djangoIterations;
    private int maxConcurrentHashes = Runtime.getRuntime().availableProcessors();
    private Duration maxWait = Duration.ofSeconds(2);
    private int budget = 600;
    private Duration budgetWindow = Duration.ofMinutes(15);
    private boolean remember = true;
    private @Nullable Throttle throttle;

    private Builder(AuthEnvironment environment, CredentialStore users) {
      this.environment = Objects.requireNonNull(environment, "environment");
      this.users = Objects.requireNonNull(users, "users");
    }

    /**
     * Sets the hasher for new passwords.
     *
     * @param hasher the hasher; by default bcrypt of cost 12
     * @return this
     */
    public Builder hasher(PasswordHasher hasher) {
      this.hasher = Objects.requireNonNull(hasher, "hasher");
      return this;
    }

    /**
     * Sets which formats are checked besides the hasher's own and replaced after a correct login.
     *
     * @param formats the formats, in the order in which they are tried; by default Django's and
     *     Spring's
     * @return this
     */
    public Builder formats(PasswordFormat... formats) {
      this.formats = List.of(formats);
      return this;
    }

    /**
     * States the cost of the dearest hash still stored, if checking it takes longer than a new one.
     * All failed checks then take as long, so that timing doesn't reveal who has such a hash.
     *
     * @param work in the unit of {@link PasswordFormat#work}: 0 to 65,536, by default 0
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder dearestStored(long work) {
      require(
          work >= 0 && work <= BcryptHasher.work(BcryptHasher.MAX_COST),
          "dearestStored must be 0 to 65536, not " + work);
      this.dearestStored = work;
      return this;
    }

    /**
     * Like {@link #dearestStored}, for a table that came from Django: the most PBKDF2 iterations
     * that it still holds. A failed check is then brought up to that time by PBKDF2 too.
     *
     * @param iterations 0 to 5,000,000, by default 0; Django 5.0 uses 720,000
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder dearestDjango(int iterations) {
      require(
          iterations >= 0 && iterations <= DjangoFormat.MAX_ITERATIONS,
          "dearestDjango must be 0 to 5000000 iterations, not " + iterations);
      this.djangoIterations = iterations;
      return this;
    }

    /**
     * Sets how many hashes are computed at a time. Sixteen times as many checks may wait; their
     * networks are served in turn.
     *
     * @param turns 1 to 1,024; by default the number of processors
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxConcurrentHashes(int turns) {
      require(turns >= 1 && turns <= 1024, "maxConcurrentHashes must be 1 to 1024, not " + turns);
      this.maxConcurrentHashes = turns;
      return this;
    }

    /**
     * Sets how long a check waits for its turn.
     *
     * @param maxWait zero to one minute; by default two seconds
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxWait(Duration maxWait) {
      require(
          !maxWait.isNegative() && maxWait.compareTo(Duration.ofMinutes(1)) <= 0,
          "maxWait must be 0 s to 60 s, not " + maxWait);
      this.maxWait = maxWait;
      return this;
    }

    /**
     * Sets how many hashes a client's network (an IPv4 address, an IPv6 /64) may have before it is
     * served after all others. Correct passwords count as well.
     *
     * @param hashes 1 to 1,000,000; by default 600
     * @param window within which time, 1 second to 24 hours; by default 15 minutes
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder budget(int hashes, Duration window) {
      require(
          hashes >= 1 && hashes <= 1_000_000, "budget must be 1 to 1000000 hashes, not " + hashes);
      require(
          window.compareTo(Duration.ofSeconds(1)) >= 0 && window.compareTo(Duration.ofDays(1)) <= 0,
          "window must be 1 s to 24 h, not " + window);
      this.budget = hashes;
      this.budgetWindow = window;
      return this;
    }

    /** {@return this, with {@link #verifyRepeated} hashing every time} */
    public Builder rememberNone() {
      this.remember = false;
      return this;
    }

    /**
     * Sets the throttle that slows down guessing.
     *
     * @param throttle by default one with the defaults of {@link Throttle.Builder}, over the counts
     *     of the environment
     * @return this
     */
    public Builder throttle(Throttle throttle) {
      this.throttle = Objects.requireNonNull(throttle, "throttle");
      return this;
    }

    private static void require(boolean allowed, String fault) {
      if (!allowed) {
        throw new IllegalArgumentException(fault);
      }
    }

    /**
     * {@return a password checker with these options}
     *
     * @throws IllegalArgumentException if {@link #dearestStored} or {@link #dearestDjango} is set
     *     with a hasher that doesn't state its work
     */
    public Passwords build() {
      require(
          (dearestStored == 0 && djangoIterations == 0) || hasher.work() != 1,
          "A dearest hash needs a hasher that states its work: override PasswordHasher.work()");
      return new Passwords(this);
    }
  }
}
