package dev.sallyport.token;

import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists and revokes opaque tokens. A user can have many, each with a label, scopes and an
 * expiry time. Safe for many threads; it blocks on the store.
 *
 * <pre>{@code
 * Tokens tokens = Tokens.of(auth);
 * TokenResult.Issued ci = tokens.issue(user, NewToken.labelled("ci").scopes("notes:write")).orElseThrow();
 * String secret = ci.token().reveal();  // hand it over now: the store has only its SHA-256
 * }</pre>
 */
public final class Tokens {
  private final IssuedCredentials issuer;
  private final TokenFormat format;
  private final TokenMaker maker;
  private final CredentialStore users;
  private final @Nullable CredentialCookie cookie;

  private Tokens(Builder builder) {
    issuer = builder.issuer.build();
    format = new TokenFormat(builder.prefix, builder.formerPrefixes, builder.acceptsImported);
    users = builder.users;
    TransportSecurity transport = issuer.environment().transport();
    cookie = builder.inCookie ? CredentialCookie.of("token", transport) : null;
    maker = new TokenMaker(issuer, format, builder.lifetime, cookie);
  }

  /**
   * Tokens with the defaults of {@link Builder}.
   *
   * @param auth whose users have tokens, and where they are kept
   * @return the tokens
   */
  public static Tokens of(Sallyport auth) {
    return builder(auth).build();
  }

  /**
   * Tokens with options.
   *
   * @param auth whose users have tokens, and where they are kept
   * @return a builder
   */
  public static Builder builder(Sallyport auth) {
    return new Builder(auth);
  }

  /**
   * Issues a token to a user whose password was right.
   *
   * @param login the proof
   * @param wanted the token to issue
   * @return the token, or {@link TokenResult.TooMany}
   * @throws StoreUnavailableException if the store could not answer
   */
  public TokenResult issue(PasswordResult.Verified login, NewToken wanted) {
    return maker.issue(login.user(), login.at(), wanted);
  }

