package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.TenantVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose tokens are accepted, and who those of each issuer identify. */
final class Identities {
  private final Map<String, Identity> byIssuer = new HashMap<>();

  /** That of the verifier which accepts any issuer; it is the only one. */
  private @Nullable Identity ofAny;

  private final @Nullable JwtVerifier known;
  private final @Nullable TenantVerifier tenants;
  private final @Nullable FoundIssuers found;

  /** An issuer that was configured. */
  record Known(JwtVerifier verifier, Identity identity) {}

  /**
   * Joins issuers.
   *
   * @param found finds others; null if there are no others
   */
  Identities(List<Known> issuers, @Nullable FoundIssuers found) {
    this.found = found;
    JwtVerifier[] verifiers = issuers.stream().map(Known::verifier).toArray(JwtVerifier[]::new);
    known = found == null ? JwtVerifier.anyOf(verifiers) : null;
    tenants = found == null ? null : TenantVerifier.of(verifiers);
    for (Known issuer : issuers) {
      if (issuer.verifier.issuers().isEmpty()) {
        ofAny = issuer.identity;
      }
      issuer.verifier.issuers().forEach(name -> byIssuer.put(name, issuer.identity));
    }
  }

  /** Begins to check one token. */
  Check check() {
    return new Check();
  }

  @Override
  public String toString() {
    return String.valueOf(known == null ? tenants : known);
  }

  /** Looks the issuer of one token up once, so that verifier and identity belong together. */
  final class Check {
    private @Nullable Identity identity;

    JwtResult verify(String token) {
      return known != null
          ? known.verify(token)
          : Objects.requireNonNull(tenants).verify(token, this::find);
    }

    /** A token of an issuer that was configured, if it is remembered; null otherwise. */
    @Nullable VerifiedJwt recall(String token) {
      return known == null ? null : known.recall(token).orElse(null);
    }

    private Optional<JwtVerifier> find(String name) {
      FoundIssuers.Answer answer = Objects.requireNonNull(found).find(name);
      identity = answer.identity();
      return Optional.ofNullable(answer.issuer()).map(TrustedIssuer::verifier);
    }

    /** Whom a token identified at an earlier use; null if the host has to be asked. */
    @Nullable AuthResult kept(VerifiedJwt jwt) {
      return (AuthResult) jwt.kept(identity(jwt)).orElse(null);
    }

    AuthResult identify(VerifiedJwt jwt) {
      AuthResult who = kept(jwt);
      if (who == null) {
        Identity whose = identity(jwt);
        who = whose.of(jwt);
        if (who instanceof Authenticated) {
          jwt.keep(whose, who); // one who is rejected now may be known the next time
        }
      }
      return who;
    }

    private Identity identity(VerifiedJwt jwt) {
      if (identity != null) {
        return identity;
      }
      return ofAny == null
          ? Objects.requireNonNull(byIssuer.get(jwt.issuer().orElseThrow()), "identity")
          : ofAny;
    }
  }
}
