package dev.sallyport.credential;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

/**
 * Issues credentials of one kind, finds them by their secret, notes their use and ends them, with
 * the events that belong to it. For schemes. Thread-safe; it blocks while a store is asked.
 *
 * <pre>{@code
 * IssuedCredentials sessions = IssuedCredentials.builder(environment, TokenKind.SESSION, tokens, users).build();
 * String secret = sessions.randomText(32);
 * boolean added = sessions.add(sessions.record(SecretDigest.of(secret), user.id(), user.epoch(), now).build());
 * Lookup found = sessions.find(SecretDigest.of(secret), sessions.now());
 * }</pre>
 */
public final class IssuedCredentials {
  private static final int PUBLIC_ID_BYTES = 12;

  private final AuthEnvironment environment;
  private final TokenKind kind;
  private final TokenStore tokens;
  private final CredentialStore users;
  private final TokenLimit limit;
  private final boolean outlivesPasswordChange;
  private final Uses uses;

  private IssuedCredentials(Builder builder) {
    environment = builder.environment;
    kind = builder.kind;
    tokens = builder.tokens;
    users = builder.users;
    limit = builder.limit;
    outlivesPasswordChange = kind == TokenKind.TOKEN && environment.tokensOutlivePasswordChange();
    uses = new Uses(kind, tokens, environment);
  }

  /**
   * Starts an issuer.
   *
   * @param environment the clock, randomness and listener
   * @param kind what it issues
   * @param tokens where that is kept
   * @param users the users
   * @return a builder
   */
  public static Builder builder(
      AuthEnvironment environment, TokenKind kind, TokenStore tokens, CredentialStore users) {
    return new Builder(environment, kind, tokens, users);
  }

  /** {@return the environment that it was built in} */
  public AuthEnvironment environment() {
    return environment;
  }

  /** {@return whether one of its stores may block} */
  public boolean mayBlock() {
    return tokens.mayBlock() || users.mayBlock();
  }

  /** {@return the time by the environment's clock; read it once for each request} */
  public Instant now() {
    return environment.now();
  }

