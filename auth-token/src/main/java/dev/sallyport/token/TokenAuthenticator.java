package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.credential.CookieAuthentication;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Accepts opaque tokens from the {@code Authorization} field, under the keywords {@code Token} and
 * {@code Bearer} (RFC 6750); or from a cookie, if that is how they are delivered; never from the
 * query. A bearer token of another format is left to other members of the chain. Immutable and safe
 * for many threads; it blocks on the store, which it asks once per request.
 *
 * <pre>{@code
 * AuthenticatorChain.of(TokenAuthenticator.of(auth), BasicAuthenticator.of(auth))
 * }</pre>
 */
public final class TokenAuthenticator implements Authenticator, TokenIntrospection {
  static final String NAME = "token";
  private static final List<String> KEYWORDS = List.of("Token", "Bearer");
  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");
  private static final Rejected INSECURE = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);

  private final Tokens tokens;
  private final IssuedCredentials issuer;
  private final TransportSecurity transport;
  private final TokenFormat format;
  private final @Nullable CookieAuthentication cookie;
  private final List<String> keywords;
  private final List<Challenge> challenges;

  private TokenAuthenticator(Builder builder) {
    tokens = builder.tokens;
    issuer = tokens.issuer();
    transport = issuer.environment().transport();
    format = tokens.format();
    CredentialCookie delivery = tokens.cookie();
    if (delivery == null) {
      cookie = null;
      keywords = builder.keywords == null ? KEYWORDS : builder.keywords;
      challenges = keywords.stream().map(word -> Challenge.of(word, builder.realm)).toList();
    } else if (builder.keywords == null) {
      cookie = CookieAuthentication.of(NAME, delivery, issuer.environment());
      keywords = List.of();
      challenges = List.of(Challenge.of("Cookie", builder.realm));
    } else {
      throw new IllegalArgumentException("Keywords can't be set for tokens in a cookie");
    }
  }

  /**
   * Accepts these tokens, with the defaults of {@link Builder}.
   *
   * @param tokens issues them
   * @return the authenticator
   */
  public static TokenAuthenticator of(Tokens tokens) {
    return builder(tokens).build();
  }

  /**
   * Accepts the tokens of a store, with all defaults.
   *
   * @param auth whose users have tokens, and where they are kept
   * @return the authenticator
   */
  public static TokenAuthenticator of(Sallyport auth) {
    return of(Tokens.of(auth));
  }

  /**
   * Accepts these tokens, with options.
   *
   * @param tokens issues them
   * @return a builder
   */
  public static Builder builder(Tokens tokens) {
    return new Builder(tokens);
  }

  /** {@return the tokens that this authenticator accepts} */
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    return cookie == null ? inHeader(request) : cookie.authenticate(request, this::inCookie);
  }

  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    if (cookie != null) {
      return cookie.plan(request, this::inCookie, issuer.mayBlock());
    }
    return !issuer.mayBlock() || keyword(request.authorization()) < 0
        ? Plan.done(inHeader(request))
        : Plan.store(() -> Plan.done(inHeader(request)));
  }

  private CookieAuthentication.Candidate inCookie(String value) {
    Instant now = issuer.now();
    Lookup found = find(value, now);
    return found instanceof Lookup.Live live
        ? issuer.candidate(live, authenticated(live, challenges.get(0)), now)
        : CookieAuthentication.Candidate.none(found);
  }

  /** Looks a token up; null for what can't be one of ours. */
  private @Nullable Lookup find(String token, Instant now) {
    byte[] secret = format.secret(token);
    return secret == null ? null : issuer.find(SecretDigest.of(secret), now);
  }

  /** The client set the field on purpose, so anything wrong with it is refused (RFC 6750). */
  private AuthResult inHeader(AuthRequest request) {
    Authorization field = request.authorization();
    int keyword = keyword(field);
    if (keyword < 0) {
      return field.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!transport.permits(request)) {
      return INSECURE;
    }
    Instant now = issuer.now();
    Lookup found = find(field.credentials(), now);
    if (found == null) {
      return format.mayBeAnothers(field.credentials())
          ? OTHER_FORMAT
          : rejected("malformed", keyword);
    }
    if (!(found instanceof Lookup.Live live)) {
      return rejected(((Lookup.Dead) found).reason(), keyword);
    }
    return issuer.noteUse(live.record(), now)
        ? authenticated(live, challenges.get(keyword))
        : rejected("ended_meanwhile", keyword);
  }

  private int keyword(Authorization field) {
    for (int i = 0; i < keywords.size(); i++) {
      if (field.is(keywords.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Whatever the reason, the client sees the same response. */
  private Rejected rejected(String reason, int keyword) {
    return Rejected.of(NAME, new Reason(reason, Refusal.INVALID_TOKEN))
        .withChallenge(challenges.get(keyword));
  }

  private static Authenticated authenticated(Lookup.Live live, Challenge challenge) {
    TokenRecord record = live.record();
    Authenticated.Builder who =
        Authenticated.builder(live.user().principal(), NAME)
            .credentialId(record.id())
            .epoch(live.user().epoch())
            .challenge(challenge)
            .attributes(Map.of("label", record.label()));
    record.scopes().ifPresent(who::scopes);
    record.expiresAt().ifPresent(who::expiresAt);
    Instant proved = record.authenticatedAt();
    return (proved.equals(Instant.EPOCH) ? who : who.authenticatedAt(proved)).build();
  }

  @Override
  public Optional<Map<String, Object>> introspect(String token) {
    return cookie == null && find(token, issuer.now()) instanceof Lookup.Live live
        ? Optional.of(TokenIntrospection.describe(live, TokenIntrospection.BEARER))
        : Optional.empty();
  }

  /** Plans to revoke the token of the request, and none of the user's others. */
  @Override
  public Logout planLogout(AuthRequest request) {
    if (cookie != null) {
      return cookie.planLogout(request, this::end, expiredCookies().toArray(SetCookie[]::new));
    }
    Authorization field = request.authorization();
    if (keyword(field) < 0 || format.secret(field.credentials()) == null) {
      return Logout.nothing();
    }
    if (!transport.permits(request)) {
      return Logout.refused(INSECURE);
    }
    return end(field.credentials()).map(Logout::of).orElse(Logout.nothing());
  }

  private Optional<Runnable> end(String token) {
    return find(token, issuer.now()) instanceof Lookup.Live live
        ? Optional.of(() -> issuer.end(live.record(), "logout"))
        : Optional.empty();
  }

  @Override
  public List<SetCookie> expiredCookies() {
    CredentialCookie cookie = tokens.cookie();
    return cookie == null ? List.of() : List.of(cookie.expired());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return challenges.stream().map(Challenge::scheme).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return challenges;
  }

  @Override
  public String toString() {
    return "TokenAuthenticator[" + (cookie == null ? String.join(", ", keywords) : cookie) + "]";
  }

  /** Builds a {@link TokenAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final Tokens tokens;
    private @Nullable List<String> keywords;
    private String realm = "api";

    private Builder(Tokens tokens) {
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Sets the keywords before a token, compared without regard to ASCII case. Each is a challenge.
     *
     * @param keywords auth-schemes, at least one; by default {@code Token} and {@code Bearer}
     * @return this
     * @throws IllegalArgumentException if there are none, or one appears twice
     */
    public Builder keywords(String... keywords) {
      long different = List.of(keywords).stream().map(Builder::lower).distinct().count();
      if (keywords.length == 0 || different < keywords.length) {
        throw new IllegalArgumentException(
            "Give at least one keyword, and none twice: " + List.of(keywords));
      }
      this.keywords = List.of(keywords);
      return this;
    }

    private static String lower(String keyword) {
      return keyword.toLowerCase(Locale.ROOT);
    }

    /**
     * Sets the realm of the challenges.
     *
     * @param realm printable ASCII; by default {@code api}
     * @return this
     */
    public Builder realm(String realm) {
      this.realm = Objects.requireNonNull(realm, "realm");
      return this;
    }

    /**
     * Builds the authenticator.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if a keyword is not a token as defined in RFC 9110, keywords
     *     are set for tokens in a cookie, or the realm is not printable ASCII
     */
    public TokenAuthenticator build() {
      return new TokenAuthenticator(this);
    }
  }
}
