package dev.sallyport.jwt.refresh;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.credential.UserCredentials;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Long-lived logins without a session: a login starts a family of refresh tokens, each of which is
 * exchanged once for an access token and its successor. A token that is presented a second time
 * shows that somebody has a copy, and the family ends. Safe for many threads, and on many nodes
 * that share the store and the keys; it blocks while the store answers.
 *
 * <p>Its limits: a reply that is lost for longer than the grace period costs a login, and a thief
 * who always stays within the grace period is detected only when owner and thief continue from
 * different tokens.
 *
 * <pre>{@code
 * RefreshFamilies families = RefreshFamilies.of(auth, issuer, refreshKeys);
 * TokenPair pair = families.start(login, client).orElseThrow();
 * if (families.refresh(pair.refreshToken().reveal()) instanceof RefreshResult.Refreshed refreshed) {
 *   TokenPair next = refreshed.tokens();
 * }
 * }</pre>
 */
public final class RefreshFamilies implements TokenIntrospection {
  /** The reason for refusing a token whose key is unknown here or has expired. */
  public static final String UNKNOWN_KEY = "unknown_key";

  private static final Reason NO_TOKEN =
      new Reason("no_single_refresh_token_of_this_browser", Refusal.INVALID_TOKEN);

  private final IssuedCredentials families;
  private final JwtIssuer issuer;
  private final Rotations rotations;
  private final @Nullable PairCookies cookies;
  private final FamilyStarts starts;
  private final @Nullable DpopProofs proofs;

  private RefreshFamilies(Builder builder) {
    families = builder.families.build();
    issuer = builder.issuer;
    String path = builder.cookiePath;
    cookies = path == null ? null : PairCookies.of(path, environment());
    proofs = builder.dpop == null ? null : DpopProofs.of(environment(), builder.keys, builder.dpop);
    TokenPairs pairs = new TokenPairs(families, issuer, cookies);
    BoundKey binding = new BoundKey(proofs);
    starts = new FamilyStarts(families, builder.keys, pairs, builder.lifetime, binding);
    rotations =
        new Rotations(families, builder.keys, pairs, builder.lifetime, builder.grace, binding);
  }

  /**
   * Creates families with the defaults of {@link Builder}.
   *
   * @param auth supplies the users who log in and the store that keeps the families
   * @param issuer issues the access tokens
   * @param keys secrets that are used for nothing else; nodes that share the store share them too
   * @return the families
   * @throws IllegalArgumentException if the keys are not secrets, or also sign the access tokens
   */
  public static RefreshFamilies of(Sallyport auth, JwtIssuer issuer, SigningKeySet keys) {
    return builder(auth, issuer, keys).build();
  }

  /**
   * Starts building families with options.
   *
   * @param auth supplies the users who log in and the store that keeps the families
   * @param issuer issues the access tokens
   * @param keys secrets that are used for nothing else; nodes that share the store share them too
   * @return a builder
   * @throws IllegalArgumentException if the keys are not secrets, or also sign the access tokens
   */
  public static Builder builder(Sallyport auth, JwtIssuer issuer, SigningKeySet keys) {
    return new Builder(auth, issuer, keys);
  }

  /**
   * Logs in a user who has proved that they know the password.
   *
   * @param login the verified password
   * @param client where the login comes from; shown to the user in their list of logins
   * @return the tokens, or the result that the user has too many families
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLoginResult start(PasswordResult.Verified login, Client client) {
    return start(login.user(), login.at(), client, null);
  }

  /**
   * Logs in a user who was authenticated in some other way, or for certain scopes only.
   *
   * @param user the user as authenticated
   * @param provedAt when they were authenticated
   * @param client where the login comes from
   * @param scopes the scopes that the tokens are restricted to; null for no restriction
   * @return the tokens, or the result that the user has too many families
   * @throws IllegalArgumentException if the user is deactivated, or a scope is not a scope-token of
   *     RFC 6749
   * @throws StoreUnavailableException if the store could not answer, or is full
   * @throws IllegalStateException if the access token would be too long
   */
  public JwtLoginResult start(
      User user, Instant provedAt, Client client, @Nullable Set<String> scopes) {
    return starts.start(user, provedAt, client, scopes, null);
  }

  /**
   * Exchanges a refresh token.
   *
   * @param refreshToken what the client sent; it can be anything
   * @return the next pair, or why there is none
   * @throws StoreUnavailableException if the store could not answer; within the grace period, the
   *     client can retry with the same token
   * @throws IllegalStateException if the access token would be too long, because the user has more
   *     roles than before; the client can retry likewise
   */
  public RefreshResult refresh(String refreshToken) {
    return environment().reportingOutage("refresh", () -> rotations.exchange(refreshToken, null));
  }

  /**
   * Exchanges the refresh token of a request, where tokens are delivered in cookies. The request
   * must have exactly one, and exactly one cookie that names its family: one planted by a sibling
   * subdomain is not mistaken for this browser's own.
   *
   * @param request a request to the path of the cookie
   * @return the next pair, or why there is none
   * @throws StoreUnavailableException as for {@link #refresh(String)}
   */
  public RefreshResult refresh(AuthRequest request) {
    String token = cookies == null ? null : cookies.refreshToken(request);
    return token == null ? new RefreshResult.Refused(NO_TOKEN) : refresh(token);
  }

