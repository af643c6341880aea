package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.password.Password;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets users who have forgotten their password set a new one, by a code that the host delivers. Up
 * to three codes of a user are good at a time, for an hour each; redeeming one ends all, and so
 * does whatever else ends all that was issued to the user. Safe for many threads; it blocks while a
 * store is asked, a password is hashed or a code is delivered.
 *
 * <pre>{@code
 * PasswordReset reset =
 *     PasswordReset.of(accounts, tokens, (user, code, expiresAt) -> outbox.add(user.id(), code));
 * PasswordReset.Request asked = reset.request("alice", request.client());
 * PasswordReset.Redemption done = reset.redeem(code, Password.of(next), request.client());
 * }</pre>
 */
public final class PasswordReset {
  private static final Duration MIN_LIFETIME = Duration.ofMinutes(10);
  private static final Duration MAX_LIFETIME = Duration.ofHours(1);

  private final TokenStore tokens;
  private final NewPasswords newPasswords;
  private final UserRows rows;
  private final Reports reports;
  private final ResetRequests requests;

  private PasswordReset(Builder builder) {
    tokens = builder.tokens;
    newPasswords = builder.accounts.newPasswords();
    rows = newPasswords.rows();
    reports = rows.reports();
    requests =
        new ResetRequests(
            rows,
            tokens,
            builder.throttle(reports.clock()),
            builder.delivery,
            builder.codeLifetime,
            builder.accounts.random());
  }

  /**
   * Resets with the defaults of {@link Builder}.
   *
   * @param accounts whose passwords are reset; it lends its policy, listener, clock and randomness
   * @param tokens where codes are kept, hashed
   * @param delivery what hands a code to its user
   * @return the resets
   */
  public static PasswordReset of(Accounts accounts, TokenStore tokens, Delivery delivery) {
    return builder(accounts, tokens, delivery).build();
  }

  /**
   * Resets with options.
   *
   * @param accounts whose passwords are reset; it lends its policy, listener, clock and randomness
   * @param tokens where codes are kept, hashed
   * @param delivery what hands a code to its user
   * @return a builder
   */
  public static Builder builder(Accounts accounts, TokenStore tokens, Delivery delivery) {
    return new Builder(accounts, tokens, delivery);
  }

  /** Hands a code to its user, by mail for example. It is called by many threads at once. */
  @FunctionalInterface
  public interface Delivery {
    /**
     * Delivers a code, to an address that the host has long known and never to one that came with
     * the request. Put it into a queue and return at once: the time that it takes here tells that
     * there is such a user. What it throws becomes an event, and nobody who asked is told.
     *
     * @param user who is to have it, perhaps deactivated
     * @param code the code, a secret: 43 characters of base64url
     * @param expiresAt when it is no longer good
     */
    void deliver(User user, String code, Instant expiresAt);
  }

  /** What is said to whoever asks for a code: the same whether there is such a user or not. */
  public sealed interface Request {
    /** If there is such a user, a code is on its way. */
    record Accepted() implements Request {}

    /**
     * The account or the address has asked too often.
     *
     * @param retryAfter when to ask again
     */
    record Throttled(Duration retryAfter) implements Request {
      /** Refuses null. */
      public Throttled {
        Objects.requireNonNull(retryAfter, "retryAfter");
      }
    }
  }

  /** How the redemption of a code ended. */
  public sealed interface Redemption {
    /**
     * The user has the new password, and all that was issued before has ended.
     *
     * @param user the user as they are now, with the new epoch; deactivated if they were
     */
    record Changed(User user) implements Redemption {
      /** Refuses null. */
      public Changed {
        Objects.requireNonNull(user, "user");
      }
    }

    /**
     * The new password can't be taken. The code is still good.
     *
     * @param faults all that is wrong, on the field {@code new_password}; at least one
     */
    record Invalid(List<Fault> faults) implements Redemption {
      /** Copies the faults. */
      public Invalid {
        faults = List.copyOf(faults);
      }
    }

    /** The code is none, or is no longer good. */
    record UnknownCode() implements Redemption {}

