package dev.sallyport.token;

import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.issue.Found;
import dev.sallyport.issue.Holdings;
import dev.sallyport.issue.Issuer;
import dev.sallyport.password.PasswordVerdict;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes opaque tokens, lists them and revokes them. A user can have many, each with a label, scopes
 * and an end. Safe for many threads; it blocks while a store is asked.
 *
 * <pre>{@code
 * Tokens tokens = Tokens.of(store, users);
 * Issuance.Issued ci = tokens.issue(user, NewToken.labelled("ci").scopes("notes:write")).orElseThrow();
 * String secret = ci.token();  // hand it over now: the store has its SHA-256 only
 * }</pre>
 */
public final class Tokens {
  private final Issuer issuer;
  private final Holdings holdings;
  private final TokenFormat format;
  private final TokenMaker maker;
  private final CredentialStore users;
  private final TransportSecurity transport;
  private final @Nullable CredentialCookie cookie;
  private final boolean takesImported;

  private Tokens(Builder builder) {
    issuer = builder.issuer.build();
    holdings = issuer.holdings();
    format = new TokenFormat(builder.prefix, builder.formerPrefixes, builder.takesImported);
    users = builder.users;
    transport = builder.transport;
    cookie = builder.inCookie ? CredentialCookie.of("token", builder.transport) : null;
    takesImported = builder.takesImported;
    maker = new TokenMaker(issuer, format, builder.lifetime, cookie);
  }

  /**
   * Tokens with the defaults of {@link Builder}.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return the tokens
   */
  public static Tokens of(TokenStore tokens, CredentialStore users) {
    return builder(tokens, users).build();
  }

  /**
   * Tokens with options.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return a builder
   */
  public static Builder builder(TokenStore tokens, CredentialStore users) {
    return new Builder(tokens, users);
  }

  /**
   * Makes a token for a user whose password was right.
   *
   * @param login the proof
   * @param wanted what it is to be
   * @return the token, or {@link Issuance.TooMany}
   * @throws StoreUnavailableException if the store could not answer
   */
  public Issuance issue(PasswordVerdict.Verified login, NewToken wanted) {
    return maker.issue(login.user(), login.at(), wanted);
  }

