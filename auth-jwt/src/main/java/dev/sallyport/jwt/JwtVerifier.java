package dev.sallyport.jwt;

import dev.sallyport.store.SecretDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens of one issuer (RFC 7519): signature, {@code typ}, {@code iss}, {@code aud}, {@code
 * exp}, {@code nbf} and {@code iat}. Safe for many threads.
 *
 * <p>It remembers tokens that it has found good, so that the next use of one costs a hash and a
 * look-up in place of a signature. At every use the time is asked, and whether the very key still
 * verifies.
 *
 * <pre>{@code
 * JwtVerifier verifier = JwtVerifier.of("https://idp.example", "https://api.example", keys);
 * if (verifier.verify(token) instanceof VerifiedJwt jwt) {
 *   String subject = jwt.subject();
 * }
 * }</pre>
 */
public final class JwtVerifier {
  private final VerificationKeys keys;
  private final JwtPolicy policy;
  private final Clock clock;
  private final @Nullable SeenTokens seen;
  private final MemberOrder claimOrder = new MemberOrder(ClaimName.NAMES);
  private final JwtVerifiers alone;

  @SuppressWarnings("this-escape")
  private JwtVerifier(Builder builder) {
    keys = builder.keys;
    policy = builder.policy();
    clock = builder.clock;
    seen = builder.maxSeen == 0 ? null : new SeenTokens(builder.maxSeen, builder.maxSeenBytes);
    alone = new JwtVerifiers(List.of(this));
  }

  /**
   * A verifier of access tokens of one issuer, with the defaults of {@link Builder}.
   *
   * @param issuer the {@code iss} that they have, compared exactly
   * @param audience what their {@code aud} holds, compared exactly: the name of this API
   * @param keys the issuer's keys, and nobody else's
   * @return the verifier
   * @throws IllegalArgumentException if the issuer or the audience is empty
   */
  public static JwtVerifier of(String issuer, String audience, VerificationKeys keys) {
    return builder(keys).issuer(issuer).audience(audience).build();
  }

  /**
   * A verifier with options. Issuer and audience must be set, or be left open on purpose.
   *
   * @param keys the issuer's keys, and nobody else's
   * @return a builder
   */
  public static Builder builder(VerificationKeys keys) {
    return new Builder(keys);
  }

  /**
   * Checks one token.
   *
   * @param token the token; it can be anything
   * @return a {@link VerifiedJwt}, or why it is refused
   * @throws dev.sallyport.StoreUnavailableException if the keys can't be fetched, and none are at
   *     hand, or the provider that checks signatures is out of order
   */
  public JwtResult verify(String token) {
    return alone.verify(token);
  }

  /** For who logs out: a token whose only fault is its expiry still says whose it is. */
  JwtResult verifyEvenExpired(String token) {
    return alone.verifyEvenExpired(token);
  }

  /**
   * Checks a token that has been parsed.
   *
   * @param early its claims, if they have been read already
   */
  JwtResult verify(CompactJws jws, @Nullable Claims early, boolean evenExpired) {
    if (jws.text.length > policy.maxLength()) {
      return new JwtResult.Refused(JwtRefusal.OVERSIZED);
    }
    Instant now = clock.instant();
    VerificationKey key = keys.find(jws.header, now);
    JwsRefusal refusal = JwsVerifier.refusal(key, jws);
    if (key == null || refusal != null) {
      return new JwtResult.Refused(JwtRefusal.of(Objects.requireNonNull(refusal)));
    }
    Claims claims = early == null ? Claims.parse(jws.payload, keys.areOurs(), claimOrder) : early;
    JwtRefusal fault =
        claims == null ? JwtRefusal.BAD_CLAIMS : policy.judge(jws.header, claims, now, evenExpired);
    return claims == null || fault != null
        ? new JwtResult.Refused(Objects.requireNonNull(fault))
        : new VerifiedJwt(this, key, claims);
  }

  boolean remembers() {
    return seen != null;
  }

  /** A token that was good before and is so still; null for any other. */
  @Nullable VerifiedJwt recall(SecretDigest token) {
    VerifiedJwt jwt = seen == null ? null : seen.find(token);
    if (jwt == null) {
      return null;
    }
    Instant now = clock.instant();
    if (policy.hasExpired(jwt.expirySecond(), now) || !keys.holds(jwt.key(), now)) {
      Objects.requireNonNull(seen).remove(token);
      return null;
    }
    return jwt;
  }

  void remember(SecretDigest token, VerifiedJwt jwt, int length) {
    if (seen != null) {
      seen.add(token, jwt, length);
    }
  }

  JwtPolicy policy() {
    return policy;
  }

  Instant now() {
    return clock.instant();
  }

  /** Whether it takes what another takes, by the same keys. */
  boolean agreesWith(JwtVerifier other) {
    return keys == other.keys && policy.asksLike(other.policy);
  }

  @Override
  public String toString() {
    return "JwtVerifier[" + policy.issuer() + " " + keys + "]";
  }

