package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who the tokens of each issuer identify. */
final class Identities {
  private final List<JwtVerifier> verifiers = new ArrayList<>();
  private final Map<String, Identity> byIssuer = new HashMap<>();

  /** That of the verifier which accepts any issuer; it is the only one. */
  private @Nullable Identity ofAny;

  void add(JwtVerifier verifier, Identity identity) {
    verifiers.add(verifier);
    if (verifier.issuers().isEmpty()) {
      ofAny = identity;
    }
    verifier.issuers().forEach(issuer -> byIssuer.put(issuer, identity));
  }

  JwtVerifier verifier() {
    return JwtVerifier.anyOf(verifiers.toArray(JwtVerifier[]::new));
  }

  AuthResult of(VerifiedJwt jwt) {
    AuthResult who = (AuthResult) jwt.kept(this).orElse(null);
    if (who == null) {
      who = identity(jwt).of(jwt);
      if (who instanceof Authenticated) {
        jwt.keep(this, who); // one who is rejected now may be known the next time
      }
    }
    return who;
  }

  private Identity identity(VerifiedJwt jwt) {
    return ofAny == null
        ? Objects.requireNonNull(byIssuer.get(jwt.issuer().orElseThrow()), "identity")
        : ofAny;
  }
}
