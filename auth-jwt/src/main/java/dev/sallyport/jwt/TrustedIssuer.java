package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer whose tokens are accepted, and what is believed of what they say. Immutable.
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
  private final @Nullable ClaimPath roles;
  private final @Nullable ClaimPath scopes;
  private final @Nullable String name;
  private final BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping;
  private final AuthListener listener;

  private TrustedIssuer(
      JwtVerifier verifier,
      @Nullable ClaimPath roles,
      @Nullable ClaimPath scopes,
      @Nullable String name,
      BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping,
      AuthListener listener) {
    this.verifier = verifier;
    this.roles = roles;
    this.scopes = scopes;
    this.name = name;
    this.mapping = mapping;
    this.listener = listener;
  }

  /**
   * Takes the tokens of a verifier.
   *
   * @param verifier what checks them
   * @return the issuer
   */
  public static TrustedIssuer of(JwtVerifier verifier) {
    return new TrustedIssuer(
        Objects.requireNonNull(verifier, "verifier"),
        null,
        null,
        null,
        (jwt, given) -> given,
        AuthListener.slf4j());
  }

  /**
   * Believes the roles of a claim, or of a member of an object inside it: {@code
   * withRoles("realm_access", "roles")}, {@code withRoles("https://example.com/roles")}.
   *
   * @param claim the name of a claim that is not registered (RFC 7519 section 4.1)
   * @param inside names of members, each inside the one before; dots and slashes in a name mean
   *     nothing. The value is a list of strings; a token in which it is absent has no roles, and
   *     one in which it is anything else has none either, of which {@link #withListener} hears
   * @return a new issuer
   * @throws IllegalArgumentException if a name is empty, or the claim is registered
   */
  public TrustedIssuer withRoles(String claim, String... inside) {
    return withRoles(ClaimPath.of(claim, inside));
  }

  TrustedIssuer withRoles(ClaimPath path) {
    return new TrustedIssuer(verifier, path, scopes, name, mapping, listener);
  }

  /**
   * Believes the scopes of a claim, or of a member of an object inside it.
   *
   * @param claim as for {@link #withRoles(String, String...)}; for example {@code scope}
   * @param inside as there; but the value may also be a string of words with spaces between them
   * @return a new issuer
   * @throws IllegalArgumentException if a name is empty, or the claim is registered
   */
  public TrustedIssuer withScopes(String claim, String... inside) {
    return withScopes(ClaimPath.of(claim, inside));
  }

  TrustedIssuer withScopes(ClaimPath path) {
    return new TrustedIssuer(verifier, roles, path, name, mapping, listener);
  }

  /**
   * Shows the name of a claim.
   *
   * @param claim a claim that is a string; a token in which it is anything else is refused, one
   *     without it has the subject for a name
   * @return a new issuer
   */
  public TrustedIssuer withName(String claim) {
    ClaimPath.of(claim);
    return new TrustedIssuer(verifier, roles, scopes, claim, mapping, listener);
  }

  /**
   * Lets the host say who it is. A principal that is made so still has no account here, so that it
   * can't change one.
   *
   * @param mapping makes the principal of the token and of the principal that it would have
   *     otherwise; called once a token, and kept as long as it is remembered. Null rejects the
   *     token as {@code no_principal}, for this time: the next use asks again. What it throws
   *     surfaces as it is
   * @return a new issuer
   */
  public TrustedIssuer withPrincipal(
      BiFunction<VerifiedJwt, Principal, @Nullable Principal> mapping) {
    return new TrustedIssuer(
        verifier, roles, scopes, name, Objects.requireNonNull(mapping, "mapping"), listener);
  }

  /**
   * Sets who hears that a claim of roles or scopes had another shape and was passed over: a {@link
   * AuthEvent.SchemeEvent} of type {@code claim_ignored}, with {@code issuer} and {@code claim}.
   *
   * @param listener by default {@link AuthListener#slf4j()}
   * @return a new issuer
   */
  public TrustedIssuer withListener(AuthListener listener) {
    return new TrustedIssuer(
        verifier, roles, scopes, name, mapping, Objects.requireNonNull(listener, "listener"));
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
      String name = name(jwt);
      if (name == null) {
        return Identity.badClaims().withChallenge(challenge);
      }
      Principal given = new Principal(qualified(jwt), name, texts(jwt, issuer.roles, false));
      Principal principal = issuer.mapping.apply(jwt, given);
      if (principal == null) {
        return Rejected.of(SCHEME, NO_PRINCIPAL).withChallenge(challenge);
      }
      Set<String> scopes = texts(jwt, issuer.scopes, true);
      Authenticated.Builder who =
          Authenticated.builder(principal, SCHEME)
              .scopes(scopes)
              .attributes(jwt.claims())
              .expiresAt(jwt.expiresAt())
              .challenge(challenge);
      return jwt.id().map(who::credentialId).orElse(who).build();
    }

    /** What a claim lists; nothing if it is not named, absent or of another shape. */
    private Set<String> texts(VerifiedJwt jwt, @Nullable ClaimPath path, boolean evenWords) {
      Object value = path == null ? null : path.find(jwt);
      if (path == null || value == null) {
        return Set.of();
      }
      Set<String> texts = evenWords || value instanceof List ? Identity.texts(value) : null;
      if (texts == null) {
        report(path);
        return Set.of();
      }
      return texts;
    }

    private void report(ClaimPath path) {
      Map<String, String> details =
          Map.of(
              "issuer",
              String.valueOf(issuer.verifier.policy().issuer()),
              "claim",
              path.toString());
      issuer.listener.publish(
          new AuthEvent.SchemeEvent(issuer.verifier.now(), SCHEME, "claim_ignored", details));
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
