package dev.sallyport.issue;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

/**
 * Issues credentials of one kind, finds them by their secret, notes their use and ends them, with
 * the events that belong to it. For schemes. Safe for many threads; it blocks while a store is
 * asked.
 *
 * <pre>{@code
 * Issuer sessions = Issuer.builder(TokenKind.SESSION, tokens, users).build();
 * String secret = sessions.random(32);
 * boolean added = sessions.add(sessions.record(SecretDigest.of(secret), user.id(), user.epoch(), now).build());
 * Found found = sessions.find(SecretDigest.of(secret), sessions.now());
 * }</pre>
 */
public final class Issuer {
  private static final int PUBLIC_ID_BYTES = 12;

  private final TokenKind kind;
  private final TokenStore tokens;
  private final CredentialStore users;
  private final TokenLimit limit;
  private final boolean outlivesPasswordChange;
  private final AuthListener listener;
  private final Clock clock;
  private final SecureRandom random;
  private final Uses uses;

  private Issuer(Builder builder) {
    kind = builder.kind;
    tokens = builder.tokens;
    users = builder.users;
    limit = builder.limit;
    outlivesPasswordChange = builder.outlivesPasswordChange;
    listener = builder.listener;
    clock = builder.clock;
    random = builder.random;
    uses = new Uses(kind, tokens, listener);
  }

  /**
   * Starts an issuer.
   *
   * @param kind what it issues
   * @param tokens where that is kept
   * @param users who the users are
   * @return a builder
   */
  public static Builder builder(TokenKind kind, TokenStore tokens, CredentialStore users) {
    return new Builder(kind, tokens, users);
  }

  /**
   * The time. Read it once for each request.
   *
   * @return the clock's time
   */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Random bytes as text.
   *
   * @param bytes how many; 32 for a secret
   * @return base64url without padding
   */
  public String random(int bytes) {
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
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * A new public id. It has nothing to do with the secret, so that it can be shown.
   *
   * @return an id that no other record has
   */
  public String newPublicId() {
    return random(PUBLIC_ID_BYTES);
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
      publish(new AuthEvent.StoreOutage(now(), kind.text(), e.getClass().getName()));
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
  public Found find(SecretDigest key, Instant now) {
    TokenStore.Owned owned = tokens.find(kind, key, now, users).orElse(null);
    if (owned == null) {
      return Found.dead(Standing.UNKNOWN);
    }
    User user = owned.user();
    if (user == null) {
      return Found.dead(Standing.NO_USER);
    }
    if (!user.isActive()) {
      return Found.dead(Standing.DEACTIVATED);
    }
    return isCurrent(owned.record(), user)
        ? Found.live(owned.record(), user)
        : Found.dead(Standing.OLD_EPOCH);
  }

  private boolean isCurrent(TokenRecord record, User user) {
    return record.epoch() >= (outlivesPasswordChange ? user.revocationEpoch() : user.epoch());
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
   * @param record the record
   * @param why a stable name in snake_case, for the event
   * @return true if this call ended it
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean end(TokenRecord record, String why) {
    boolean ended = tokens.remove(kind, record.key());
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
   * Tells the listener of an event.
   *
   * @param event what happened
   */
  public void publish(AuthEvent event) {
    listener.publish(event);
  }

  /**
   * What lists and ends the records of a user.
   *
   * @return the holdings of this kind
   */
  public Holdings holdings() {
    return new Holdings(tokens, users, Set.of(kind), this::isCurrent, listener, clock);
  }

  @Override
  public String toString() {
    return "Issuer[" + kind.text() + "]";
  }

  /** Builds an {@link Issuer}; not safe for several threads. */
  public static final class Builder {
    private final TokenKind kind;
    private final TokenStore tokens;
    private final CredentialStore users;
    private TokenLimit limit = TokenLimit.standard(TokenLimit.WhenFull.REMOVE_OLDEST);
    private boolean outlivesPasswordChange;
    private AuthListener listener = AuthListener.slf4j();
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();

    private Builder(TokenKind kind, TokenStore tokens, CredentialStore users) {
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

    /**
     * Lets what was issued go on after its user has changed the password. All else that raises the
     * epoch ends it.
     *
     * @return this
     */
    public Builder outlivesPasswordChange() {
      this.outlivesPasswordChange = true;
      return this;
    }

    /**
     * Sets who hears of what is issued and ended.
     *
     * @param listener by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets where secrets come from.
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
     * @return the issuer
     */
    public Issuer build() {
      return new Issuer(this);
    }
  }
}
