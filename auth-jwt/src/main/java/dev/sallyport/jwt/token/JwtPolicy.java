package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.jws.JwsHeader;
import dev.sallyport.jwt.jws.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

  /** A policy that is still being put together; not safe for several threads. */
  static final class Draft {
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    private @Nullable String issuer;
    private boolean anyIssuer;
    private @Nullable String audience;
    private boolean anyAudience;
    private boolean withoutAudience;
    private final Map<String, Set<String>> rules = new HashMap<>();
    private @Nullable TokenType type = TokenType.of(TokenType.ACCESS);
    private Duration leeway = Duration.ofSeconds(30);
    private int maxLength = JwtVerifier.DEFAULT_MAX_LENGTH;

    void issuer(String name) {
      issuer = named("issuer", name);
    }

    void acceptAnyIssuer() {
      anyIssuer = true;
    }

    void audience(String name) {
      audience = named("audience", name);
    }

    void acceptAnyAudience() {
      anyAudience = true;
    }

    void acceptWithoutAudience() {
      withoutAudience = true;
    }

    private static String named(String what, String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("The " + what + " must not be empty");
      }
      return name;
    }

    void require(String claim, String... values) {
      ClaimPath.of(claim);
      if (values.length == 0 || rules.putIfAbsent(claim, Set.copyOf(List.of(values))) != null) {
        throw new IllegalArgumentException(
            "'" + claim + "' needs one rule, with at least one value");
      }
    }

    /** Null for any type. */
    void type(@Nullable TokenType accepted) {
      type = accepted;
    }

    void leeway(Duration most) {
      if (most.isNegative() || most.compareTo(MAX_LEEWAY) > 0) {
        throw new IllegalArgumentException("The leeway must be 0 to 5 minutes, not " + most);
      }
      leeway = most;
    }

    void maxLength(int characters) {
      if (characters < JwtVerifier.MIN_MAX_LENGTH || characters > 1 << 20) {
        throw new IllegalArgumentException("The limit must be 64 to 1048576, not " + characters);
      }
      maxLength = characters;
    }

    /**
     * Checks that nothing was forgotten.
     *
     * @throws IllegalArgumentException if the issuer or the audience is neither set nor left open,
     *     or is both, or a missing audience is accepted without a rule
     */
    JwtPolicy finish() {
      boolean open = audience == null && !withoutAudience;
      if ((issuer == null) != anyIssuer || open != anyAudience) {
        throw new IllegalArgumentException(
            "Issuer and audience must each be either set or left open by acceptAnyIssuer and"
                + " acceptAnyAudience");
      }
      if (withoutAudience && rules.isEmpty()) {
        throw new IllegalArgumentException(
            "Tokens without an audience are accepted only with a rule that tells which: require a"
                + " claim");
      }
      return new JwtPolicy(
          issuer,
          audience,
          withoutAudience,
          Map.copyOf(rules),
          type,
          leeway.toSeconds(),
          maxLength);
    }
  }
}