    /**
     * There was no turn for hashing in time. The code is still good.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements Redemption {
      /** Refuses null. */
      public Busy {
        Objects.requireNonNull(retryAfter, "retryAfter");
      }
    }
  }

  /**
   * Asks for a code. Of more than three that are good, the oldest is no longer.
   *
   * @param username the name as the client sent it
   * @param client where the request comes from
   * @return what to say, which tells nothing of who exists
   * @throws StoreUnavailableException if a store could not answer
   */
  public Request request(String username, Client client) {
    return reports.reportingOutage(ResetRequests.DURING, () -> requests.request(username, client));
  }

  /**
   * Sets a new password by a code, and ends all that was issued to the user, tokens that outlive a
   * change of the password included. A deactivated user stays so. The client's address is known
   * from then on (see {@link Throttle#proved}): whoever has had the account throttled can't keep
   * the user out.
   *
   * @param code the code as the client sent it; anything may stand there
   * @param next the new password
   * @param client where the request comes from
   * @return how it ended
   * @throws StoreUnavailableException if a store could not answer; the code may be used up then
   */
  public Redemption redeem(String code, Password next, Client client) {
    if (!ResetCode.isWellFormed(code)) {
      return new Redemption.UnknownCode();
    }
    return reports.reportingOutage(
        ResetRequests.DURING, () -> redeem(SecretDigest.of(code), next, client));
  }

  private Redemption redeem(SecretDigest key, Password next, Client client) {
    Optional<TokenStore.Owned> found =
        tokens.find(TokenKind.RESET, key, reports.now(), rows.users());
    User user = found.map(TokenStore.Owned::user).orElse(null);
    if (user == null || found.get().record().epoch() != user.epoch()) {
      return new Redemption.UnknownCode();
    }
    List<Fault> faults = newPasswords.faultsOfNext(user.name(), next);
    if (!faults.isEmpty()) {
      return new Redemption.Invalid(faults);
    }
    Optional<String> hash = newPasswords.hash(next, client);
    if (hash.isEmpty()) {
      return new Redemption.Busy(NewPasswords.BUSY_RETRY);
    }
    if (!tokens.remove(TokenKind.RESET, key)) {
      return new Redemption.UnknownCode(); // who removes it, wins
    }
    Optional<User> changed =
        newPasswords.set(
            user, user.epoch(), row -> row.passwordHash(hash.get()).revokeAll(), null, true);
    changed.ifPresent(owner -> letIn(owner, client));
    return changed.<Redemption>map(Redemption.Changed::new).orElseGet(Redemption.UnknownCode::new);
  }

  /** The password is set, whether this can be noted or not. */
  private void letIn(User owner, Client client) {
    try {
      newPasswords.passwords().throttle().proved(owner.name(), client.address());
    } catch (StoreUnavailableException e) {
      reports.outage(ResetRequests.DURING, e);
    }
  }

  @Override
  public String toString() {
    return "PasswordReset";
  }

  /** Builds a {@link PasswordReset}; not safe for several threads. */
  public static final class Builder {
    private final Accounts accounts;
    private final TokenStore tokens;
    private final Delivery delivery;
    private @Nullable ThrottleStore counts;
    private Duration codeLifetime = MAX_LIFETIME;
    private int requests = 3;
    private Duration firstWait = Duration.ofMinutes(1);
    private Duration maxWait = Duration.ofHours(1);
    private int addressRequests = 20;
    private Duration addressWindow = Duration.ofHours(1);

    private Builder(Accounts accounts, TokenStore tokens, Delivery delivery) {
      this.accounts = Objects.requireNonNull(accounts, "accounts");
      this.tokens = Objects.requireNonNull(tokens, "tokens");
      this.delivery = Objects.requireNonNull(delivery, "delivery");
    }

    /**
     * Sets where requests are counted. It may be the store of the throttle of passwords: neither
     * counts for the other.
     *
     * @param counts the store; by default that of the passwords' throttle, whose known addresses
     *     are then asked as well. Nodes that are to count together share it
     * @return this
     */
    public Builder throttleStore(ThrottleStore counts) {
      this.counts = Objects.requireNonNull(counts, "counts");
      return this;
    }

    /**
     * Sets how long a code is good.
     *
     * @param lifetime 10 minutes to 1 hour; by default 1 hour
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder codeLifetime(Duration lifetime) {
      if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "A code must live for 10 minutes to 1 hour, not " + lifetime);
      }
      this.codeLifetime = lifetime;
      return this;
    }

    /**
     * Sets how often a code may be asked for by one name, whoever asks. A count is forgotten 24
     * hours after the last request.
     *
     * @param requests from which request on the next must wait, 1 to 100; by default 3
     * @param first the first wait, which doubles; by default 1 minute
     * @param max the longest wait, at most 24 hours; by default 1 hour
     * @return this
     */
    public Builder accountLimit(int requests, Duration first, Duration max) {
      this.requests = requests;
      this.firstWait = first;
      this.maxWait = max;
      return this;
    }

    /**
     * Sets how often codes may be asked for from one address, for whomever.
     *
     * @param requests 1 to 100; by default 20. An IPv6 client is its /64
     * @param window in how long, 1 second to 24 hours; by default 1 hour
     * @return this
     */
    public Builder addressLimit(int requests, Duration window) {
      this.addressRequests = requests;
      this.addressWindow = window;
      return this;
    }

    private Throttle throttle(Clock clock) {
      ThrottleStore shared = accounts.newPasswords().passwords().throttle().store();
      return Throttle.builder(counts == null ? shared : counts)
          .purpose("reset")
          .sharingKnownAddresses()
          .clock(clock)
          .failures(requests)
          .waits(firstWait, maxWait)
          .address(addressRequests, addressWindow)
          .build();
    }

    /**
     * Makes it.
     *
     * @return the resets
     * @throws IllegalArgumentException if a limit is out of range
     */
    public PasswordReset build() {
      return new PasswordReset(this);
    }
  }
}