  /**
   * Ends the family of a refresh token of any generation, if it was made here.
   *
   * @param refreshToken what the client sent; it can be anything
   * @return true if this call ended it
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean revoke(String refreshToken) {
    return families.environment().reportingOutage("revoke", () -> rotations.revoke(refreshToken));
  }

  /** Knows refresh tokens alone, and of a family only the one to be exchanged next. */
  @Override
  public Optional<Map<String, Object>> introspect(String refreshToken) {
    return cookies == null ? rotations.introspect(refreshToken) : Optional.empty();
  }

  /**
   * Binds tokens to the key of a client, or continues a family that is bound to it.
   *
   * @param proof the checked proof of the request
   * @return these families, for this request
   * @throws IllegalStateException if DPoP is off
   */
  public BoundFamilies boundTo(DpopProof proof) {
    if (proofs == null) {
      throw new IllegalStateException("DPoP is off; turn it on by RefreshFamilies.Builder.dpop");
    }
    return new BoundFamilies(starts, rotations, environment(), proof);
  }

  /** {@return what checks the proofs of clients that hold a key; empty if DPoP is off} */
  public Optional<DpopProofs> dpop() {
    return Optional.ofNullable(proofs);
  }

  /** {@return the credentials by which the families of a user are listed and ended} */
  public UserCredentials credentials() {
    return families.credentials();
  }

  /** {@return the cookies that deliver the tokens; empty if the body of a response does} */
  public Optional<PairCookies> cookies() {
    return Optional.ofNullable(cookies);
  }

  /** {@return the issuer of the access tokens} */
  public JwtIssuer issuer() {
    return issuer;
  }

  /**
   * Finds the login behind a request, which verifying an access token doesn't do. Ask it before you
   * create what outlives the token.
   *
   * @param who the result of authenticating with one of our access tokens
   * @return the family; empty if it or its user is no longer live
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<TokenRecord> find(Authenticated who) {
    return who.credentialId()
        .flatMap(id -> families.find(SecretDigest.of(id), families.now()).live())
        .map(Lookup.Live::record)
        .filter(record -> record.userId().equals(who.principal().id()));
  }

  /**
   * Ends a family, as logout does.
   *
   * @param family the record found
   * @throws StoreUnavailableException if the store could not answer
   */
  public void end(TokenRecord family) {
    families.end(family, "logout");
  }

  /** {@return the environment of the users who log in} */
  public AuthEnvironment environment() {
    return families.environment();
  }

  @Override
  public String toString() {
    return "RefreshFamilies[" + issuer + "]";
  }

  /** Builds {@link RefreshFamilies}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);
    private static final Duration MAX_GRACE = Duration.ofMinutes(5);

    private final JwtIssuer issuer;
    private final SigningKeySet keys;
    private final IssuedCredentials.Builder families;
    private Lifetime lifetime = Lifetime.sliding(Duration.ofDays(30), Duration.ofDays(90));
    private Duration grace = Duration.ofSeconds(10);
    private @Nullable String cookiePath;
    private @Nullable DpopPolicy dpop;

    private Builder(Sallyport auth, JwtIssuer issuer, SigningKeySet keys) {
      this.issuer = Objects.requireNonNull(issuer, "issuer");
      this.keys = JwtKeys.of(issuer.keys(), keys).refresh(); // which refuses unfit keys
      this.families =
          IssuedCredentials.builder(
              auth.environment(), TokenKind.FAMILY, auth.tokens(), auth.users());
    }

    /**
     * Sets how long a family lives.
     *
     * @param lifetime a sliding lifetime of at most 366 days; by default 30 days without use and 90
     *     days in total
     * @return this
     * @throws IllegalArgumentException if it isn't sliding, or is longer than 366 days
     */
    public Builder lifetime(Lifetime lifetime) {
      this.lifetime = lifetime.requireSliding("A family", MAX_LIFETIME);
      return this;
    }

    /**
     * Sets how long the previous token is still accepted, giving the same successor: for a lost
     * reply, and for two tabs.
     *
     * @param grace at most 300 s; by default 10 s; with zero, any second use ends the family
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
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
     * Delivers both tokens in {@link PairCookies}, and accepts them from there only.
     *
     * @param path that of refresh and revoke, such as {@code /auth/jwt}, below the mount path
     * @return this
     * @throws IllegalArgumentException if it is not such a path
     */
    public Builder inCookies(String path) {
      this.cookiePath = PairCookies.checkedPath(path);
      return this;
    }

    /**
     * Binds tokens to the client's key (DPoP, RFC 9449): a copy is worth nothing without it. By
     * default this is off.
     *
     * @param policy which clients must prove that they hold a key, and how
     * @return this
     */
    public Builder dpop(DpopPolicy policy) {
      this.dpop = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * {@return the families}
     *
     * @throws IllegalArgumentException if tokens are both in cookies and bound to keys
     */
    public RefreshFamilies build() {
      if (dpop != null && cookiePath != null) {
        throw new IllegalArgumentException(
            "Tokens in cookies can't be bound to keys: a browser sends cookies without a proof");
      }
      return new RefreshFamilies(this);
    }
  }
}
