package dev.sallyport.throttle;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.throttle.Counts.Reservation;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Slows down guessing. A failure is counted before the password is checked and taken back if it was
 * right, so that parallel guesses gain nothing. From the fifth failure on an account waits, one
 * second at first, twice as long each time, fifteen minutes at most; nothing is locked for good.
 *
 * <p>An address from which the account has logged in before has a count of its own, so strangers
 * can't keep a user out. Names that don't exist are counted like names that do. Thread-safe.
 */
public final class Throttle {
  private final AuthEnvironment environment;
  private final ThrottleStore store;
  private final Counts counts;
  private final String purpose;
  private final boolean sharesKnown;
  private final Waits waits = new Waits();
  private final Clock clock;
  private final Limit accounts;
  private final Limit addresses;
  private final KnownAddresses known;

  private Throttle(Builder builder) {
    environment = builder.environment;
    store = environment.counts();
    clock = environment.clock();
    purpose = builder.purpose.isEmpty() ? "" : builder.purpose + ":";
    sharesKnown = builder.sharesKnown;
    accounts =
        Limit.ofAccount(builder.failures, builder.firstWait, builder.maxWait, builder.forgetAfter);
    addresses = Limit.ofAddress(builder.addressFailures, builder.addressWindow);
    counts = new Counts(store, clock, builder.lease.toMillis());
    known = new KnownAddresses(store, clock, builder.knownAddresses, builder.knownFor.toMillis());
  }

  /**
   * Starts a throttle with options.
   *
   * @param environment where attempts are counted, and the clock
   * @return a builder
   */
  public static Builder builder(AuthEnvironment environment) {
    return new Builder(environment);
  }

  /**
   * Whether this node has lately refused the same name from the same client, or the client. No
   * store is asked.
   *
   * @param username the name as the client sent it
   * @param client the client's address
   * @return how long to wait, if it is to wait
   */
  public Optional<Duration> remembered(String username, InetAddress client) {
    if (waits.isEmpty()) {
      return Optional.empty();
    }
    ThrottleKeys keys = keys(username, client);
    long now = clock.millis();
    long rest = Math.max(waits.rest(keys.address(), now), waits.rest(keys.pair(), now));
    return rest > 0 ? Optional.of(Duration.ofMillis(rest)) : Optional.empty();
  }

  /**
   * Asks for one check of a password, and counts it as failed until it is settled. Where a flood
   * has filled the memory of addresses, so that this one shares a count with others, their failures
   * refuse only clients from which the account has not logged in before.
   *
   * @param username the name of the account as it is stored, or as the client sent it
   * @param client the client's address
   * @return a reservation to settle, or how long to wait
   * @throws StoreUnavailableException if the store could not answer
   */
  public Attempt reserve(String username, InetAddress client) {
    ThrottleKeys keys = keys(username, client);
    Reservation ofAddress = counts.reserve(keys.address(), addresses);
    boolean isOthers = ofAddress.isRefused() && store.isShared(keys.address(), clock.instant());
    if (ofAddress.isRefused() && !isOthers) {
      return refuse(keys.address(), ofAddress);
    }
    String key;
    Reservation ofAccount;
    try {
      boolean isKnown = known.contains(keys);
      if (isOthers && !isKnown) {
        return new Attempt.Refused(Duration.ofMillis(ofAddress.rest()), ofAddress.isWaiting());
      }
      key = isKnown ? keys.pair() : keys.account();
      ofAccount = counts.reserve(key, accounts);
    } catch (StoreUnavailableException e) {
      counts.giveBack(keys.address(), addresses, ofAddress.leaseEnd());
      throw e;
    }
    if (ofAccount.isRefused()) {
      counts.giveBack(keys.address(), addresses, ofAddress.leaseEnd());
      return refuse(keys.pair(), ofAccount);
    }
    return new Attempt.Granted(this, keys, key, ofAddress.leaseEnd(), ofAccount.leaseEnd());
  }

  private ThrottleKeys keys(String username, InetAddress client) {
    return ThrottleKeys.of(purpose, sharesKnown ? "" : purpose, username, client);
  }

  /**
   * The user has shown otherwise that the account is theirs, by a reset code for example: from now
   * on the client's address is known, and does not wait.
   *
   * @param username the name of the account as it is stored
   * @param client the client's address
   * @throws StoreUnavailableException if the store could not answer
   */
  public void proved(String username, InetAddress client) {
    ThrottleKeys keys = keys(username, client);
    know(keys);
    counts.clear(keys.pair(), accounts, 0);
    waits.forget(keys.pair());
  }

  /** {@return the environment of its clock and counts, for throttles of other purposes} */
  public AuthEnvironment environment() {
    return environment;
  }

  private Attempt refuse(String key, Reservation refused) {
    if (refused.isWaiting()) {
      long now = clock.millis();
      waits.add(key, now + refused.rest(), now);
    }
    return new Attempt.Refused(Duration.ofMillis(refused.rest()), refused.isWaiting());
  }

  /** The account's count is deleted and the pair's with it; the address keeps its own. */
  void right(ThrottleKeys keys, String accountKey, long accountLease, long addressLease) {
    counts.clear(accountKey, accounts, accountLease);
    if (!accountKey.equals(keys.pair())) {
      counts.clear(keys.pair(), accounts, 0); // of when the address was known before
    }
    waits.forget(keys.pair());
    counts.giveBack(keys.address(), addresses, addressLease);
    know(keys);
  }

