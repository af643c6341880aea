package dev.sallyport.jwt.token;

import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.jws.KnownHeaders;
import dev.sallyport.jwt.token.JwtResult.Refused;
import dev.sallyport.store.SecretDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One issuer, or several, and perhaps others that are found when a token names them: a token is
 * hashed and parsed once, whoever issued it.
 */
final class Issuers {
  /** Finds no issuer. */
  static final Function<String, Optional<JwtVerifier>> NOBODY = name -> Optional.empty();

  private final List<Issuer> all;
  private final Map<String, Issuer> byName = new HashMap<>();
  private final KnownHeaders headers = new KnownHeaders();
  private final int maxLength;
  private final boolean anyRemembers;
  private final boolean open;

  /**
   * Joins issuers.
   *
   * @param open whether there may be others than these
   */
  Issuers(List<Issuer> issuers, boolean open) {
    all = issuers;
    this.open = open;
    int longest = all.stream().mapToInt(issuer -> issuer.policy().maxLength()).max().orElse(0);
    maxLength = !open ? longest : Math.max(longest, JwtVerifier.DEFAULT_MAX_LENGTH);
    anyRemembers = all.stream().anyMatch(issuer -> issuer.seen() != null);
    for (Issuer issuer : all) {
      String name = issuer.policy().issuer();
      if (name == null && isOneOfSeveral()) {
        throw new IllegalArgumentException("Where there are several issuers, each must be named");
      }
      if (name != null && byName.put(name, issuer) != null) {
        throw new IllegalArgumentException("The issuer '" + name + "' appears twice");
      }
    }
  }

  private boolean isOneOfSeveral() {
    return open || all.size() > 1;
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

  /**
   * Checks a token.
   *
   * @param finder finds the verifier of an issuer that is not among these
   */
  JwtResult verify(String token, Function<String, Optional<JwtVerifier>> finder) {
    if (token.length() > maxLength) {
      return new Refused(JwtRefusal.OVERSIZED);
    }
    if (!anyRemembers && !open) {
      return parsed(token, null, finder, false);
    }
    SecretDigest digest = SecretDigest.of(token);
    VerifiedJwt known = recall(digest);
    return known == null ? parsed(token, digest, finder, false) : known;
  }

  /** A token that is remembered; null for any other, and where keys must be looked for first. */
  @Nullable VerifiedJwt recall(String token) {
    return anyRemembers
            && token.length() <= maxLength
            && all.stream().allMatch(issuer -> issuer.keys().areAtHand())
        ? recall(SecretDigest.of(token))
        : null;
  }

  private @Nullable VerifiedJwt recall(SecretDigest digest) {
    for (Issuer issuer : all) {
      VerifiedJwt known = issuer.recall(digest);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  JwtResult verifyEvenExpired(String token) {
    return token.length() > maxLength
        ? new Refused(JwtRefusal.OVERSIZED)
        : parsed(token, null, NOBODY, true);
  }

  /**
   * Parses and checks a token.
   *
   * @param digest under which it is remembered; null for not at all
   */
  private JwtResult parsed(
      String token,
      @Nullable SecretDigest digest,
      Function<String, Optional<JwtVerifier>> finder,
      boolean evenExpired) {
    CompactJws jws = CompactJws.parse(token, headers);
    if (jws == null) {
      return new Refused(JwtRefusal.MALFORMED);
    }
    if (!isOneOfSeveral()) {
      return checked(all.get(0), jws, null, digest, evenExpired);
    }
    // Only here is iss read before the signature is checked, to find out whose keys to use.
    Claims claims = Claims.parse(jws.payload, false);
    if (claims == null) {
      return new Refused(JwtRefusal.BAD_CLAIMS);
    }
    String name = claims.issuer;
    Issuer issuer = name == null ? null : byName.get(name);
    if (issuer != null) {
      return checked(issuer, jws, claims, digest, evenExpired);
    }
    issuer = name == null ? null : found(name, finder);
    if (issuer == null) {
      return new Refused(JwtRefusal.WRONG_ISSUER);
    }
    VerifiedJwt known = digest == null ? null : issuer.recall(digest);
    return known == null ? checked(issuer, jws, claims, digest, evenExpired) : known;
  }

  private static @Nullable Issuer found(
      String name, Function<String, Optional<JwtVerifier>> finder) {
    JwtVerifier verifier = finder.apply(name).orElse(null);
    if (verifier == null) {
      return null;
    }
    Issuer issuer = verifier.all().byName.get(name);
    if (issuer == null) {
      throw new IllegalStateException(
          "A verifier was found for an issuer that it doesn't name: it must be built with that very"
              + " issuer");
    }
    return issuer;
  }

  private JwtResult checked(
      Issuer issuer,
      CompactJws jws,
      @Nullable Claims early,
      @Nullable SecretDigest digest,
      boolean evenExpired) {
    JwtResult result = issuer.verify(jws, early, evenExpired);
    if (result instanceof VerifiedJwt jwt) {
      headers.remember(jws);
      if (digest != null) {
        issuer.remember(digest, jwt, jws.text.length);
      }
    }
    return result;
  }
}