  /**
   * Issues a token to a user who has not just proved who they are: for administration. {@code
   * authenticatedWithin} never holds for it.
   *
   * @param user the user
   * @param wanted the token to issue
   * @return the token, or {@link TokenResult.TooMany}
   * @throws IllegalArgumentException if the user is deactivated
   * @throws StoreUnavailableException if the store could not answer
   */
  public TokenResult issue(User user, NewToken wanted) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't be given a token");
    }
    return maker.issue(user, Instant.EPOCH, wanted);
  }

  /**
   * Issues a token to an authenticated caller. It has at most the scopes of the caller's
   * credential, and exactly those if none are requested; it ends no later than {@link
   * Authenticated#expiresAt}. A default lifetime is shortened to fit; a requested one that is
   * longer is refused.
   *
   * @param who the caller, who has an account here
   * @param wanted the token to issue
   * @return the token, or {@code TooMany}, {@code TooBroad} or {@code TooLong}
   * @throws IllegalArgumentException if the caller has no account here
   * @throws StoreUnavailableException if the store could not answer
   */
  public TokenResult issue(Authenticated who, NewToken wanted) {
    return maker.issue(who, wanted);
  }

  /**
   * Imports a key of Django REST Framework, 40 lower-case hex digits, by its hash; it keeps working
   * unchanged. Import once: doing it again revives a key that was revoked or has expired since.
   *
   * @param user whose it is
   * @param key its SHA-256: {@code SecretDigest.of(key)}, or as computed by the old database
   * @param wanted its label, scopes and lifetime from now on
   * @return the public id; empty, with nothing changed, if there already is a record of that key,
   *     or the user is deactivated or has reached the maximum number of tokens
   * @throws IllegalStateException if {@link Builder#acceptImported} was not called
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<String> importKey(User user, SecretDigest key, NewToken wanted) {
    if (!format.acceptsImported()) {
      throw new IllegalStateException("Call acceptImported() on the builder, or no key will work");
    }
    return user.isActive() ? maker.add(user, key, wanted) : Optional.empty();
  }

  /**
   * Checks a token without a request, for example in a queue consumer. This counts as use. It
   * doesn't tell why a token is invalid.
   *
   * @param token any text, as presented
   * @return the record of the token; empty if it is invalid
   * @throws StoreUnavailableException if a store could not answer
   */
  public Optional<TokenRecord> introspect(String token) {
    byte[] secret = format.secret(token);
    if (secret == null) {
      return Optional.empty();
    }
    Instant now = issuer.now();
    try {
      return issuer
          .find(SecretDigest.of(secret), now)
          .live()
          .map(Lookup.Live::record)
          .filter(record -> issuer.noteUse(record, now));
    } catch (StoreUnavailableException e) {
      issuer.environment().reportOutage("introspect", e);
      throw e;
    }
  }

  /**
   * Lists a user's tokens.
   *
   * @param userId the user
   * @return the records still valid, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    return issuer.credentials().list(userId);
  }

  /**
   * Revokes one token of a user.
   *
   * @param userId the user
   * @param id its public id; any text is permitted
   * @return true if this call revoked it; false if the user has none with that id
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean revoke(String userId, String id) {
    return issuer.credentials().end(userId, id);
  }

  /**
   * Revokes all tokens of a user. Other credentials, such as sessions, are not affected.
   *
   * @param userId the user
   * @return how many were revoked
   * @throws StoreUnavailableException if the store could not answer
   */
  public int revokeAll(String userId) {
    return issuer.credentials().endAll(userId);
  }

  /**
   * Revokes the tokens of a user whose label begins with a prefix.
   *
   * @param userId the user
   * @param labelPrefix the prefix, compared exactly; not empty, see {@link #revokeAll}
   * @return how many were revoked
   * @throws IllegalArgumentException if the prefix is empty
   * @throws StoreUnavailableException if the store could not answer
   */
  public int revokeLabelled(String userId, String labelPrefix) {
    if (labelPrefix.isEmpty()) {
      throw new IllegalArgumentException("An empty prefix matches every label; use revokeAll");
    }
    return issuer.credentials().endAll(userId, labelPrefix);
  }

  /**
   * Issues a token to every user who signs up. Pass it to {@code Accounts.Builder.onSignUp}.
   *
   * @param wanted the token to issue to each
   * @param delivery receives the new user and the token, in the thread that signs the user up; what
   *     it throws is logged, and the user has signed up all the same
   * @return the listener
   */
  public AuthListener mintForNewUsers(
      NewToken wanted, BiConsumer<User, TokenResult.Issued> delivery) {
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
   * {@return a regular expression, valid in all common dialects, by which scanners of code and logs
   * find these tokens, including those with a former prefix}
   */
  public String pattern() {
    return format.pattern();
  }

  IssuedCredentials issuer() {
    return issuer;
  }

  TokenFormat format() {
    return format;
  }

  /** The cookie that tokens are delivered in; null if it is the header. */
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
    private final IssuedCredentials.Builder issuer;
    private String prefix = TokenFormat.DEFAULT_PREFIX;
    private List<String> formerPrefixes = List.of();
    private boolean acceptsImported;
    private boolean inCookie;
    private Lifetime lifetime = Lifetime.of(Duration.ofDays(90));

    private Builder(Sallyport auth) {
      this.users = auth.users();
      this.issuer =
          IssuedCredentials.builder(
                  auth.environment(), TokenKind.TOKEN, auth.tokens(), auth.users())
              .limit(TokenLimit.standard(TokenLimit.WhenFull.REFUSE_NEW));
    }

    /**
     * Sets how new tokens begin. Tokens with a former prefix keep working if it is named.
     *
     * @param prefix 2 to 10 letters, digits, {@code _} and {@code -}, ending with {@code _} or
     *     {@code -} and beginning with neither; by default {@code sally_}
     * @param former prefixes of tokens still in use
     * @return this
     * @throws IllegalArgumentException if one is not a valid prefix
     */
    public Builder prefix(String prefix, String... former) {
      TokenFormat.checkPrefix(prefix);
      List.of(former).forEach(TokenFormat::checkPrefix);
      this.prefix = prefix;
      this.formerPrefixes = List.of(former);
      return this;
    }

    /**
     * Sets how long a token lives unless a lifetime is requested for it.
     *
     * @param lifetime by default 90 days
     * @return this
     */
    public Builder lifetime(Lifetime lifetime) {
      this.lifetime = Objects.requireNonNull(lifetime, "lifetime");
      return this;
    }

    /**
     * Sets how many tokens a user may have at a time.
     *
     * @param limit by default 100, with any more refused; {@link TokenLimit#NONE} for no limit
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      issuer.limit(limit);
      return this;
    }

    /**
     * Also accepts 40 lower-case hex digits as a token: imported keys of Django REST Framework.
     *
     * @return this
     */
    public Builder acceptImported() {
      this.acceptsImported = true;
      return this;
    }

    /**
     * Delivers tokens in the cookie {@code __Host-token}, which scripts can't read, and accepts
     * them only from there. A browser sends a cookie by itself, so one that is no longer valid
     * counts as absent, and unsafe requests must show that they come from the site's own pages.
     *
     * @return this
     */
    public Builder inCookie() {
      this.inCookie = true;
      return this;
    }

    /** {@return tokens with these options} */
    public Tokens build() {
      return new Tokens(this);
    }
  }
}
