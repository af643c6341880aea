package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.token.ClaimPath;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer whose tokens are accepted, and which of their claims are trusted. Immutable.
 *
 * <p>Its subjects are not users of this host: a principal's id is the issuer and the subject,
 * joined by {@code |}. By default, a principal's name is the subject; it has no roles, and no
 * access to anything that needs a scope.
 *
 * <pre>{@code
 * TrustedIssuer.of(verifier).withRoles("groups").withScopes("scope").withName("email")
 * }</pre>
 */
public final class TrustedIssuer {
  private final JwtVerifier verifier;
  private final @Nullable ClaimPath roles;
  private final @Nullable ClaimPath scopes;
  private final @Nullable String name;
  private final BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping;

  private TrustedIssuer(
      JwtVerifier verifier,
      @Nullable ClaimPath roles,
      @Nullable ClaimPath scopes,
      @Nullable String name,
      BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping) {
    this.verifier = verifier;
    this.roles = roles;
    this.scopes = scopes;
    this.name = name;
    this.mapping = mapping;
  }

  /**
   * Accepts the tokens that a verifier accepts.
   *
   * @param verifier checks the tokens
   * @return the issuer
   */
  public static TrustedIssuer of(JwtVerifier verifier) {
    return new TrustedIssuer(
        Objects.requireNonNull(verifier, "verifier"), null, null, null, (jwt, given) -> given);
  }

  /**
   * Takes the roles from a claim, or from a member of an object inside it: {@code
   * withRoles("realm_access", "roles")}, {@code withRoles("https://example.com/roles")}.
   *
   * @param claim the name of a claim that is not registered (RFC 7519 section 4.1)
   * @param inside names of members, each inside the one before; dots and slashes in a name have no
   *     special meaning. The value must be a list of strings. If it is absent, the token has no
   *     roles; if it is anything else, it has none either, and an {@link AuthEvent.SchemeEvent} of
   *     type {@code claim_ignored} reports this, with {@code issuer} and {@code claim}
   * @return a new issuer
   * @throws IllegalArgumentException if a name is empty, or the claim is registered
   */
  public TrustedIssuer withRoles(String claim, String... inside) {
    return withRoles(ClaimPath.of(claim, inside));
  }

  TrustedIssuer withRoles(ClaimPath path) {
    return new TrustedIssuer(verifier, path, scopes, name, mapping);
  }

  /**
   * Takes the scopes from a claim, or from a member of an object inside it.
   *
   * @param claim as for {@link #withRoles(String, String...)}; for example {@code scope}
   * @param inside as there, but the value may also be a string of words separated by spaces
   * @return a new issuer
   * @throws IllegalArgumentException if a name is empty, or the claim is registered
   */
  public TrustedIssuer withScopes(String claim, String... inside) {
    return withScopes(ClaimPath.of(claim, inside));
  }

  TrustedIssuer withScopes(ClaimPath path) {
    return new TrustedIssuer(verifier, roles, path, name, mapping);
  }

  /**
   * Takes the principal's name from a claim.
   *
   * @param claim a claim that is a non-empty string; a token in which it is anything else is
   *     refused, and without it the name is the subject
   * @return a new issuer
   */
  public TrustedIssuer withName(String claim) {
    ClaimPath.of(claim);
    return new TrustedIssuer(verifier, roles, scopes, claim, mapping);
  }

  /**
   * Lets the host decide who the principal is. Such a principal still has no account here, so it
   * can't change one.
   *
   * @param mapping maps the token, and the principal that it would have otherwise, to a principal;
   *     called once per token, and the result is kept for as long as the token is remembered. Null
   *     rejects the token with {@code no_principal}, this time only: the next use asks again.
   *     Exceptions are passed on unchanged
   * @return a new issuer
   */
  public TrustedIssuer withPrincipal(
      BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping) {
    return new TrustedIssuer(
        verifier, roles, scopes, name, Objects.requireNonNull(mapping, "mapping"));
  }

  JwtVerifier verifier() {
    return verifier;
  }

  Identity identity(Challenge challenge) {
    return new Foreign(this, challenge);
  }

  @Override
  public String toString() {
    return "TrustedIssuer[" + verifier + "]";
  }

  private static final class Foreign implements Identity {
    private static final Reason NO_PRINCIPAL = new Reason("no_principal", Refusal.INVALID_TOKEN);

    private final TrustedIssuer issuer;
    private final Challenge challenge;

    Foreign(TrustedIssuer issuer, Challenge challenge) {
      this.issuer = issuer;
      this.challenge = challenge;
    }

    @Override
    public AuthResult of(VerifiedJwt jwt) {
      ForeignClaims claims =
          new ForeignClaims(
              issuer.verifier.environment(),
              SCHEME,
              jwt.issuer().orElse(""),
              jwt.subject(),
              jwt.claims());
      String name = claims.name(issuer.name);
      if (name == null) {
        return Identity.badClaims().withChallenge(challenge);
      }
      Principal given =
          new Principal(claims.qualifiedId(), name, claims.texts(issuer.roles, false));
      Principal principal = issuer.mapping.apply(jwt, given);
      if (principal == null) {
        return Rejected.of(SCHEME, NO_PRINCIPAL).withChallenge(challenge);
      }
      Set<String> scopes = claims.texts(issuer.scopes, true);
      Authenticated.Builder who =
          Authenticated.builder(principal, SCHEME)
              .scopes(scopes)
              .attributes(claims.claims())
              .expiresAt(jwt.expiresAt())
              .challenge(challenge);
      return jwt.id().map(who::credentialId).orElse(who).build();
    }
  }
}