  /** Remembers at once who waits now. */
  Optional<Duration> wrong(
      ThrottleKeys keys, String accountKey, long accountLease, long addressLease) {
    long accountWaits = counts.fail(accountKey, accounts, accountLease);
    long addressWaits = counts.fail(keys.address(), addresses, addressLease);
    long now = clock.millis();
    if (accountWaits > now) {
      waits.add(keys.pair(), accountWaits, now);
    }
    if (addressWaits > now && !store.isShared(keys.address(), clock.instant())) {
      waits.add(keys.address(), addressWaits, now);
    }
    long rest = Math.max(accountWaits, addressWaits) - now;
    return rest > 0 ? Optional.of(Duration.ofMillis(rest)) : Optional.empty();
  }

  void giveBack(ThrottleKeys keys, String accountKey, long accountLease, long addressLease) {
    counts.giveBack(accountKey, accounts, accountLease);
    counts.giveBack(keys.address(), addresses, addressLease);
  }

  private void know(ThrottleKeys keys) {
    if (!sharesKnown) { // another purpose's addresses are only read
      known.add(keys);
    }
  }

  @Override
  public String toString() {
    return "Throttle[" + accounts + ", " + addresses + "]";
  }

  /** Builds a {@link Throttle}; not thread-safe. */
  public static final class Builder {
    private final AuthEnvironment environment;
    private String purpose = "";
    private boolean sharesKnown;
    private int failures = 5;
    private Duration firstWait = Duration.ofSeconds(1);
    private Duration maxWait = Duration.ofMinutes(15);
    private Duration forgetAfter = Duration.ofHours(24);
    private int addressFailures = 100;
    private Duration addressWindow = Duration.ofMinutes(15);
    private Duration lease = Duration.ofSeconds(30);
    private int knownAddresses = 20;
    private Duration knownFor = Duration.ofDays(30);

    private Builder(AuthEnvironment environment) {
      this.environment = Objects.requireNonNull(environment, "environment");
    }

    /**
     * Sets what is counted, so that throttles of several purposes can share a store and none counts
     * for another.
     *
     * @param purpose 1 to 12 lower case ASCII letters; by default there is none, which is right for
     *     passwords
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder purpose(String purpose) {
      if (!purpose.matches("[a-z]{1,12}")) {
        throw new IllegalArgumentException(
            "The purpose must be 1 to 12 lower case letters, not '" + purpose + "'");
      }
      this.purpose = purpose;
      return this;
    }

    /**
     * Goes by the addresses that are known to the passwords' throttle over the same store, and adds
     * none: for what users do who have logged in before, so that strangers can't keep them from it.
     *
     * @return this
     */
    public Builder shareKnownAddresses() {
      this.sharesKnown = true;
      return this;
    }

    /**
     * Sets the failure from which on an account must wait. It is never disabled, which NIST SP
     * 800-63B-4 section 3.2.2 asks for after 100 failures in a row.
     *
     * @param failures 1 to 100; by default 5
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder failures(int failures) {
      this.failures = inRange("failures", failures, 1, 100);
      return this;
    }

    /**
     * Sets how long an account must wait.
     *
     * @param first the first wait, which doubles; by default 1 second
     * @param max the longest wait; by default 15 minutes
     * @return this
     * @throws IllegalArgumentException unless 100 ms ≤ first ≤ max ≤ 24 hours
     */
    public Builder waits(Duration first, Duration max) {
      inRange("first", first, Duration.ofMillis(100), max);
      inRange("max", max, first, Duration.ofHours(24));
      this.firstWait = first;
      this.maxWait = max;
      return this;
    }

    /**
     * Sets when a count is forgotten.
     *
     * @param forgetAfter how long after its last failure, 1 hour to 30 days; by default 24 hours
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder forgetAfter(Duration forgetAfter) {
      this.forgetAfter =
          inRange("forgetAfter", forgetAfter, Duration.ofHours(1), Duration.ofDays(30));
      return this;
    }

    /**
     * Sets how many failures a client's address may have.
     *
     * @param failures 1 to 100; by default 100. An IPv6 client is its /64
     * @param window in how long, 1 second to 24 hours; by default 15 minutes
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder address(int failures, Duration window) {
      this.addressFailures = inRange("failures", failures, 1, 100);
      this.addressWindow = inRange("window", window, Duration.ofSeconds(1), Duration.ofHours(24));
      return this;
    }

    /**
     * Sets when a check that nobody settled counts as failed.
     *
     * @param lease 1 second to 5 minutes; by default 30 seconds
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder lease(Duration lease) {
      this.lease = inRange("lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(5));
      return this;
    }

    /**
     * Sets how many addresses an account remembers, and for how long.
     *
     * @param addresses how many, 1 to 20; by default 20
     * @param lifetime for how long, 1 hour to 365 days; by default 30 days
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder known(int addresses, Duration lifetime) {
      this.knownAddresses = inRange("addresses", addresses, 1, 20);
      this.knownFor = inRange("lifetime", lifetime, Duration.ofHours(1), Duration.ofDays(365));
      return this;
    }

    private static <T extends Comparable<T>> T inRange(String name, T value, T min, T max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            name + " must be " + min + " to " + max + ", not " + value);
      }
      return value;
    }

    /** {@return the throttle} */
    public Throttle build() {
      return new Throttle(this);
    }
  }
}
