package dev.sallyport.jwt;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier asks of a token beside its signature. Null is the choice not to ask.
 *
 * @param withoutAudience whether a token without {@code aud} will do
 * @param rules the values that a claim may have, by its name
 * @param leeway how far clocks may be apart, in seconds
 */
record JwtPolicy(
    @Nullable String issuer,
    @Nullable String audience,
    boolean withoutAudience,
    Map<String, Set<String>> rules,
    @Nullable TokenType type,
    long leeway,
    int maxLength) {
  /** Whether both ask for the same issuer, audience and type. */
  boolean asksLike(JwtPolicy other) {
    return Objects.equals(issuer, other.issuer)
        && Objects.equals(audience, other.audience)
        && withoutAudience == other.withoutAudience
        && Objects.equals(type, other.type);
  }

  /** Why the claims don't do; null if they do. */
  @Nullable JwtRefusal judge(JwsHeader header, Claims claims, Instant now, boolean evenExpired) {
    if (type != null && !type.matches(header.type())) {
      return JwtRefusal.WRONG_TYPE;
    }
    if (claims.expiresAt == NumericDate.NONE
        || claims.subject == null
        || claims.subject.isEmpty()) {
      return JwtRefusal.BAD_CLAIMS;
    }
    if (issuer != null && !issuer.equals(claims.issuer)) {
      return JwtRefusal.WRONG_ISSUER;
    }
    if (!takesAudience(claims)) {
      return JwtRefusal.WRONG_AUDIENCE;
    }
    for (Map.Entry<String, Set<String>> rule : rules.entrySet()) {
      if (!(claims.get(rule.getKey()) instanceof String text && rule.getValue().contains(text))) {
        return JwtRefusal.WRONG_CLAIM;
      }
    }
    long seconds = now.getEpochSecond();
    if (claims.notBefore > seconds + leeway || claims.issuedAt > seconds + leeway) {
      return JwtRefusal.NOT_YET_VALID; // no such claim is a time long ago
    }
    return !evenExpired && hasExpired(claims.expiresAt, now) ? JwtRefusal.EXPIRED : null;
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

  /** At the very second it has. */
  boolean hasExpired(long expiresAt, Instant now) {
    return now.getEpochSecond() >= expiresAt + leeway;
  }
}