  /** Builds a {@link JwtVerifier}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    private final VerificationKeys keys;
    private @Nullable String issuer;
    private boolean anyIssuer;
    private @Nullable String audience;
    private boolean anyAudience;
    private boolean withoutAudience;
    private final Map<String, Set<String>> rules = new HashMap<>();
    private @Nullable TokenType type = TokenType.of(TokenType.ACCESS);
    private Duration leeway = Duration.ofSeconds(30);
    private int maxLength = JwsVerifier.MAX_LENGTH;
    private int maxSeen = 10_000;
    private long maxSeenBytes = 32L << 20;
    private Clock clock = Clock.systemUTC();

    private Builder(VerificationKeys keys) {
      this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Sets who issues the tokens.
     *
     * @param issuer the {@code iss}, compared exactly
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder issuer(String issuer) {
      this.issuer = named("issuer", issuer);
      return this;
    }

    /**
     * Takes tokens whatever their {@code iss} is, even none: whoever has the key is trusted with
     * any name.
     *
     * @return this
     */
    public Builder acceptAnyIssuer() {
      this.anyIssuer = true;
      return this;
    }

    /**
     * Sets whom the tokens are for.
     *
     * @param audience what the {@code aud} must hold, compared exactly
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder audience(String audience) {
      this.audience = named("audience", audience);
      return this;
    }

    /**
     * Takes tokens whatever their {@code aud} is, even none: what the issuer has made for another
     * API is good here too.
     *
     * @return this
     */
    public Builder acceptAnyAudience() {
      this.anyAudience = true;
      return this;
    }

    /**
     * Takes tokens that have no {@code aud}, such as the access tokens of Amazon Cognito. One that
     * has an {@code aud} must still hold {@link #audience}, and is refused where none is set. It
     * takes a rule ({@link #require}) to tell tokens for this API from others.
     *
     * @return this
     */
    public Builder acceptWithoutAudience() {
      this.withoutAudience = true;
      return this;
    }

    /**
     * Requires a claim to be one of some strings; a token in which it is absent or anything else is
     * refused as {@link JwtRefusal#WRONG_CLAIM}. Rules on several claims must all hold. Examples
     * are {@code azp}, {@code client_id}, {@code tid} and {@code token_use}.
     *
     * @param claim a claim that is not registered (RFC 7519 section 4.1), compared exactly
     * @param values the strings that it may be, at least one, compared exactly
     * @return this
     * @throws IllegalArgumentException if the claim is registered or empty, has a rule already, or
     *     there are no values
     */
    public Builder require(String claim, String... values) {
      ClaimPath.of(claim);
      if (values.length == 0 || rules.putIfAbsent(claim, Set.copyOf(List.of(values))) != null) {
        throw new IllegalArgumentException(
            "'" + claim + "' needs one rule, with at least one value");
      }
      return this;
    }

    private static String named(String what, String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("The " + what + " of tokens is empty");
      }
      return name;
    }

    /**
     * Sets what the header must say that a token is.
     *
     * @param type the {@code typ}, compared by ASCII letters without regard to their case, with or
     *     without {@code application/}; by default {@code at+jwt} (RFC 9068)
     * @return this
     * @throws IllegalArgumentException if it is empty or has control characters
     */
    public Builder type(String type) {
      this.type = TokenType.of(type);
      return this;
    }

    /**
     * Takes tokens whatever their {@code typ} is, even none: an ID token of the issuer, or a token
     * for a password reset, is taken for an access token if the audience is the same.
     *
     * @return this
     */
    public Builder acceptAnyType() {
      this.type = null;
      return this;
    }

    /**
     * Sets how far the issuer's clock may be from this one.
     *
     * @param leeway at most 5 minutes, in whole seconds; by default 30 s
     * @return this
     * @throws IllegalArgumentException if it is negative or more
     */
    public Builder leeway(Duration leeway) {
      if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
        throw new IllegalArgumentException("The leeway must be 0 to 5 minutes, not " + leeway);
      }
      this.leeway = leeway;
      return this;
    }

    /**
     * Sets the longest token that is looked at.
     *
     * @param characters 64 to 1,048,576; by default 8,192
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxLength(int characters) {
      this.maxLength = JwsVerifier.checkMaxLength(characters);
      return this;
    }

    /**
     * Sets how many tokens are remembered that were good.
     *
     * @param entries 0 for none, to 10,000,000; by default 10,000
     * @param bytes about how much memory they may take, at least 64 KiB; by default 32 MiB
     * @return this
     * @throws IllegalArgumentException if either is out of range
     */
    public Builder remember(int entries, long bytes) {
      if (entries < 0 || entries > 10_000_000 || bytes < 64 << 10) {
        throw new IllegalArgumentException(
            "0 to 10000000 tokens are remembered, in at least 64 KiB, not "
                + entries
                + " in "
                + bytes
                + " bytes");
      }
      this.maxSeen = entries;
      this.maxSeenBytes = bytes;
      return this;
    }

    /**
     * Remembers no tokens: every use of one checks its signature.
     *
     * @return this
     */
    public Builder rememberNone() {
      this.maxSeen = 0;
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    private JwtPolicy policy() {
      boolean open = audience == null && !withoutAudience;
      if ((issuer == null) != anyIssuer || open != anyAudience) {
        throw new IllegalArgumentException(
            "Issuer and audience are each to be set, or left open by acceptAnyIssuer and"
                + " acceptAnyAudience; not both, and not neither");
      }
      if (withoutAudience && rules.isEmpty()) {
        throw new IllegalArgumentException(
            "Tokens without an audience are taken only where a rule says which: require a claim");
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

    /**
     * Makes it.
     *
     * @return the verifier
     * @throws IllegalArgumentException if issuer or audience was forgotten, or both set and left
     *     open
     */
    public JwtVerifier build() {
      return new JwtVerifier(this);
    }
  }
}
