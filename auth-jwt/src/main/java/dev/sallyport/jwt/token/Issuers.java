package dev.sallyport.jwt.token;

import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.jws.KnownHeaders;
import dev.sallyport.jwt.token.JwtResult.Refused;
import dev.sallyport.store.SecretDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One issuer, or several: a token is hashed, looked up and parsed once, whoever issued it. */
final class Issuers {
  private final List<Issuer> all;
  private final Map<String, Issuer> byName = new HashMap<>();
  private final KnownHeaders headers = new KnownHeaders();
  private final int maxLength;
  private final boolean anyRemembers;

  Issuers(List<Issuer> issuers) {
    all = issuers;
    maxLength = all.stream().mapToInt(issuer -> issuer.policy().maxLength()).max().orElseThrow();
    anyRemembers = all.stream().anyMatch(issuer -> issuer.seen() != null);
    for (Issuer issuer : all) {
      String name = issuer.policy().issuer();
      if (name == null && all.size() > 1) {
        throw new IllegalArgumentException("Where there are several issuers, each must be named");
      }
      if (name != null && byName.put(name, issuer) != null) {
        throw new IllegalArgumentException("The issuer '" + name + "' appears twice");
      }
    }
  }

  List<Issuer> all() {
    return all;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  boolean asksLike(Issuers other) {
    Issuer mine = all.get(0);
    Issuer theirs = other.all.get(0);
    return all.size() == 1
        && other.all.size() == 1
        && mine.keys() == theirs.keys()
        && mine.policy().asksLike(theirs.policy());
  }

  JwtResult verify(String token) {
    if (token.length() > maxLength) {
      return new Refused(JwtRefusal.OVERSIZED);
    }
    if (!anyRemembers) {
      return parsed(token, false);
    }
    SecretDigest digest = SecretDigest.of(token);
    for (Issuer issuer : all) {
      VerifiedJwt known = issuer.recall(digest);
      if (known != null) {
        return known;
      }
    }
    JwtResult result = parsed(token, false);
    if (result instanceof VerifiedJwt jwt) {
      jwt.verifiedBy().remember(digest, jwt, token.length());
    }
    return result;
  }

  JwtResult verifyEvenExpired(String token) {
    return token.length() > maxLength ? new Refused(JwtRefusal.OVERSIZED) : parsed(token, true);
  }

  private JwtResult parsed(String token, boolean evenExpired) {
    CompactJws jws = CompactJws.parse(token, headers);
    if (jws == null) {
      return new Refused(JwtRefusal.MALFORMED);
    }
    JwtResult result =
        all.size() == 1 ? all.get(0).verify(jws, null, evenExpired) : byName(jws, evenExpired);
    if (result instanceof VerifiedJwt) {
      headers.remember(jws);
    }
    return result;
  }

  /**
   * Only here is {@code iss} read before the signature is checked, to find out whose keys to use.
   */
  private JwtResult byName(CompactJws jws, boolean evenExpired) {
    Claims claims = Claims.parse(jws.payload, false);
    if (claims == null) {
      return new Refused(JwtRefusal.BAD_CLAIMS);
    }
    Issuer issuer = claims.issuer == null ? null : byName.get(claims.issuer);
    return issuer == null
        ? new Refused(JwtRefusal.WRONG_ISSUER)
        : issuer.verify(jws, claims, evenExpired);
  }
}
