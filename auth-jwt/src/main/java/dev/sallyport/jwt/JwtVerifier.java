package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.store.SecretDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens of one issuer (RFC 7519): signature, {@code typ}, {@code iss}, {@code aud}, {@code
 * exp}, {@code nbf} and {@code iat}. Safe for many threads.
 *
 * <p>It remembers valid tokens, so that the next use of one costs a hash and a look-up instead of a
 * signature check. Each use still checks the time, and that the same key is still valid.
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
  private final AuthEnvironment environment;
  private final Clock clock;
  private final @Nullable SeenTokens seen;
  private final MemberOrder claimOrder = new MemberOrder(ClaimName.NAMES);
  private final JwtVerifiers alone;

  @SuppressWarnings("this-escape")
  private JwtVerifier(Builder builder) {
    keys = builder.keys;
    policy = builder.policy.finish();
    environment = builder.environment;
    clock = environment.clock();
    seen = builder.maxSeen == 0 ? null : new SeenTokens(builder.maxSeen, builder.maxSeenBytes);
    alone = new JwtVerifiers(List.of(this));
  }

  /**
   * Creates a verifier of one issuer's access tokens, with the defaults of {@link Builder}.
   *
   * @param issuer the {@code iss} that the tokens must have, compared exactly
   * @param audience the name of this API, which their {@code aud} must contain, compared exactly
   * @param keys the issuer's keys, and nobody else's
   * @return the verifier
   * @throws IllegalArgumentException if the issuer or the audience is empty
   */
  public static JwtVerifier of(String issuer, String audience, VerificationKeys keys) {
    return builder(keys).issuer(issuer).audience(audience).build();
  }

  /**
   * Starts building a verifier in the environment of its keys. Issuer and audience must either be
   * set or be explicitly left open.
   *
   * @param keys the issuer's keys, and nobody else's
   * @return a builder
   */
  public static Builder builder(VerificationKeys keys) {
    return builder(keys.environment(), keys);
  }

  /**
   * Starts building a verifier in a different environment from its keys'.
   *
   * @param environment supplies the clock by which tokens expire
   * @param keys the issuer's keys, and nobody else's
   * @return a builder
   */
  public static Builder builder(AuthEnvironment environment, VerificationKeys keys) {
    return new Builder(environment, keys);
  }

  /**
   * Checks one token.
   *
   * @param token the token; it can be anything
   * @return a {@link VerifiedJwt}, or why it is refused
   * @throws dev.sallyport.StoreUnavailableException if no keys are available and none can be
   *     fetched, or the provider that checks signatures has failed
   */
  public JwtResult verify(String token) {
    return alone.verify(token);
  }

  /** For logout: a token whose only fault is that it has expired still identifies its owner. */
  JwtResult verifyEvenExpired(String token) {
    return alone.verifyEvenExpired(token);
  }

  /**
   * Checks a parsed token.
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

  /** A remembered token that is still valid; null for any other. */
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

  AuthEnvironment environment() {
    return environment;
  }

  /** Whether it accepts the same tokens as another verifier, with the same keys. */
  boolean agreesWith(JwtVerifier other) {
    return keys == other.keys && policy.asksLike(other.policy);
  }

  @Override
  public String toString() {
    return "JwtVerifier[" + policy.issuer() + " " + keys + "]";
  }

  /** Builds a {@link JwtVerifier}; not safe for several threads. */
  public static final class Builder {
    private final VerificationKeys keys;
    private final AuthEnvironment environment;
    private final JwtPolicy.Draft policy = new JwtPolicy.Draft();
    private int maxSeen = 10_000;
    private long maxSeenBytes = 32L << 20;

    private Builder(AuthEnvironment environment, VerificationKeys keys) {
      this.environment = Objects.requireNonNull(environment, "environment");
      this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Sets the issuer of the tokens.
     *
     * @param issuer the {@code iss}, compared exactly
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder issuer(String issuer) {
      policy.issuer(issuer);
      return this;
    }

    /**
     * Accepts tokens with any {@code iss}, or none: whoever holds the key is trusted to use any
     * issuer name.
     *
     * @return this
     */
    public Builder acceptAnyIssuer() {
      policy.acceptAnyIssuer();
      return this;
    }

    /**
     * Sets the audience of the tokens.
     *
     * @param audience the value that {@code aud} must contain, compared exactly
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder audience(String audience) {
      policy.audience(audience);
      return this;
    }

    /**
     * Accepts tokens with any {@code aud}, or none: a token that was issued for another API is
     * valid here too.
     *
     * @return this
     */
    public Builder acceptAnyAudience() {
      policy.acceptAnyAudience();
      return this;
    }

    /**
     * Accepts tokens that have no {@code aud}, such as the access tokens of Amazon Cognito. An
     * {@code aud} that is present must still contain the {@link #audience}, and is refused if none
     * is set. A rule ({@link #require}) is needed to tell tokens for this API from others.
     *
     * @return this
     */
    public Builder acceptWithoutAudience() {
      policy.acceptWithoutAudience();
      return this;
    }

    /**
     * Requires a claim to be one of the given strings; a token in which it is absent or anything
     * else is refused with {@link JwtRefusal#WRONG_CLAIM}. If several claims have rules, all must
     * hold. Examples are {@code azp}, {@code client_id}, {@code tid} and {@code token_use}.
     *
     * @param claim a claim that is not registered (RFC 7519 section 4.1), compared exactly
     * @param values the allowed strings, at least one, compared exactly
     * @return this
     * @throws IllegalArgumentException if the claim is registered or empty or already has a rule,
     *     or there are no values
     */
    public Builder require(String claim, String... values) {
      policy.require(claim, values);
      return this;
    }

    /**
     * Sets the type that the header of a token must declare.
     *
     * @param type the {@code typ}, compared without regard to the case of ASCII letters, with or
     *     without {@code application/}; by default {@code at+jwt} (RFC 9068)
     * @return this
     * @throws IllegalArgumentException if it is empty or has control characters
     */
    public Builder type(String type) {
      policy.type(TokenType.of(type));
      return this;
    }

    /**
     * Accepts tokens with any {@code typ}, or none: the issuer's ID tokens or password reset tokens
     * then pass as access tokens if they have the same audience.
     *
     * @return this
     */
    public Builder acceptAnyType() {
      policy.type(null);
      return this;
    }

    /**
     * Sets how far the issuer's clock may differ from this one.
     *
     * @param leeway at most 5 minutes, in whole seconds; by default 30 s
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
     */
    public Builder leeway(Duration leeway) {
      policy.leeway(leeway);
      return this;
    }

    /**
     * Sets the length of the longest token that is considered.
     *
     * @param characters 64 to 1,048,576; by default 8,192
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxLength(int characters) {
      policy.maxLength(characters);
      return this;
    }

    /**
     * Sets how many valid tokens are remembered.
     *
     * @param entries 0 (none) to 10,000,000; by default 10,000
     * @param bytes roughly how much memory they may use, at least 64 KiB; by default 32 MiB
     * @return this
     * @throws IllegalArgumentException if either is out of range
     */
    public Builder remember(int entries, long bytes) {
      if (entries < 0 || entries > 10_000_000 || bytes < 64 << 10) {
        throw new IllegalArgumentException(
            "A verifier can remember 0 to 10000000 tokens in at least 64 KiB, not "
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
     * Remembers no tokens: each use of one checks its signature.
     *
     * @return this
     */
    public Builder rememberNone() {
      this.maxSeen = 0;
      return this;
    }

    /**
     * Builds the verifier.
     *
     * @return the verifier
     * @throws IllegalArgumentException if the issuer or the audience is neither set nor left open,
     *     or is both, or if tokens without an audience are accepted without a rule
     */
    public JwtVerifier build() {
      return new JwtVerifier(this);
    }
  }
}
