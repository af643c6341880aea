package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.credential.CookieAuthentication;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.jwt.refresh.PairCookies;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Accepts JWTs as {@code Authorization: Bearer} (RFC 6750), or our own from a cookie if that is how
 * they are delivered, but never from the query. One that is bound to a key ({@code cnf}) is
 * accepted as {@code Authorization: DPoP} with a proof (RFC 9449) if the families have a policy for
 * that, and otherwise refused. A bearer token that doesn't have three segments is left to the other
 * members of the chain. Immutable and safe for many threads; the store is not asked unless the
 * look-up is on.
 *
 * <pre>{@code
 * AuthenticatorChain.of(JwtAuthenticator.of(families), BasicAuthenticator.of(passwords))
 * }</pre>
 */
public final class JwtAuthenticator implements Authenticator, TokenIntrospection {
  private static final Reason ENDED = new Reason("family_ended", Refusal.INVALID_TOKEN);

  private final @Nullable OwnTokens own;
  private final boolean lookUp;
  private final Identities identities;
  private final @Nullable CookieAuthentication cookie;
  private final Presentation presentation;

  private JwtAuthenticator(Builder builder) {
    RefreshFamilies families = builder.families;
    lookUp = builder.lookUp;
    AuthEnvironment environment = builder.environment();
    CredentialCookie access =
        families == null ? null : families.cookies().map(PairCookies::access).orElse(null);
    cookie = access == null ? null : CookieAuthentication.of(Identity.SCHEME, access, environment);
    presentation =
        new Presentation(
            environment.transport(),
            Challenge.of(cookie == null ? Presentation.BEARER : "Cookie", builder.realm),
            families == null ? null : families.dpop().orElse(null));
    own = families == null ? null : OwnTokens.of(families, builder.verifying, presentation);
    List<Identities.Known> known = new ArrayList<>();
    if (own != null) {
      known.add(new Identities.Known(own.verifier(), own));
    }
    for (TrustedIssuer issuer : builder.trusted) {
      known.add(new Identities.Known(issuer.verifier(), presentation.identity(issuer)));
    }
    IssuerFinder finder = builder.finder;
    identities =
        new Identities(known, finder == null ? null : new FoundIssuers(finder, presentation));
  }

  /**
   * Accepts the access tokens of our own families, with the defaults of {@link Builder}.
   *
   * @param families the families that hand out the tokens
   * @return the authenticator
   */
  public static JwtAuthenticator of(RefreshFamilies families) {
    return builder().own(families).build();
  }

  /**
   * Accepts the tokens of other issuers, with the defaults of {@link Builder}.
   *
   * @param issuers at least one
   * @return the authenticator
   * @throws IllegalArgumentException if there is none, or two have the same name
   */
  public static JwtAuthenticator of(TrustedIssuer... issuers) {
    Builder builder = builder();
    List.of(issuers).forEach(builder::trust);
    return builder.build();
  }

  /** {@return a builder, to which the accepted issuers are added} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the families that hand out our own tokens; empty if none of ours is accepted} */
  public Optional<RefreshFamilies> families() {
    return Optional.ofNullable(own).map(OwnTokens::families);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    if (cookie != null) {
      return cookie.authenticate(request, this::inCookie);
    }
    AuthResult unread = presentation.unread(request);
    return unread == null ? judge(request.authorization().credentials(), request) : unread;
  }

