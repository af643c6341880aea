package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Scopes;
import dev.sallyport.SetCookie;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logins that last, without a session: a login starts a family of refresh tokens, each of which is
 * exchanged once for an access token and its successor. Who presents one a second time shows that
 * somebody has a copy, and the family ends. Safe for many threads, and on many nodes that share
 * store and keys; it blocks while the store is asked.
 *
 * <p>What this can't do: a reply that is lost for longer than the grace costs a login, and a thief
 * who always stays within the grace is seen only when the owner and he go on from different tokens.
 *
 * <pre>{@code
 * RefreshFamilies families = RefreshFamilies.of(issuer, refreshKeys, store, users);
 * TokenPair pair = families.start(login, client).orElseThrow();
 * if (families.refresh(pair.refreshToken()) instanceof Refreshing.Refreshed refreshed) {
 *   TokenPair next = refreshed.tokens();
 * }
 * }</pre>
 */
public final class RefreshFamilies {
  /** Why a token is refused that was made with a key that is not here, or has ended. */
  public static final String UNKNOWN_KEY = "unknown_key";

  private static final Reason NO_TOKEN =
      new Reason("no_single_refresh_token_of_this_browser", Refusal.INVALID_TOKEN);

  private final Issuer families;
  private final JwtIssuer issuer;
  private final SigningKeySet keys;
  private final Rotations rotations;
  private final TokenPairs pairs;
  private final TransportSecurity transport;
  private final Clock clock;
  private final Duration idle;
  private final Duration absolute;
  private final @Nullable String cookiePath;

  private RefreshFamilies(Builder builder) {
    families = builder.families.build();
    issuer = builder.issuer;
    keys = builder.keys;
    transport = builder.transport;
    clock = builder.clock;
    idle = builder.idle;
    absolute = builder.absolute;
    cookiePath = builder.cookiePath;
    pairs = new TokenPairs(issuer, builder.cookies());
    rotations = new Rotations(families, keys, pairs, idle, builder.grace);
  }

  /**
   * Families with the defaults of {@link Builder}.
   *
   * @param issuer what makes the access tokens
   * @param keys secrets that nothing else uses; nodes that share the store share them
   * @param tokens where families are kept
   * @param users who the users are
   * @return the families
   * @throws IllegalArgumentException if the keys are no secrets, or sign the access tokens as well
   */
  public static RefreshFamilies of(
      JwtIssuer issuer, SigningKeySet keys, TokenStore tokens, CredentialStore users) {
    return builder(issuer, keys, tokens, users).build();
  }

  /**
   * Families with options.
   *
   * @param issuer what makes the access tokens
   * @param keys secrets that nothing else uses; nodes that share the store share them
   * @param tokens where families are kept
   * @param users who the users are
   * @return a builder
   * @throws IllegalArgumentException if the keys are no secrets, or sign the access tokens as well
   */
  public static Builder builder(
      JwtIssuer issuer, SigningKeySet keys, TokenStore tokens, CredentialStore users) {
    return new Builder(issuer, keys, tokens, users);
  }

  /**
   * Logs in who knows the password.
   *
   * @param login the proof
   * @param client where the login comes from, which the user sees in their list
   * @return the tokens, or that there are too many families
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLogin start(PasswordVerdict.Verified login, Client client) {
    return start(login.user(), login.at(), client, null);
  }

  /**
   * Logs in a user who has proved themselves otherwise, or for some scopes only.
   *
   * @param user the user as verified
   * @param provedAt when they proved themselves
   * @param client where the login comes from
   * @param scopes what the tokens are restricted to; null for no restriction
   * @return the tokens, or that there are too many families
   * @throws IllegalArgumentException if the user is deactivated, or a scope is no scope-token of
   *     RFC 6749
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLogin start(User user, Instant provedAt, Client client, @Nullable Set<String> scopes) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't log in");
    }
    if (scopes != null && !scopes.stream().allMatch(Scopes::isScopeToken)) {
      throw new IllegalArgumentException("A scope is printable ASCII without space, quote and \\");
    }
    Instant now = families.now();
    String id = families.newPublicId();
    byte[] secret = families.randomBytes(RefreshToken.SECRET_BYTES);
    VerificationKey maker = keys.current().verificationKey();
    TokenRecord family =
        TokenRecord.builder(TokenKind.FAMILY, SecretDigest.of(id), id, user.id(), now)
            .epoch(user.epoch())
            .authenticatedAt(provedAt)
            .idleExpiresAt(now.plus(idle))
            .expiresAt(now.plus(absolute))
            .client(client.userAgent())
            .scopes(scopes)
            .rotation(
                new TokenRecord.Rotation(
                    0, SecretDigest.of(secret), maker.keyId().orElseThrow(), now))
            .build();
    // Made before the record is added: a token that can't be made leaves nothing behind.
    TokenPair pair = pairs.pair(user, family, RefreshToken.make(id, 0, secret, maker), now);
    return families.add(family) ? new JwtLogin.LoggedIn(pair) : new JwtLogin.TooMany();
  }

  /**
   * Exchanges a refresh token.
   *
   * @param refreshToken what the client sent; it can be anything
   * @return the next pair, or why there is none
   * @throws StoreUnavailableException if the store could not answer; within the grace, the client
   *     can ask again with the same token
   * @throws IllegalStateException if the access token would be too long, for example since the user
   *     has been given more roles; within the grace, the client can ask again with the same token
   */
  public Refreshing refresh(String refreshToken) {
    return reportingOutage("refresh", () -> rotations.exchange(refreshToken));
  }