  /**
   * Makes a token for a user who has proved nothing now: for administration. {@code
   * authenticatedWithin} never holds for it.
   *
   * @param user the user
   * @param wanted what it is to be
   * @return the token, or {@link Issuance.TooMany}
   * @throws IllegalArgumentException if the user is deactivated
   * @throws StoreUnavailableException if the store could not answer
   */
  public Issuance issue(User user, NewToken wanted) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't be given a token");
    }
    return maker.issue(user, Instant.EPOCH, wanted);
  }

  /**
   * Makes a token for an authenticated caller. It has at most the scopes of the caller's
   * credential, and exactly those if none are asked for; and it ends no later than {@link
   * Authenticated#expiresAt}. A default lifetime is cut down to that end; one that was asked for is
   * refused.
   *
   * @param who the caller, who has an account here
   * @param wanted what it is to be
   * @return the token, {@link Issuance.TooMany}, {@link Issuance.TooBroad}, or {@link
   *     Issuance.TooLong}
   * @throws IllegalArgumentException if the caller has no account here
   * @throws StoreUnavailableException if the store could not answer
   */
  public Issuance issue(Authenticated who, NewToken wanted) {
    return maker.issue(who, wanted);
  }

  /**
   * Takes over a key of Django REST Framework's, 40 digits of lower-case hex, by its hash. It goes
   * on working as it is. Import once: to do it again gives a key back its life that was revoked or
   * ended since.
   *
   * @param user whose it is
   * @param key the SHA-256 of the key: {@code SecretDigest.of(key)}, or what the old database has
   *     computed
   * @param wanted its label, scopes and lifetime from now on
   * @return the public id; empty if there is a record of that key already, the user is deactivated,
   *     or has reached the maximum number of tokens: then nothing was changed
   * @throws IllegalStateException if the builder was not told to take such keys
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<String> importKey(User user, SecretDigest key, NewToken wanted) {
    if (!takesImported) {
      throw new IllegalStateException("Call takeImported() on the builder, or they will not work");
    }
    return user.isActive() ? maker.add(user, key, wanted) : Optional.empty();
  }

  /**
   * Looks at a token without a request, for example for a queue's consumer. It counts as use. Why
   * it is worth nothing is not told.
   *
   * @param token what was presented; it can be anything
   * @return what is kept of it; empty if it is worth nothing
   * @throws StoreUnavailableException if a store could not answer
   */
  public Optional<TokenRecord> introspect(String token) {
    byte[] secret = format.secret(token);
    if (secret == null) {
      return Optional.empty();
    }
    Instant now = issuer.now();
    try {
      Found found = issuer.find(SecretDigest.of(secret), now);
      return found.isLive() && issuer.noteUse(found.record(), now)
          ? Optional.of(found.record())
          : Optional.empty();
    } catch (StoreUnavailableException e) {
      issuer.publish(new AuthEvent.StoreOutage(now, "introspect", e.getClass().getName()));
      throw e;
    }
  }

  /**
   * Lists a user's tokens.
   *
   * @param userId the user
   * @return the records that are still good, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    return holdings.list(userId);
  }

  /**
   * Revokes one token of a user.
   *
   * @param userId the user
   * @param id its public id; it can be anything
   * @return true if this call revoked it; false if the user has none of that id
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean revoke(String userId, String id) {
    return holdings.end(userId, id);
  }

  /**
   * Revokes all tokens of a user. What else the user has, as sessions, goes on.
   *
   * @param userId the user
   * @return how many
   * @throws StoreUnavailableException if the store could not answer
   */
  public int revokeAll(String userId) {
    return holdings.endAll(userId);
  }

  /**
   * Revokes a user's tokens whose label begins so.
   *
   * @param userId the user
   * @param labelPrefix how the label begins, compared exactly; not empty, see {@link #revokeAll}
   * @return how many
   * @throws IllegalArgumentException if the prefix is empty
   * @throws StoreUnavailableException if the store could not answer
   */
  public int revokeLabelled(String userId, String labelPrefix) {
    if (labelPrefix.isEmpty()) {
      throw new IllegalArgumentException(
          "An empty prefix matches every label; use revokeAll for that");
    }
    return holdings.endAll(userId, labelPrefix);
  }

  /**
   * Makes a token for every user that signs up. Give it to {@code Accounts.Builder.listener},
   * together with whatever else listens.
   *
   * @param wanted what each is to be
   * @param delivery takes the new user and the token, in the thread that signs up; what it throws
   *     is logged, and the user has signed up all the same
   * @return the listener
   */
  public AuthListener mintForNewUsers(NewToken wanted, BiConsumer<User, Issuance.Issued> delivery) {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(delivery, "delivery");
    return event -> {
      if (event instanceof AuthEvent.Registered registered) {
        users
            .findById(registered.userId())
            .ifPresent(user -> delivery.accept(user, issue(user, wanted).orElseThrow()));
      }
    };
  }

  /**
   * How scanners of code and logs find these tokens, those with a former prefix too.
   *
   * @return a regular expression, the same in all usual dialects
   */
  public String pattern() {
    return format.pattern();
  }

  Issuer issuer() {
    return issuer;
  }

  TokenFormat format() {
    return format;
  }

  TransportSecurity transport() {
    return transport;
  }

  /** The cookie that tokens are delivered in; null where it is the header. */
  @Nullable CredentialCookie cookie() {
    return cookie;
  }

  @Override
  public String toString() {
    return "Tokens[" + (cookie == null ? "header" : cookie.name()) + "]";
  }

  /** Builds {@link Tokens}; not safe for several threads. */
  public static final class Builder {
    private final CredentialStore users;
    private final Issuer.Builder issuer;
    private String prefix = TokenFormat.DEFAULT_PREFIX;
    private List<String> formerPrefixes = List.of();
    private boolean takesImported;
    private boolean inCookie;
    private Lifetime lifetime = Lifetime.STANDARD;
    private TransportSecurity transport = TransportSecurity.REQUIRED;

    private Builder(TokenStore tokens, CredentialStore users) {
      this.users = users;
      this.issuer =
          Issuer.builder(TokenKind.TOKEN, tokens, users)
              .limit(TokenLimit.standard(TokenLimit.WhenFull.REFUSE_NEW));
    }

    /**
     * Sets how new tokens begin. Tokens with a former prefix go on working if it is named.
     *
     * @param prefix 2 to 10 letters, digits, {@code _} and {@code -}, of which the last is {@code
     *     _} or {@code -}, and the first is neither; by default {@code sally_}
     * @param former prefixes that tokens in use have
     * @return this
     * @throws IllegalArgumentException if one is no prefix
     */
    public Builder prefix(String prefix, String... former) {
      TokenFormat.checkPrefix(prefix);
      List.of(former).forEach(TokenFormat::checkPrefix);
      this.prefix = prefix;
      this.formerPrefixes = List.of(former);
      return this;
    }

    /**
     * Sets how long a token lives that is not asked to live otherwise.
     *
     * @param lifetime by default {@link Lifetime#STANDARD}
     * @return this
     */
    public Builder lifetime(Lifetime lifetime) {
      this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
      return this;
    }

    /**
     * Sets how many tokens a user may have at a time.
     *
     * @param limit by default 100, and one more is refused; {@link TokenLimit#NONE} for no limit
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      issuer.limit(limit);
      return this;
    }

    /**
     * Takes 40 digits of lower-case hex for a token as well: keys of Django REST Framework's that
     * were imported.
     *
     * @return this
     */
    public Builder takeImported() {
      this.takesImported = true;
      return this;
    }

    /**
     * Lets tokens live on when their user changes the password. Tell the accounts as well: {@code
     * Accounts.Builder.tokensOutlivePasswordChange}, which else removes them.
     *
     * @return this
     */
    public Builder outlivePasswordChange() {
      issuer.outlivesPasswordChange();
      return this;
    }

    /**
     * Delivers tokens in the cookie {@code __Host-token}, which scripts can't read, and takes them
     * from there only. A browser sends a cookie by itself: so one that is no longer good counts as
     * absent, and unsafe requests must show that they come from the site's own pages.
     *
     * @return this
     */
    public Builder inCookie() {
      this.inCookie = true;
      return this;
    }

    /**
     * Sets whether plain HTTP will do. Where it may for development, the cookie is {@code
     * dev-token}.
     *
     * @param transport by default {@link TransportSecurity#REQUIRED}
     * @return this
     */
    public Builder transport(TransportSecurity transport) {
      this.transport = Objects.requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Sets who hears of tokens that are made and revoked.
     *
     * @param listener by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      issuer.listener(listener);
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      issuer.clock(clock);
      return this;
    }

    /**
     * Sets where tokens come from.
     *
     * @param random the source
     * @return this
     */
    public Builder random(SecureRandom random) {
      issuer.random(random);
      return this;
    }

    /**
     * Makes them.
     *
     * @return the tokens
     */
    public Tokens build() {
      return new Tokens(this);
    }
  }
}
