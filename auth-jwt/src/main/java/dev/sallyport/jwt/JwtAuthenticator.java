package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.issue.AmbientCookie;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.store.TokenRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes JWTs as {@code Authorization: Bearer} (RFC 6750), or our own from a cookie, if that is how
 * they are delivered. A bearer token that has not three segments is left to other members of the
 * chain. Never from the query. Immutable and safe for many threads; no store is asked, unless the
 * look-up is on.
 *
 * <pre>{@code
 * AuthenticatorChain.of(JwtAuthenticator.of(families), BasicAuthenticator.of(passwords))
 * }</pre>
 */
public final class JwtAuthenticator implements Authenticator {
  private static final String KEYWORD = "Bearer";
  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");
  private static final Rejected INSECURE = Rejected.of(Identity.SCHEME, Reason.INSECURE_TRANSPORT);
  private static final Reason ENDED = new Reason("family_ended", Refusal.INVALID_TOKEN);

  private final @Nullable RefreshFamilies families;
  private final boolean lookUp;
  private final @Nullable JwtVerifier ownVerifier;
  private final JwtVerifiers verifiers;
  private final Map<JwtVerifier, Identity> identities = new HashMap<>();
  private final @Nullable AmbientCookie cookie;
  private final Challenge challenge;
  private final TransportSecurity transport;

  private JwtAuthenticator(Builder builder) {
    families = builder.families;
    lookUp = builder.lookUp;
    transport = builder.transport();
    CredentialCookie access = families == null ? null : families.accessCookie();
    cookie =
        access == null
            ? null
            : new AmbientCookie(Identity.SCHEME, access, transport, builder.origins);
    challenge = Challenge.of(cookie == null ? KEYWORD : "Cookie", builder.realm);
    List<JwtVerifier> all = new ArrayList<>();
    ownVerifier = families == null ? null : builder.ownVerifier(families);
    if (ownVerifier != null) {
      identities.put(ownVerifier, new OwnIdentity(challenge));
      all.add(ownVerifier);
    }
    for (TrustedIssuer issuer : builder.trusted) {
      identities.put(issuer.verifier(), issuer.identity(challenge));
      all.add(issuer.verifier());
    }
    verifiers = new JwtVerifiers(all);
  }

  /**
   * Takes the access tokens of our own families, with the defaults of {@link Builder}.
   *
   * @param families what hands the tokens out
   * @return the authenticator
   */
  public static JwtAuthenticator of(RefreshFamilies families) {
    return builder().own(families).build();
  }

  /**
   * Takes the tokens of other issuers, with the defaults of {@link Builder}.
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

  /**
   * Takes the tokens of whoever is named.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What hands out the tokens of our own.
   *
   * @return the families; empty if only other issuers' tokens are accepted
   */
  public Optional<RefreshFamilies> families() {
    return Optional.ofNullable(families);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    if (cookie != null) {
      return cookie.authenticate(request, (token, counts) -> staleUnlessGood(judge(token)));
    }
    Authorization field = request.authorization();
    if (!field.is(KEYWORD)) {
      return field.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!transport.permits(request)) {
      return INSECURE;
    }
    String token = field.credentials();
    return hasThreeSegments(token) ? judge(token) : OTHER_FORMAT;
  }

  private static boolean hasThreeSegments(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first >= 0 && second >= 0 && token.indexOf('.', second + 1) < 0;
  }

  private static AuthResult staleUnlessGood(AuthResult result) {
    return result instanceof Rejected rejected
        ? NotAttempted.stale(rejected.reason().name())
        : result;
  }

  private AuthResult judge(String token) {
    JwtResult result = verifiers.verify(token);
    if (result instanceof VerifiedJwt jwt) {
      AuthResult who =
          jwt.identify(Objects.requireNonNull(identities.get(jwt.verifier()), "verifier"));
      return lookUp && isOwn(who) && own(jwt).isEmpty() ? rejected(ENDED) : who;
    }
    JwtRefusal refusal = ((JwtResult.Refused) result).refusal();
    return rejected(new Reason(refusal.text(), Refusal.INVALID_TOKEN));
  }

  private static boolean isOwn(AuthResult who) {
    return who instanceof Authenticated known && known.epoch().isPresent();
  }

  private Optional<TokenRecord> own(VerifiedJwt jwt) {
    return families == null ? Optional.empty() : families.family(jwt);
  }

  /** Whatever the reason, it reads the same to the client. */
  private Rejected rejected(Reason reason) {
    return Rejected.of(Identity.SCHEME, reason).withChallenge(challenge);
  }

