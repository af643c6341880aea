package dev.sallyport.password;

import dev.sallyport.Reason;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.ClientNetwork;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place where passwords are checked and hashed. Make one, and give it to all that deals
 * with passwords, so that they share its turns. Safe for many threads; it blocks while it hashes.
 *
 * <p>However a check fails, the same work is done: that of a hash at the configured cost, or at the
 * {@linkplain Builder#dearestStored dearest} that is still stored. So time tells nothing of who
 * exists. Only an empty name, a lack of turns and a throttled attempt cost none.
 */
public final class Passwords {

  private final CredentialStore users;
  private final PasswordHasher hasher;
  private final HashCheck hashes;
  private final HashingTurns turns;
  private final Throttle throttle;
  private final ThrottledChecks checks;
  private final AuthListener listener;
  private final Clock clock;

  private Passwords(Builder builder) {
    users = builder.users;
    hasher = builder.hasher;
    hashes =
        new HashCheck(hasher, builder.formats, builder.dearestStored, builder.djangoIterations);
    turns =
        new HashingTurns(
            builder.hashingAtATime,
            builder.maxWait,
            new HashBudget(builder.budget, builder.budgetWindow, builder.clock));
    throttle =
        builder.throttle == null
            ? Throttle.builder(ThrottleStore.inMemory(builder.clock)).clock(builder.clock).build()
            : builder.throttle;
    checks =
        new ThrottledChecks(
            throttle, builder.random, builder.remember, builder.maxWait, this::hash, builder.clock);
    listener = builder.listener;
    clock = builder.clock;
  }

  /**
   * Checks against a store, with the defaults of {@link Builder}.
   *
   * @param users who the users are
   * @return what checks
   */
  public static Passwords of(CredentialStore users) {
    return builder(users).build();
  }

  /**
   * Checks against a store, with options.
   *
   * @param users who the users are
   * @return a builder
   */
  public static Builder builder(CredentialStore users) {
    return new Builder(users);
  }

  /**
   * Checks a password, and computes its hash to do so: for a login.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client the client's address
   * @return proof, or why not
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordVerdict verify(String username, Password password, InetAddress client) {
    return check(username, password, client, false);
  }

  /**
   * Checks a password that comes with every request. One that was right within the last five
   * minutes is not hashed again; the user is read all the same, and must be active and have the
   * same hash.
   *
   * @param username the name as the client sent it
   * @param password the password
   * @param client the client's address
   * @return proof, or why not
   * @throws StoreUnavailableException if the store could not answer
   */
  public PasswordVerdict verifyRepeated(String username, Password password, InetAddress client) {
    return check(username, password, client, true);
  }

  private PasswordVerdict check(
      String username, Password password, InetAddress client, boolean repeated) {
    if (username.isEmpty()) {
      return refused(PasswordVerdict.UNKNOWN_USER);
    }
    Optional<Duration> waits = throttle.remembered(username, client);
    if (waits.isPresent()) {
      return PasswordVerdict.Refused.throttled(waits.get());
    }
    User user = Username.find(users, username).orElse(null);
    return checks.check(Credentials.of(username, user, password, client), repeated);
  }

  private PasswordVerdict hash(Credentials credentials, boolean knownAddress) {
    if (!turns.take(new HashingTurns.Applicant(credentials.network(), knownAddress))) {
      return PasswordVerdict.Refused.busy();
    }
    HashCheck.Outcome outcome;
    try {
      outcome = hashes.check(credentials.user(), credentials.password());
    } finally {
      turns.giveBack();
    }
    User user = credentials.user();
    if (user == null || outcome.failure() != null) {
      return refused(Objects.requireNonNull(outcome.failure()));
    }
    return new PasswordVerdict.Verified(upgraded(user, outcome.replacement()), clock.instant());
  }

  /** Replaces the stored hash if it is still the one that was verified; a failure harms nobody. */
  private User upgraded(User user, @Nullable String replacement) {
    String stored = user.passwordHash().orElse(null);
    if (stored == null || replacement == null) {
      return user;
    }
    try {
      if (users.replaceHash(user.id(), stored, replacement)) {
        listener.publish(new AuthEvent.PasswordUpgraded(clock.instant(), user.id()));
        return user.toBuilder().passwordHash(replacement).build();
      }
    } catch (StoreUnavailableException e) {
      listener.publish(
          new AuthEvent.StoreOutage(clock.instant(), "password_upgrade", e.getClass().getName()));
    }
    return user;
  }

  /**
   * Hashes a new password of the host's own choice, when it is its turn: no client's budget is
   * charged. Judge it by a {@link PasswordPolicy} first.
   *
   * @param password one that the hasher accepts
   * @return what to store; empty if there was no turn in time
   * @throws IllegalArgumentException if the hasher doesn't accept it
   */
  public Optional<String> hash(Password password) {
    return hash(password, HashingTurns.Applicant.HOST);
  }

  /**
   * Hashes a new password that a client has chosen, when it is the client's turn. Judge it by a
   * {@link PasswordPolicy} first.
   *
   * @param password one that the hasher accepts
   * @param client the client's address
   * @return what to store; empty if there was no turn in time
   * @throws IllegalArgumentException if the hasher doesn't accept it
   */
  public Optional<String> hash(Password password, InetAddress client) {
    return hash(password, new HashingTurns.Applicant(ClientNetwork.of(client), false));
  }

  private Optional<String> hash(Password password, HashingTurns.Applicant applicant) {
    if (!turns.take(applicant)) {
      return Optional.empty();
    }
    try {
      return Optional.of(hasher.hash(password));
    } finally {
      turns.giveBack();
    }
  }

  /**
   * What slows down guessing, for whatever else proves who somebody is, or counts beside it.
   *
   * @return the throttle
   */
  public Throttle throttle() {
    return throttle;
  }

  /**
   * What hashes new passwords.
   *
   * @return the hasher
   */
  public PasswordHasher hasher() {
    return hasher;
  }

  private static PasswordVerdict refused(Reason reason) {
    return new PasswordVerdict.Refused(reason, null);
  }

  /** Builds a {@link Passwords}; not safe for several threads. */
  public static final class Builder {
    private final CredentialStore users;
    private PasswordHasher hasher = BcryptHasher.ofDefaultCost();
    private List<PasswordFormat> formats =
        List.of(PasswordFormat.django(), PasswordFormat.spring());
    private long dearestStored;
    private int djangoIterations;
    private int hashingAtATime = Runtime.getRuntime().availableProcessors();
    private Duration maxWait = Duration.ofSeconds(2);
    private int budget = 600;
    private Duration budgetWindow = Duration.ofMinutes(15);
    private boolean remember = true;
    private @Nullable Throttle throttle;
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();

    private Builder(CredentialStore users) {
      this.users = Objects.requireNonNull(users, "users");
    }

    /**
     * Sets what hashes new passwords.
     *
     * @param hasher the hasher; by default bcrypt of cost 12
     * @return this
     */
    public Builder hasher(PasswordHasher hasher) {
      this.hasher = Objects.requireNonNull(hasher, "hasher");
      return this;
    }

    /**
     * Sets which formats are checked beside the hasher's own, and replaced after a correct login.
     *
     * @param formats the formats, in the order in which they are asked; by default Django's and
     *     Spring's
     * @return this
     */
    public Builder formats(PasswordFormat... formats) {
      this.formats = List.of(formats);
      return this;
    }

    /**
     * Names the dearest hash that is still stored, if checking it takes longer than a new one. All
     * failed checks then take as long, so that time doesn't tell who has such a hash.
     *
     * @param work in the unit of {@link PasswordFormat#work}, {@link BcryptHasher#work(int)} for
     *     bcrypt; 0 to 65,536, by default 0. For Django's PBKDF2 see {@link #dearestDjango}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder dearestStored(long work) {
      if (work < 0 || work > BcryptHasher.work(BcryptHasher.MAX_COST)) {
        throw new IllegalArgumentException("dearestStored must be 0 to 65536, not " + work);
      }
      this.dearestStored = work;
      return this;
    }

    /**
     * As {@link #dearestStored}, for a table that came from Django: the most iterations of PBKDF2
     * that it still holds. What is left to do after a failed check is then done by PBKDF2 too.
     *
     * @param iterations 0 to 5,000,000, by default 0; Django 5.0 makes 720,000
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder dearestDjango(int iterations) {
      if (iterations < 0 || iterations > DjangoFormat.MAX_ITERATIONS) {
        throw new IllegalArgumentException(
            "dearestDjango must be 0 to 5000000 iterations, not " + iterations);
      }
      this.djangoIterations = iterations;
      return this;
    }

    /**
     * Sets how many hashes are computed at a time. Sixteen times as many may wait; they are served
     * by their networks in turn.
     *
     * @param turns 1 to 1,024; by default the number of processors
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder hashingAtATime(int turns) {
      if (turns < 1 || turns > 1024) {
        throw new IllegalArgumentException("hashingAtATime must be 1 to 1024, not " + turns);
      }
      this.hashingAtATime = turns;
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
      if (maxWait.isNegative() || maxWait.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException("maxWait must be 0 s to 60 s, not " + maxWait);
      }
      this.maxWait = maxWait;
      return this;
    }

    /**
     * Sets how many hashes a client's network (an IPv4 address, an IPv6 /64) may have before it is
     * served after all others. Right passwords count as well.
     *
     * @param hashes 1 to 1,000,000; by default 600
     * @param window in how long, 1 second to 24 hours; by default 15 minutes
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder budget(int hashes, Duration window) {
      if (hashes < 1 || hashes > 1_000_000) {
        throw new IllegalArgumentException("budget must be 1 to 1000000 hashes, not " + hashes);
      }
      if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("window must be 1 s to 24 h, not " + window);
      }
      this.budget = hashes;
      this.budgetWindow = window;
      return this;
    }

    /**
     * Makes {@link #verifyRepeated} hash every time.
     *
     * @return this
     */
    public Builder withoutMemory() {
      this.remember = false;
      return this;
    }

    /**
     * Sets what slows down guessing.
     *
     * @param throttle by default one in memory, by the clock that is set here; nodes that are to
     *     count together share its store
     * @return this
     */
    public Builder throttle(Throttle throttle) {
      this.throttle = Objects.requireNonNull(throttle, "throttle");
      return this;
    }

    /**
     * Sets who hears of upgraded hashes.
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
     * Sets where the key comes from under which right passwords are remembered and equal checks are
     * recognised.
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
     * @return what checks
     * @throws IllegalArgumentException if {@link #dearestStored} or {@link #dearestDjango} is set
     *     beside a hasher that doesn't say what it costs
     */
    public Passwords build() {
      if ((dearestStored > 0 || djangoIterations > 0) && hasher.work() == 1) {
        throw new IllegalArgumentException(
            "A dearest hash needs a hasher that states its work: override PasswordHasher.work()");
      }
      return new Passwords(this);
    }
  }
}
