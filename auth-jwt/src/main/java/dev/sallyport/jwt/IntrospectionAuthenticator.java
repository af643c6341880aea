package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.IntrospectionResult;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.TokenIntrospector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the tokens of an authorization server that says itself what they are worth (RFC 7662), as
 * {@code Authorization: Bearer} (RFC 6750). By default it takes any bearer token that doesn't have
 * the three segments of a JWT: put members that know their own by a prefix before it. Immutable and
 * safe for many threads; it blocks while the server is asked.
 *
 * <p>As with {@link TrustedIssuer}, the server's subjects are not users of this host: a principal's
 * id is the issuer and the subject, joined by {@code |}. By default, a principal's name is the
 * subject; it has no roles, and no access to anything that needs a scope.
 *
 * <pre>{@code
 * IntrospectionAuthenticator.builder(introspector).scopes("scope").name("username").build()
 * }</pre>
 */
public final class IntrospectionAuthenticator implements Authenticator {
  private static final String NAME = "introspection";
  private static final String KEYWORD = "Bearer";
  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");
  private static final Rejected INSECURE = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);

  private final TokenIntrospector introspector;
  private final Predicate<? super String> accepted;
  private final @Nullable ClaimPath roles;
  private final @Nullable ClaimPath scopes;
  private final @Nullable String nameClaim;
  private final Challenge challenge;

  private IntrospectionAuthenticator(Builder builder) {
    introspector = builder.introspector;
    accepted = builder.accepted;
    roles = builder.roles;
    scopes = builder.scopes;
    nameClaim = builder.name;
    challenge = Challenge.of(KEYWORD, builder.realm);
  }

  /**
   * Accepts the tokens of a server, with the defaults of {@link Builder}.
   *
   * @param introspector asks the server
   * @return the authenticator
   */
  public static IntrospectionAuthenticator of(TokenIntrospector introspector) {
    return builder(introspector).build();
  }

  /**
   * Starts building an authenticator with options.
   *
   * @param introspector asks the server
   * @return a builder
   */
  public static Builder builder(TokenIntrospector introspector) {
    return new Builder(introspector);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    AuthResult unread = unread(request);
    return unread == null ? judge(request.authorization().credentials()) : unread;
  }

  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    AuthResult unread = unread(request);
    return unread == null
        ? Plan.store(() -> Plan.done(judge(request.authorization().credentials())))
        : Plan.done(unread);
  }

  /** What needs no answer of the server; null if it is to be asked. */
  private @Nullable AuthResult unread(AuthRequest request) {
    Authorization field = request.authorization();
    if (!field.is(KEYWORD)) {
      return field.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!introspector.environment().transport().permits(request)) {
      return INSECURE;
    }
    return accepted.test(field.credentials()) ? null : OTHER_FORMAT;
  }

  private AuthResult judge(String token) {
    IntrospectionResult result = introspector.introspect(token);
    return result instanceof IntrospectedToken active
        ? identify(active)
        : rejected(((IntrospectionResult.Refused) result).reason());
  }

  private AuthResult identify(IntrospectedToken token) {
    ForeignClaims claims =
        new ForeignClaims(
            introspector.environment(), NAME, token.issuer(), token.subject(), token.claims());
    String name = claims.name(nameClaim);
    if (name == null) {
      return rejected(JwtRefusal.BAD_CLAIMS.text());
    }
    Principal principal = new Principal(claims.qualifiedId(), name, claims.texts(roles, false));
    Authenticated.Builder who =
        Authenticated.builder(principal, NAME)
            .scopes(claims.texts(scopes, true))
            .attributes(token.claims())
            .challenge(challenge);
    token.expiresAt().ifPresent(who::expiresAt);
    token.id().ifPresent(who::credentialId);
    return who.build();
  }

  /** Whatever the reason, the client sees the same response. */
  private Rejected rejected(String reason) {
    return Rejected.of(NAME, new Reason(reason, Refusal.INVALID_TOKEN)).withChallenge(challenge);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of(KEYWORD);
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return List.of(challenge);
  }

  @Override
  public String toString() {
    return "IntrospectionAuthenticator[" + introspector + "]";
  }

  /** Builds an {@link IntrospectionAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final TokenIntrospector introspector;
    private Predicate<? super String> accepted = token -> !Presentation.hasThreeSegments(token);
    private @Nullable ClaimPath roles;
    private @Nullable ClaimPath scopes;
    private @Nullable String name;
    private String realm = "api";

    private Builder(TokenIntrospector introspector) {
      this.introspector = Objects.requireNonNull(introspector, "introspector");
    }

    /**
     * Sets which bearer tokens are the server's. All others are left to the other members of the
     * chain, and the server never sees them.
     *
     * @param accepted judges a token by its public form alone, such as a prefix; by default, all
     *     that don't have three segments. For a server whose tokens are JWTs, and a chain without
     *     any other member for JWTs, that is {@code token -> true}
     * @return this
     */
    public Builder accepts(Predicate<? super String> accepted) {
      this.accepted = Objects.requireNonNull(accepted, "accepted");
      return this;
    }

    /**
     * Takes the roles from a member of the answer, or from one of an object inside it.
     *
     * @param member as for {@link TrustedIssuer#withRoles}: a list of strings
     * @param inside as there
     * @return this
     * @throws IllegalArgumentException if a name is empty, or the claim is registered
     */
    public Builder roles(String member, String... inside) {
      this.roles = ClaimPath.of(member, inside);
      return this;
    }

    /**
     * Takes the scopes from a member of the answer, or from one of an object inside it.
     *
     * @param member as for {@link TrustedIssuer#withScopes}: a list of strings, or words separated
     *     by spaces; {@code scope} in RFC 7662
     * @param inside as there
     * @return this
     * @throws IllegalArgumentException if a name is empty, or the claim is registered
     */
    public Builder scopes(String member, String... inside) {
      this.scopes = ClaimPath.of(member, inside);
      return this;
    }

    /**
     * Takes the principal's name from a member of the answer.
     *
     * @param member as for {@link TrustedIssuer#withName}; {@code username} in RFC 7662
     * @return this
     * @throws IllegalArgumentException if it is empty, or the claim is registered
     */
    public Builder name(String member) {
      ClaimPath.of(member);
      this.name = member;
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

    /** {@return an authenticator with these options} */
    public IntrospectionAuthenticator build() {
      return new IntrospectionAuthenticator(this);
    }
  }
}