  /**
   * A token that is remembered with whom it identifies needs nothing more, unless a store is asked
   * at each use. The host, which may say who it is, may block.
   */
  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    if (cookie != null) {
      return cookie.plan(request, this::inCookie, true);
    }
    AuthResult unread = presentation.unread(request);
    if (unread != null) {
      return Plan.done(unread);
    }
    String token = request.authorization().credentials();
    Identities.Check check = identities.check();
    VerifiedJwt seen = lookUp || presentation.isProved(request) ? null : check.recall(token);
    AuthResult who = seen == null ? null : check.kept(seen);
    return seen == null || who == null
        ? Plan.store(() -> Plan.done(judge(token, request)))
        : Plan.done(presented(who, seen, token, request));
  }

  private CookieAuthentication.Candidate inCookie(String token) {
    AuthResult judged = judge(token, null);
    AuthResult result =
        judged instanceof Rejected rejected ? NotAttempted.stale(rejected.reason().name()) : judged;
    return () -> result;
  }

  /** Judges a token, and how a request presents it; null for one in a cookie. */
  private AuthResult judge(String token, @Nullable AuthRequest request) {
    Identities.Check check = identities.check();
    JwtResult result = check.verify(token);
    if (result instanceof JwtResult.Refused refused) {
      Reason reason = new Reason(refused.refusal().text(), Refusal.INVALID_TOKEN);
      return Presentation.rejected(reason, presentation.answered(request));
    }
    VerifiedJwt jwt = (VerifiedJwt) result;
    return presented(check.identify(jwt), jwt, token, request);
  }

  private AuthResult presented(
      AuthResult who, VerifiedJwt jwt, String token, @Nullable AuthRequest request) {
    Rejected misused = presentation.refuse(jwt, token, request, OwnTokens.isOwn(who));
    if (misused != null) {
      return misused;
    }
    return lookUp && own != null && own.hasEnded(who)
        ? Presentation.rejected(ENDED, presentation.answered(request))
        : who;
  }

  /** Knows our own tokens only, unless they are in cookies. */
  @Override
  public Optional<Map<String, Object>> introspect(String token) {
    return own == null || cookie != null ? Optional.empty() : own.introspect(token);
  }

  /** Plans to end the family of an access token, even an expired one; a bound one needs a proof. */
  @Override
  public Logout planLogout(AuthRequest request) {
    if (cookie != null) {
      return cookie.planLogout(
          request,
          token -> verified(token).flatMap(Objects.requireNonNull(own)::end),
          expiredCookies().toArray(SetCookie[]::new));
    }
    AuthResult unread = presentation.unread(request);
    if (unread instanceof Rejected insecure) {
      return Logout.refused(insecure);
    }
    if (own == null || unread != null) {
      return Logout.nothing();
    }
    String token = request.authorization().credentials();
    VerifiedJwt jwt = verified(token).orElse(null);
    if (jwt == null) {
      return Logout.nothing();
    }
    Rejected misused = presentation.refuse(jwt, token, request, true);
    return misused == null
        ? own.end(jwt).map(Logout::of).orElse(Logout.nothing())
        : Logout.refused(misused);
  }

  private Optional<VerifiedJwt> verified(String token) {
    return own == null ? Optional.empty() : own.evenExpired(token);
  }

  @Override
  public List<SetCookie> expiredCookies() {
    return families().flatMap(RefreshFamilies::cookies).map(PairCookies::expired).orElse(List.of());
  }

  @Override
  public String name() {
    return Identity.SCHEME;
  }

  @Override
  public Set<String> authSchemes() {
    return presentation.authSchemes();
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return presentation.challenges();
  }

  @Override
  public String toString() {
    return "JwtAuthenticator[" + identities + "]";
  }

  /** Builds a {@link JwtAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final List<TrustedIssuer> trusted = new ArrayList<>();
    private @Nullable IssuerFinder finder;
    private @Nullable RefreshFamilies families;
    private Function<? super JwtVerifier.Builder, JwtVerifier> verifying =
        JwtVerifier.Builder::build;
    private boolean lookUp;
    private String realm = "api";

    private Builder() {}

    /**
     * Accepts the access tokens of our own families.
     *
     * @param families the families that hand them out; the authenticator uses their environment
     * @return this
     */
    public Builder own(RefreshFamilies families) {
      this.families = Objects.requireNonNull(families, "families");
      return this;
    }

    /**
     * Tunes the verification of our own tokens: leeway, length, how many are remembered.
     *
     * @param verifying completes the builder that it is given; it must leave issuer, audience, type
     *     and keys as they are, or {@link #build} throws {@link IllegalArgumentException}
     * @return this
     */
    public Builder ownVerifiedBy(Function<? super JwtVerifier.Builder, JwtVerifier> verifying) {
      this.verifying = Objects.requireNonNull(verifying, "verifying");
      return this;
    }

    /**
     * Also accepts the tokens of another issuer.
     *
     * @param issuer the issuer, whose name must be unique
     * @return this
     */
    public Builder trust(TrustedIssuer issuer) {
      trusted.add(Objects.requireNonNull(issuer, "issuer"));
      return this;
    }

    /**
     * Also accepts the tokens of issuers that are found when a token names them.
     *
     * @param finder finds them; it is never asked about our own or another configured issuer
     * @return this
     */
    public Builder trust(IssuerFinder finder) {
      this.finder = Objects.requireNonNull(finder, "finder");
      return this;
    }

    /**
     * Asks the store at each request whether the family is still live, so that a logout or a raised
     * epoch takes effect at once and not only when the access token expires.
     *
     * @return this
     */
    public Builder lookUp() {
      this.lookUp = true;
      return this;
    }

    /**
     * Sets the realm of the challenge.
     *
     * @param realm printable ASCII; by default {@code api}
     * @return this
     */
    public Builder realm(String realm) {
      this.realm = Objects.requireNonNull(realm, "realm");
      return this;
    }

    /** The families' environment, or else the finder's, or that of the first issuer. */
    private AuthEnvironment environment() {
      if (families != null) {
        return families.environment();
      }
      return finder != null ? finder.environment() : trusted.get(0).verifier().environment();
    }

    private boolean trustsOthers() {
      return !trusted.isEmpty() || finder != null;
    }

    /**
     * Builds the authenticator.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if no issuer is configured, two issuers have the same name,
     *     other issuers are combined with our own tokens in cookies (give them a separate
     *     authenticator), or the look-up is on without families
     */
    public JwtAuthenticator build() {
      if (families == null && !trustsOthers()) {
        throw new IllegalArgumentException(
            "No issuer is configured: add refresh families or a trusted issuer");
      }
      if (families == null && lookUp) {
        throw new IllegalArgumentException("The look-up needs refresh families");
      }
      if (families != null && families.cookies().isPresent() && trustsOthers()) {
        throw new IllegalArgumentException(
            "Our own tokens are in cookies, and other issuers' are not: give those an"
                + " authenticator of their own");
      }
      return new JwtAuthenticator(this);
    }
  }
}
