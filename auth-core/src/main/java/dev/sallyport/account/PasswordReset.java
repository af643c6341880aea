package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.Rejected;
import dev.sallyport.Secret;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.password.Password;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets users who have forgotten their password set a new one, by a code that the host delivers. Up
 * to three codes of a user are valid at a time, for an hour each; redeeming one ends all of them,
 * and so does anything else that ends everything issued to the user. Thread-safe; it blocks while a
 * store is asked, a password is hashed or a code is delivered.
 *
 * <pre>{@code
 * PasswordReset reset =
 *     PasswordReset.of(accounts, tokens, (user, code, expiresAt) -> outbox.add(user.id(), code.reveal()));
 * Optional<Rejected> refused = reset.request("alice", request.client());
 * AccountResult result = reset.redeem(code, Password.of(next), request.client());
 * }</pre>
 */
public final class PasswordReset {
  private static final Duration MIN_LIFETIME = Duration.ofMinutes(10);
  private static final Duration MAX_LIFETIME = Duration.ofHours(1);

  private static final AccountResult UNKNOWN =
      AccountResult.Refused.because(ResetRequests.DURING, AccountResult.UNKNOWN_CODE);

  private final TokenStore tokens;
  private final NewPasswords newPasswords;
  private final UserUpdates rows;
  private final AuthEnvironment environment;
  private final ResetRequests requests;

  private PasswordReset(Builder builder) {
    tokens = builder.tokens;
    newPasswords = builder.accounts.newPasswords();
    rows = newPasswords.rows();
    environment = rows.environment();
    requests =
        new ResetRequests(
            rows, tokens, builder.throttle(environment), builder.delivery, builder.codeLifetime);
  }

  /**
   * Resets with the defaults of {@link Builder}.
   *
   * @param accounts whose passwords are reset; it lends its policy and environment
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
   * @param accounts whose passwords are reset; it lends its policy and environment
   * @param tokens where codes are kept, hashed
   * @param delivery what hands a code to its user
   * @return a builder
   */
  public static Builder builder(Accounts accounts, TokenStore tokens, Delivery delivery) {
    return new Builder(accounts, tokens, delivery);
  }

  /** Hands a code to its user, by mail for example. Many threads call it at once. */
  @FunctionalInterface
  public interface Delivery {
    /**
     * Delivers a code, to an address that the host has long known and never to one that came with
     * the request. Put it into a queue and return at once: the time spent here reveals that there
     * is such a user. What it throws becomes an event, and the client is not told.
     *
     * @param user who is to have it, perhaps deactivated
     * @param code the code: 43 characters of base64url
     * @param expiresAt when it expires
     */
    void deliver(User user, Secret code, Instant expiresAt);
  }

  /**
   * Asks for a code. A fourth valid code invalidates the oldest.
   *
   * @param username the name as the client sent it
   * @param client where the request comes from
   * @return why the request is refused: the account or the address has asked too often; empty if a
   *     code is on its way, should there be such a user
   * @throws StoreUnavailableException if a store could not answer
   */
  public Optional<Rejected> request(String username, Client client) {
    return environment.reportingOutage(
        ResetRequests.DURING, () -> requests.request(username, client));
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
   * @return how it ended; the code is still good where the new password is {@link
   *     AccountResult.Invalid} or there was no turn for hashing
   * @throws StoreUnavailableException if a store could not answer; the code may be used up then
   */
  public AccountResult redeem(String code, Password next, Client client) {
    if (!ResetCode.isWellFormed(code)) {
      return UNKNOWN;
    }
    return environment.reportingOutage(
        ResetRequests.DURING, () -> redeem(SecretDigest.of(code), next, client));
  }

  private AccountResult redeem(SecretDigest key, Password next, Client client) {
    Instant now = environment.now();
    Optional<TokenStore.Owned> found = tokens.find(TokenKind.RESET, key, now, rows.users());
    User user = found.map(TokenStore.Owned::user).orElse(null);
    if (user == null || found.get().record().epoch() != user.epoch()) {
      return UNKNOWN;
    }
    List<Fault> faults = newPasswords.faultsOfNext(user.name(), next);
    if (!faults.isEmpty()) {
      return new AccountResult.Invalid(faults);
    }
    Optional<String> hash = newPasswords.hash(next, client);
    if (hash.isEmpty()) {
      return NewPasswords.busy(ResetRequests.DURING);
    }
    // The time is that of the look-up: a code that was good then is, however long the hash took.
    if (!tokens.remove(found.get().record(), now)) {
      return UNKNOWN; // whoever removes it wins
    }
    Optional<User> changed =
        newPasswords.set(
            user, user.epoch(), row -> row.passwordHash(hash.get()).revokeAll(), null, true);
    changed.ifPresent(owner -> letIn(owner, client));
    return changed.<AccountResult>map(AccountResult.Done::new).orElse(UNKNOWN);
  }

  /** The password is set, whether or not this can be recorded. */
  private void letIn(User owner, Client client) {
    try {
      newPasswords.passwords().throttle().proved(owner.name(), client.address());
    } catch (StoreUnavailableException e) {
      environment.reportOutage(ResetRequests.DURING, e);
    }
  }

  @Override
  public String toString() {
    return "PasswordReset";
  }

  /** Builds a {@link PasswordReset}; not thread-safe. */
  public static final class Builder {
    private final Accounts accounts;
    private final TokenStore tokens;
    private final Delivery delivery;
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

    private Throttle throttle(AuthEnvironment environment) {
      return Throttle.builder(environment)
          .purpose("reset")
          .shareKnownAddresses()
          .failures(requests)
          .waits(firstWait, maxWait)
          .address(addressRequests, addressWindow)
          .build();
    }

    /**
     * Builds the password resets.
     *
     * @return the resets
     * @throws IllegalArgumentException if a limit is out of range
     */
    public PasswordReset build() {
      return new PasswordReset(this);
    }
  }
}