  /**
   * Exchanges the refresh token of a request, where tokens are delivered in cookies. The request
   * must have exactly one, and exactly one cookie that names its family: so a token that a sibling
   * subdomain has planted is not taken for this browser's, and nothing happens to its family.
   *
   * @param request a request to the path of the cookie
   * @return the next pair, or why there is none
   * @throws StoreUnavailableException as for {@link #refresh(String)}
   */
  public Refreshing refresh(AuthRequest request) {
    TokenPairs.Cookies cookies = pairs.cookies();
    String token = cookies == null ? null : cookies.refreshToken(request);
    return token == null ? new Refreshing.Refused(NO_TOKEN) : refresh(token);
  }

  /**
   * Ends the family of a refresh token, of whatever generation it is. One that nobody here has made
   * ends nothing.
   *
   * @param refreshToken what the client sent; it can be anything
   * @return true if this call ended it
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean revoke(String refreshToken) {
    return reportingOutage("revoke", () -> rotations.revoke(refreshToken));
  }

  private <T> T reportingOutage(String during, Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException e) {
      families.publish(new AuthEvent.StoreOutage(families.now(), during, e.getClass().getName()));
      throw e;
    }
  }

  /**
   * What lists and ends the families of a user.
   *
   * @return the holdings
   */
  public Holdings holdings() {
    return families.holdings();
  }

  /**
   * The refresh tokens of a request, where they are delivered in a cookie, for {@link #revoke}. A
   * subdomain can plant another beside ours: exchange none of them but by {@link
   * #refresh(AuthRequest)}; revoke all.
   *
   * @param request a request to the path of the cookie
   * @return the values of the cookie; none if tokens are delivered otherwise
   */
  public List<String> refreshTokens(AuthRequest request) {
    TokenPairs.Cookies cookies = pairs.cookies();
    return cookies == null ? List.of() : cookies.refresh().values(request);
  }

  /**
   * Where the cookie of the refresh token is sent to.
   *
   * @return the path; empty unless tokens are delivered in cookies
   */
  public Optional<String> cookiePath() {
    return Optional.ofNullable(cookiePath);
  }

  /**
   * What makes the access tokens.
   *
   * @return the issuer
   */
  public JwtIssuer issuer() {
    return issuer;
  }

  /**
   * Whether the login still lives by which a request was authenticated. An access token does not
   * ask; what is made on the strength of one, and outlives it, should.
   *
   * @param who what an access token of ours has authenticated
   * @return false if the family or its user has ended meanwhile
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean isLive(Authenticated who) {
    Found found =
        who.credentialId()
            .map(id -> families.find(SecretDigest.of(id), families.now()))
            .orElse(Found.NOTHING);
    return found.isLive() && found.user().id().equals(who.principal().id());
  }

  /** The family that an access token names, if it is its user's and live. */
  Optional<TokenRecord> family(VerifiedJwt jwt) {
    String id = jwt.text(ClaimName.SESSION);
    Found found = id == null ? Found.NOTHING : families.find(SecretDigest.of(id), families.now());
    return found.isLive() && found.record().userId().equals(jwt.subject())
        ? Optional.of(found.record())
        : Optional.empty();
  }

  void end(TokenRecord family) {
    families.end(family, "logout");
  }

  /** Of both tokens and the name of their family; none unless tokens are delivered in cookies. */
  List<SetCookie> expiredCookies() {
    TokenPairs.Cookies cookies = pairs.cookies();
    return cookies == null ? List.of() : cookies.expired();
  }

  @Nullable CredentialCookie accessCookie() {
    TokenPairs.Cookies cookies = pairs.cookies();
    return cookies == null ? null : cookies.access();
  }

