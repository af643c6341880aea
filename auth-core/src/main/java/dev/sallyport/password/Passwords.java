package dev.sallyport.password;

import dev.sallyport.Reason;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final CredentialStore users;
  private final PasswordHasher hasher;
  private final HashCheck hashes;
  private final HashingTurns turns;
  private final @Nullable VerifiedPasswords remembered;
  private final Throttle throttle;
  private final AuthListener listener;
  private final Clock clock;

  private Passwords(Builder builder) {
    users = builder.users;
    hasher = builder.hasher;
    hashes =
        new HashCheck(hasher, builder.formats, builder.dearestStored, builder.djangoIterations);
    turns = new HashingTurns(builder.hashingAtATime, builder.maxWait);
    remembered = builder.remember ? new VerifiedPasswords(builder.random) : null;
    throttle =
        builder.throttle == null
            ? Throttle.builder(ThrottleStore.inMemory(builder.clock)).clock(builder.clock).build()
            : builder.throttle;
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
    return check(username, password, client, null);
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
    return check(username, password, client, remembered);
  }

  private PasswordVerdict check(
      String username, Password password, InetAddress client, @Nullable VerifiedPasswords memory) {
    if (username.isEmpty()) {
      return refused(PasswordVerdict.UNKNOWN_USER);
    }
    Optional<Duration> waits = throttle.remembered(username, client);
    if (waits.isPresent()) {
      return new PasswordVerdict.Refused(PasswordVerdict.THROTTLED, waits.get());
    }
    User user = Username.find(users, username).orElse(null);
    String stored = user == null ? null : user.passwordHash().orElse(null);
    if (user == null || !user.isActive() || stored == null) {
      return throttled(username, client, () -> hash(user, password, null));
    }
    if (memory != null && password.isWellFormed()) {
      Instant now = clock.instant();
      if (memory.contains(memory.digest(user, stored, password), now.toEpochMilli())) {
        return new PasswordVerdict.Verified(user, now);
      }
    }
    return throttled(user.name(), client, () -> hash(user, password, memory));
  }

  /** Counts the check as failed before it is made, and settles the count by its verdict. */
  private PasswordVerdict throttled(
      String account, InetAddress client, Supplier<PasswordVerdict> check) {
    Attempt attempt = throttle.reserve(account, client);
    if (!(attempt instanceof Attempt.Granted granted)) {
      Duration wait = ((Attempt.Refused) attempt).retryAfter();
      return new PasswordVerdict.Refused(PasswordVerdict.THROTTLED, wait);
    }
    PasswordVerdict verdict;
    try {
      verdict = check.get();
    } catch (RuntimeException | Error e) {
      giveBack(granted, e);
      throw e;
    }
    if (verdict instanceof PasswordVerdict.Verified) {
      granted.right();
    } else if (((PasswordVerdict.Refused) verdict).reason().equals(PasswordVerdict.NO_TURN)) {
      granted.giveBack();
    } else {
      granted.wrong();
    }
    return verdict;
  }

  private static void giveBack(Attempt.Granted granted, Throwable cause) {
    try {
      granted.giveBack();
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e); // its lease ends by itself
    }
  }

  private PasswordVerdict hash(
      @Nullable User user, Password password, @Nullable VerifiedPasswords memory) {
    if (!turns.take()) {
      return busy();
    }
    HashCheck.Outcome outcome;
    try {
      outcome = hashes.check(user, password);
    } finally {
      turns.giveBack();
    }
    if (user == null || outcome.failure() != null) {
      return refused(Objects.requireNonNull(outcome.failure()));
    }
    User verified = upgraded(user, outcome.replacement());
    Instant now = clock.instant();
    Optional<String> hash = verified.passwordHash();
    if (memory != null && hash.isPresent()) {
      memory.add(memory.digest(verified, hash.get(), password), now.toEpochMilli());
    }
    return new PasswordVerdict.Verified(verified, now);
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
   * Hashes a new password, when it is its turn. Judge it by a {@link PasswordPolicy} first.
   *
   * @param password one that the hasher accepts
   * @return what to store; empty if there was no turn in time
   * @throws IllegalArgumentException if the hasher doesn't accept it
   */
  public Optional<String> hash(Password password) {
    if (!turns.take()) {
      return Optional.empty();
    }
    try {
      return Optional.of(hasher.hash(password));
    } finally {
      turns.giveBack();
    }
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

  private static PasswordVerdict busy() {
    return new PasswordVerdict.Refused(PasswordVerdict.NO_TURN, BUSY_RETRY);
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
     * Sets how many hashes are computed at a time. Sixteen times as many may wait.
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
     * Sets where the key comes from under which right passwords are remembered.
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