  /** Plans to end the family that the access token names, though it may have expired. */
  @Override
  public Logout planLogout(AuthRequest request) {
    if (cookie != null) {
      return cookie.planLogout(request, this::end, expiredCookies().toArray(SetCookie[]::new));
    }
    Authorization field = request.authorization();
    if (families == null || !field.is(KEYWORD) || !hasThreeSegments(field.credentials())) {
      return Logout.nothing();
    }
    if (!transport.permits(request)) {
      return Logout.refused(INSECURE);
    }
    return end(field.credentials()).map(Logout::of).orElse(Logout.nothing());
  }

  /** Another issuer's token is not ours to end, so its keys are not asked for. */
  private Optional<Runnable> end(String token) {
    return ownVerifier != null && ownVerifier.verifyEvenExpired(token) instanceof VerifiedJwt jwt
        ? own(jwt).map(family -> () -> Objects.requireNonNull(families).end(family))
        : Optional.empty();
  }

  @Override
  public List<SetCookie> expiredCookies() {
    return families == null ? List.of() : families.expiredCookies();
  }

  @Override
  public String name() {
    return Identity.SCHEME;
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of(challenge.scheme());
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return List.of(challenge);
  }

  @Override
  public String toString() {
    return "JwtAuthenticator" + verifiers;
  }

  /** Builds a {@link JwtAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final List<TrustedIssuer> trusted = new ArrayList<>();
    private @Nullable RefreshFamilies families;
    private Function<? super JwtVerifier.Builder, JwtVerifier> verifying =
        JwtVerifier.Builder::build;
    private boolean lookUp;
    private String realm = "api";
    private @Nullable TransportSecurity transport;
    private OriginPolicy origins = OriginPolicy.ownOnly();

    private Builder() {}

    /**
     * Takes the access tokens of our own families.
     *
     * @param families what hands them out; the transport is theirs, unless set here
     * @return this
     */
    public Builder own(RefreshFamilies families) {
      this.families = Objects.requireNonNull(families, "families");
      return this;
    }

    /**
     * Sets how our own tokens are verified: leeway, length, how many are remembered.
     *
     * @param verifying finishes the builder that it is given; issuer, audience, type and keys stay
     *     as they are, or {@link #build} throws {@link IllegalArgumentException}
     * @return this
     */
    public Builder ownVerifiedBy(Function<? super JwtVerifier.Builder, JwtVerifier> verifying) {
      this.verifying = Objects.requireNonNull(verifying, "verifying");
      return this;
    }

    private JwtVerifier ownVerifier(RefreshFamilies own) {
      JwtVerifier verifier = verifying.apply(own.issuer().verifier().clock(own.clock()));
      if (!verifier.agreesWith(own.issuer().verifier().build())) {
        throw new IllegalArgumentException(
            "Our own tokens have our own keys, issuer, audience and type: whatever else is taken"
                + " would be a user of this host");
      }
      return verifier;
    }

    /**
     * Takes the tokens of another issuer as well.
     *
     * @param issuer the issuer, which no other has the name of
     * @return this
     */
    public Builder trust(TrustedIssuer issuer) {
      trusted.add(Objects.requireNonNull(issuer, "issuer"));
      return this;
    }

    /**
     * Asks the store at each request whether the family still lives, so that a logout and a raised
     * epoch hold at once, and not when the access token has expired.
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

    /**
     * Sets whether plain HTTP will do.
     *
     * @param transport by default the families', or {@link TransportSecurity#REQUIRED}
     * @return this
     */
    public Builder transport(TransportSecurity transport) {
      this.transport = Objects.requireNonNull(transport, "transport");
      return this;
    }

    private TransportSecurity transport() {
      TransportSecurity theirs =
          families == null ? TransportSecurity.REQUIRED : families.transport();
      return transport == null ? theirs : transport;
    }

    /**
     * Sets whose pages may send unsafe requests with a cookie.
     *
     * @param origins by default {@link OriginPolicy#ownOnly()}
     * @return this
     */
    public Builder origins(OriginPolicy origins) {
      this.origins = Objects.requireNonNull(origins, "origins");
      return this;
    }

    /**
     * Makes it.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if no issuer is configured, two issuers have the same name,
     *     there are other issuers beside tokens of our own in cookies (give them an authenticator
     *     of their own), or the look-up is on without families
     */
    public JwtAuthenticator build() {
      if (families == null && trusted.isEmpty()) {
        throw new IllegalArgumentException(
            "No issuer is configured: add refresh families or a trusted issuer");
      }
      if (families == null && lookUp) {
        throw new IllegalArgumentException("The look-up needs refresh families");
      }
      if (families != null && families.cookiePath().isPresent() && !trusted.isEmpty()) {
        throw new IllegalArgumentException(
            "Our own tokens are in cookies, and other issuers' are not: give those an"
                + " authenticator of their own");
      }
      return new JwtAuthenticator(this);
    }
  }
}