  TransportSecurity transport() {
    return transport;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String toString() {
    return "RefreshFamilies[" + issuer + "]";
  }

  /** Builds {@link RefreshFamilies}; not safe for several threads. */
  public static final class Builder {
    private static final int MAX_PATH = 1024;
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);
    private static final Duration MAX_GRACE = Duration.ofMinutes(5);

    private final JwtIssuer issuer;
    private final SigningKeySet keys;
    private final Issuer.Builder families;
    private Duration idle = Duration.ofDays(30);
    private Duration absolute = Duration.ofDays(90);
    private Duration grace = Duration.ofSeconds(10);
    private @Nullable String cookiePath;
    private TransportSecurity transport = TransportSecurity.REQUIRED;
    private Clock clock = Clock.systemUTC();

    private Builder(
        JwtIssuer issuer, SigningKeySet keys, TokenStore tokens, CredentialStore users) {
      this.issuer = Objects.requireNonNull(issuer, "issuer");
      this.keys = Objects.requireNonNull(keys, "keys");
      this.families = Issuer.builder(TokenKind.FAMILY, tokens, users);
      JwtKeys.check(issuer.keys(), keys);
    }

    /**
     * Sets how long a family lives.
     *
     * @param idle how long without being used; by default 30 days
     * @param absolute how long at most; by default 90 days
     * @return this
     * @throws IllegalArgumentException unless 1 s ≤ idle ≤ absolute ≤ 366 days
     */
    public Builder lifetime(Duration idle, Duration absolute) {
      if (idle.toSeconds() < 1
          || idle.compareTo(absolute) > 0
          || absolute.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "A family lives at least 1 second idle, at most 366 days, and idle no longer than"
                + " altogether; not "
                + idle
                + " and "
                + absolute);
      }
      this.idle = idle;
      this.absolute = absolute;
      return this;
    }

    /**
     * Sets how long the token just before is still answered, with the same successor: for a reply
     * that was lost, and for two tabs.
     *
     * @param grace at most 300 s; by default 10 s; zero: every second use ends the family
     * @return this
     * @throws IllegalArgumentException if it is negative or more
     */
    public Builder grace(Duration grace) {
      if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
        throw new IllegalArgumentException("The grace must be 0 to 300 seconds, not " + grace);
      }
      this.grace = grace;
      return this;
    }

    /**
     * Sets how many families a user may have at a time.
     *
     * @param limit by default 100, and the oldest makes room; {@link TokenLimit#NONE} for no limit
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      families.limit(limit);
      return this;
    }

    /**
     * Delivers both tokens in cookies, which scripts can't read, and takes them from there only:
     * the access token in {@code __Host-jwt}, the refresh token in {@code __Secure-jwt-refresh},
     * which goes to one path and with no request that another site's page has made. Beside them
     * stands {@code __Host-jwt-family}, which names the family, so that no sibling subdomain can
     * have this browser go on with another's refresh token.
     *
     * @param path where refresh and revoke are, for example {@code /auth/jwt}
     * @return this
     * @throws IllegalArgumentException if it is no such path
     */
    public Builder inCookies(String path) {
      if (!path.matches("(/[A-Za-z0-9_-]+)+") || path.length() > MAX_PATH) {
        throw new IllegalArgumentException(
            "The path must be like /auth/jwt, and have at most " + MAX_PATH + " characters");
      }
      this.cookiePath = path;
      return this;
    }

    private TokenPairs.@Nullable Cookies cookies() {
      return cookiePath == null
          ? null
          : new TokenPairs.Cookies(
              CredentialCookie.of("jwt", transport),
              CredentialCookie.forPath("jwt-refresh", cookiePath, transport),
              CredentialCookie.of("jwt-family", transport));
    }

    /**
     * Sets whether plain HTTP will do. Where it may for development, the names of the cookies begin
     * with {@code dev-}.
     *
     * @param transport by default {@link TransportSecurity#REQUIRED}
     * @return this
     */
    public Builder transport(TransportSecurity transport) {
      this.transport = Objects.requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Sets who hears of families that start, go on and end.
     *
     * @param listener by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      families.listener(listener);
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      families.clock(clock);
      this.clock = clock;
      return this;
    }

    /**
     * Sets where secrets come from.
     *
     * @param random the source
     * @return this
     */
    public Builder random(SecureRandom random) {
      families.random(random);
      return this;
    }

    /**
     * Makes them.
     *
     * @return the families
     */
    public RefreshFamilies build() {
      return new RefreshFamilies(this);
    }
  }
}
