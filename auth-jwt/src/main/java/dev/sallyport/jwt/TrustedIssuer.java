package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer whose tokens are taken, and what is believed of what they say. Immutable.
 *
 * <p>Its subjects are no users of this host: the id of a principal is the issuer and the subject,
 * joined by {@code |}. Without more, a principal has the subject for a name, no roles, and may
 * nothing that needs a scope.
 *
 * <pre>{@code
 * TrustedIssuer.of(verifier).withRoles("groups").withScopes("scope").withName("email")
 * }</pre>
 */
public final class TrustedIssuer {
  private final JwtVerifier verifier;
  private final @Nullable String roles;
  private final @Nullable String scopes;
  private final @Nullable String name;
  private final BiFunction<VerifiedJwt, Principal, Principal> mapping;

  private TrustedIssuer(
      JwtVerifier verifier,
      @Nullable String roles,
      @Nullable String scopes,
      @Nullable String name,
      BiFunction<VerifiedJwt, Principal, Principal> mapping) {
    this.verifier = verifier;
    this.roles = roles;
    this.scopes = scopes;
    this.name = name;
    this.mapping = mapping;
  }

  /**
   * Takes the tokens of a verifier.
   *
   * @param verifier what checks them
   * @return the issuer
   */
  public static TrustedIssuer of(JwtVerifier verifier) {
    return new TrustedIssuer(
        Objects.requireNonNull(verifier, "verifier"), null, null, null, (jwt, given) -> given);
  }

  /**
   * Believes the roles of a claim.
   *
   * @param claim a claim that is a list of strings, or a string of words; a token in which it is
   *     anything else is refused, one without it has no roles
   * @return a new issuer
   */
  public TrustedIssuer withRoles(String claim) {
    return new TrustedIssuer(verifier, named(claim), scopes, name, mapping);
  }

  /**
   * Believes the scopes of a claim.
   *
   * @param claim as for {@link #withRoles}; for example {@code scope}
   * @return a new issuer
   */
  public TrustedIssuer withScopes(String claim) {
    return new TrustedIssuer(verifier, roles, named(claim), name, mapping);
  }

  /**
   * Shows the name of a claim.
   *
   * @param claim a claim that is a string; a token in which it is anything else is refused, one
   *     without it has the subject for a name
   * @return a new issuer
   */
  public TrustedIssuer withName(String claim) {
    return new TrustedIssuer(verifier, roles, scopes, named(claim), mapping);
  }

  /**
   * Lets the host say who it is. A principal that is made so still has no account here, so that it
   * can't change one.
   *
   * @param mapping makes the principal of the token and of the principal that it would have
   *     otherwise; called once a token, and kept as long as it is remembered
   * @return a new issuer
   */
  public TrustedIssuer withPrincipal(BiFunction<VerifiedJwt, Principal, Principal> mapping) {
    return new TrustedIssuer(
        verifier, roles, scopes, name, Objects.requireNonNull(mapping, "mapping"));
  }

  private static String named(String claim) {
    if (claim.isEmpty() || ClaimName.REGISTERED.contains(claim)) {
      throw new IllegalArgumentException("'" + claim + "' is no claim for that");
    }
    return claim;
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
    private final TrustedIssuer issuer;
    private final Challenge challenge;

    Foreign(TrustedIssuer issuer, Challenge challenge) {
      this.issuer = issuer;
      this.challenge = challenge;
    }

    @Override
    public AuthResult of(VerifiedJwt jwt) {
      Set<String> roles = texts(jwt, issuer.roles);
      Set<String> scopes = texts(jwt, issuer.scopes);
      String name = name(jwt);
      if (roles == null || scopes == null || name == null) {
        return Identity.badClaims().withChallenge(challenge);
      }
      Principal given = new Principal(qualified(jwt), name, roles);
      Principal principal = Objects.requireNonNull(issuer.mapping.apply(jwt, given), "mapping");
      Authenticated.Builder who =
          Authenticated.builder(principal, SCHEME)
              .scopes(scopes)
              .attributes(jwt.claims())
              .expiresAt(jwt.expiresAt())
              .challenge(challenge);
      return jwt.id().map(who::credentialId).orElse(who).build();
    }

    /** The words of a claim; none if it is not named or absent; null if it is of another type. */
    private static @Nullable Set<String> texts(VerifiedJwt jwt, @Nullable String claim) {
      Object value = claim == null ? null : jwt.claim(claim).orElse(null);
      return value == null ? Set.of() : Identity.texts(value);
    }

    private @Nullable String name(VerifiedJwt jwt) {
      Object value = issuer.name == null ? null : jwt.claim(issuer.name).orElse(null);
      if (value == null) {
        return jwt.subject();
      }
      return value instanceof String text && !text.isEmpty() ? text : null;
    }

    /** No two issuers and subjects make the same id. */
    private static String qualified(VerifiedJwt jwt) {
      String name = jwt.issuer().orElse("");
      return name.replace("%", "%25").replace("|", "%7C") + "|" + jwt.subject();
    }
  }
}
