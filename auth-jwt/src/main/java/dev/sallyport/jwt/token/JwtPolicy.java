package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.jws.JwsHeader;
import dev.sallyport.jwt.jws.TokenType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier requires of a token besides its signature. Null means that it is deliberately not
 * required.
 *
 * @param withoutAudience whether a token without {@code aud} is accepted
 * @param rules the values that a claim may have, by claim name
 * @param leeway how far clocks may differ, in seconds
 */
record JwtPolicy(
    @Nullable String issuer,
    @Nullable String audience,
    boolean withoutAudience,
    Map<String, Set<String>> rules,
    @Nullable TokenType type,
    long leeway,
    int maxLength) {
  /** Whether both require the same issuer, audience and type. */
  boolean asksLike(JwtPolicy other) {
    return Objects.equals(issuer, other.issuer)
        && Objects.equals(audience, other.audience)
        && withoutAudience == other.withoutAudience
        && Objects.equals(type, other.type);
  }

  /** Why the claims are refused; null if they are accepted. */
  @Nullable JwtRefusal judge(JwsHeader header, Claims claims, Instant now, boolean evenExpired) {
    if (type != null && !type.matches(header.type())) {
      return JwtRefusal.WRONG_TYPE;
    }
    return claims.expiresAt == NumericDate.NONE
        ? JwtRefusal.BAD_CLAIMS
        : judge(claims, now, evenExpired);
  }

  /** The same for claims without a header; without {@code exp} they do not expire. */
  @Nullable JwtRefusal judge(Claims claims, Instant now, boolean evenExpired) {
    if (claims.subject == null || claims.subject.isEmpty()) {
      return JwtRefusal.BAD_CLAIMS;
    }
    if (issuer != null && !issuer.equals(claims.issuer)) {
      return JwtRefusal.WRONG_ISSUER;
    }
    if (!takesAudience(claims)) {
      return JwtRefusal.WRONG_AUDIENCE;
    }
    for (Map.Entry<String, Set<String>> rule : rules.entrySet()) {
      if (!(claims.all.get(rule.getKey()) instanceof String text
          && rule.getValue().contains(text))) {
        return JwtRefusal.WRONG_CLAIM;
      }
    }
    long seconds = now.getEpochSecond();
    if (claims.notBefore > seconds + leeway || claims.issuedAt > seconds + leeway) {
      return JwtRefusal.NOT_YET_VALID; // an absent claim counts as a time long ago
    }
    boolean expires = claims.expiresAt != NumericDate.NONE && !evenExpired;
    return expires && hasExpired(claims.expiresAt, now) ? JwtRefusal.EXPIRED : null;
  }

  private boolean takesAudience(Claims claims) {
    if (withoutAudience && claims.audience == null) {
      return true;
    }
    if (audience == null) {
      return !withoutAudience;
    }
    return claims.audience != null && claims.audience.contains(audience);
  }

  /** A token has expired from the very second of its {@code exp} on, plus the leeway. */
  boolean hasExpired(long expiresAt, Instant now) {
    return now.getEpochSecond() >= expiresAt + leeway;
  }
}
