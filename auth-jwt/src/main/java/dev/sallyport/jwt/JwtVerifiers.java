package dev.sallyport.jwt;

import dev.sallyport.jwt.JwtResult.Refused;
import dev.sallyport.store.SecretDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One verifier, or several of different issuers: a token is hashed, looked up and parsed once,
 * whoever issued it. Only if there are several is {@code iss} read before the signature is checked,
 * to find out whose keys to use.
 */
final class JwtVerifiers {
  private final List<JwtVerifier> all;
  private final Map<String, JwtVerifier> byIssuer = new HashMap<>();
  private final KnownHeaders headers = new KnownHeaders();
  private final MemberOrder claimOrder = new MemberOrder(ClaimName.NAMES);
  private final int maxLength;
  private final boolean anyRemembers;

  JwtVerifiers(List<JwtVerifier> verifiers) {
    all = List.copyOf(verifiers);
    maxLength = all.stream().mapToInt(verifier -> verifier.policy().maxLength()).max().orElse(0);
    anyRemembers = all.stream().anyMatch(JwtVerifier::remembers);
    for (JwtVerifier verifier : all) {
      String issuer = verifier.policy().issuer();
      if (all.size() > 1 && issuer == null) {
        throw new IllegalArgumentException("Where there are several issuers, each must be named");
      }
      if (issuer != null && byIssuer.put(issuer, verifier) != null) {
        throw new IllegalArgumentException("The issuer '" + issuer + "' appears twice");
      }
    }
  }

  JwtResult verify(String token) {
    if (token.length() > maxLength) {
      return new Refused(JwtRefusal.OVERSIZED);
    }
    if (!anyRemembers) {
      return parsed(token, false);
    }
    SecretDigest digest = SecretDigest.of(token);
    for (JwtVerifier verifier : all) {
      VerifiedJwt seen = verifier.recall(digest);
      if (seen != null) {
        return seen;
      }
    }
    JwtResult result = parsed(token, false);
    if (result instanceof VerifiedJwt jwt) {
      jwt.verifier().remember(digest, jwt, token.length());
    }
    return result;
  }

  /** For logout: a token whose only fault is that it has expired still identifies its owner. */
  JwtResult verifyEvenExpired(String token) {
    return token.length() > maxLength ? new Refused(JwtRefusal.OVERSIZED) : parsed(token, true);
  }

  private JwtResult parsed(String token, boolean evenExpired) {
    CompactJws jws = CompactJws.parse(token, headers);
    if (jws == null) {
      return new Refused(JwtRefusal.MALFORMED);
    }
    JwtVerifier verifier = all.get(0);
    Claims claims = null;
    if (all.size() > 1) {
      claims = Claims.parse(jws.payload, false, claimOrder);
      if (claims == null) {
        return new Refused(JwtRefusal.BAD_CLAIMS);
      }
      verifier = claims.issuer == null ? null : byIssuer.get(claims.issuer);
    }
    if (verifier == null) {
      return new Refused(JwtRefusal.WRONG_ISSUER);
    }
    JwtResult result = verifier.verify(jws, claims, evenExpired);
    if (result instanceof VerifiedJwt) {
      headers.remember(jws);
    }
    return result;
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