  /**
   * Random bytes as text.
   *
   * @param bytes how many; 32 for a secret
   * @return base64url without padding
   */
  public String randomText(int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(bytes));
  }

  /**
   * Random bytes.
   *
   * @param length how many; 32 for a secret
   * @return the bytes
   */
  public byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    environment.random().nextBytes(bytes);
    return bytes;
  }

  /**
   * {@return a new public id that no other record has} It is unrelated to the secret, so it can be
   * shown.
   */
  public String newPublicId() {
    return randomText(PUBLIC_ID_BYTES);
  }

  /**
   * Starts a record with a new public id.
   *
   * @param key the digest of its secret
   * @param userId whose it is
   * @param epoch the epoch of the user as verified, never one read later
   * @param now when it is made
   * @return a builder for the rest
   */
  public TokenRecord.Builder record(SecretDigest key, String userId, long epoch, Instant now) {
    return TokenRecord.builder(kind, key, newPublicId(), userId, now).epoch(epoch);
  }

  /**
   * Adds a record.
   *
   * @param record the record
   * @return false if its user has as many as may be, and the limit refuses one more
   * @throws StoreUnavailableException if the store could not answer, or is full
   */
  public boolean add(TokenRecord record) {
    if (!addInPlace(record)) {
      return false;
    }
    publish(new AuthEvent.Issued(now(), kind.text(), record.id(), record.userId()));
    return true;
  }

  /**
   * Adds a record that takes another's place, which is no new login and raises no event of one.
   *
   * @param record the record
   * @return as {@link #add}
   * @throws StoreUnavailableException if the store could not answer, or is full
   */
  public boolean addInPlace(TokenRecord record) {
    if (!(insert(record) instanceof TokenStore.Insertion.Done done)) {
      return false;
    }
    done.removed().forEach(id -> publishEnded(id, record.userId(), "limit"));
    return true;
  }

  private TokenStore.Insertion insert(TokenRecord record) {
    try {
      return tokens.insert(record, limit.countingFrom(lowestLiving(record)), now());
    } catch (StoreUnavailableException e) {
      environment.reportOutage(kind.text(), e);
      throw e;
    }
  }

  /** Below this epoch nothing of the user is good any more, and does not count. */
  private long lowestLiving(TokenRecord record) {
    return outlivesPasswordChange
        ? users.findById(record.userId()).map(User::revocationEpoch).orElse(record.epoch())
        : record.epoch();
  }

  /**
   * Finds a record and its user, by one question to the store, and judges both.
   *
   * @param key the digest of what was presented
   * @param now the time
   * @return what there is; never null
   * @throws StoreUnavailableException if a store could not answer
   */
  public Lookup find(SecretDigest key, Instant now) {
    TokenStore.Owned owned = tokens.find(kind, key, now, users).orElse(null);
    if (owned == null) {
      return Lookup.UNKNOWN;
    }
    User user = owned.user();
    if (user == null) {
      return Lookup.NO_USER;
    }
    if (!user.isActive()) {
      return Lookup.DEACTIVATED;
    }
    return isCurrent(owned.record(), user)
        ? new Lookup.Live(owned.record(), user)
        : Lookup.OLD_EPOCH;
  }

  private boolean isCurrent(TokenRecord record, User user) {
    return record.epoch() >= (outlivesPasswordChange ? user.revocationEpoch() : user.epoch());
  }

  /**
   * What a cookie leads to, for {@link CookieAuthentication}: a use is noted as by {@link
   * #noteUse}.
   *
   * @param live the record and its user
   * @param result who it is, or why it counts as absent
   * @param now the time
   * @return the candidate
   */
  public CookieAuthentication.Candidate candidate(
      Lookup.Live live, AuthResult result, Instant now) {
    return new StoredCandidate(this, live.record(), result, now);
  }

  private record StoredCandidate(
      IssuedCredentials issuer, TokenRecord record, AuthResult result, Instant now)
      implements CookieAuthentication.Candidate {
    @Override
    public boolean use() {
      return issuer.noteUse(record, now);
    }
  }

  /**
   * Notes that a record was used, where that is due. A store that can be read but not written
   * denies nobody: the use then goes unnoted, which an event tells, and none is noted for 10
   * seconds. The record's idle end only comes earlier by that.
   *
   * @param record the record as found
   * @param now the time
   * @return false if it has been ended meanwhile
   */
  public boolean noteUse(TokenRecord record, Instant now) {
    return uses.note(record, now);
  }

  /**
   * Replaces a record, if it is still as it was found.
   *
   * @param found the record as found
   * @param next what is to stand there
   * @param now the time
   * @return false if somebody else has changed it meanwhile, or it has ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean replace(TokenRecord found, TokenRecord next, Instant now) {
    return tokens.replace(found, next, now);
  }

  /**
   * Ends a record.
   *
   * @param record the record as found
   * @param why a stable name in snake_case, for the event
   * @return true if this call ended it; false if it had ended or expired
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean end(TokenRecord record, String why) {
    boolean ended = tokens.remove(record, now());
    if (ended) {
      publishEnded(record, why);
    }
    return ended;
  }

  /**
   * Tells of a record that has ended otherwise.
   *
   * @param record the record
   * @param why a stable name in snake_case
   */
  public void publishEnded(TokenRecord record, String why) {
    publishEnded(record.id(), record.userId(), why);
  }

  private void publishEnded(String id, String userId, String why) {
    publish(new AuthEvent.Ended(now(), kind.text(), id, userId, why));
  }

  /**
   * Tells the listener about an event.
   *
   * @param event what happened
   */
  public void publish(AuthEvent event) {
    environment.publish(event);
  }

  /** {@return the credentials of this kind, for listing and ending a user's records} */
  public UserCredentials credentials() {
    return new UserCredentials(environment, tokens, users, Set.of(kind), this::isCurrent);
  }

  @Override
  public String toString() {
    return "Issuer[" + kind.text() + "]";
  }

  /** Builds an {@link IssuedCredentials}; not thread-safe. */
  public static final class Builder {
    private final AuthEnvironment environment;
    private final TokenKind kind;
    private final TokenStore tokens;
    private final CredentialStore users;
    private TokenLimit limit = TokenLimit.standard(TokenLimit.WhenFull.REMOVE_OLDEST);

    private Builder(
        AuthEnvironment environment, TokenKind kind, TokenStore tokens, CredentialStore users) {
      this.environment = Objects.requireNonNull(environment, "environment");
      this.kind = Objects.requireNonNull(kind, "kind");
      this.tokens = Objects.requireNonNull(tokens, "tokens");
      this.users = Objects.requireNonNull(users, "users");
    }

    /**
     * Sets how many a user may have at a time.
     *
     * @param limit by default 100, and the oldest makes room
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      this.limit = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /** {@return the issuer} */
    public IssuedCredentials build() {
      return new IssuedCredentials(this);
    }
  }
}
