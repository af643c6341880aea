package dev.sallyport.jwt.token;

import dev.sallyport.jwt.jws.TokenType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a token's claims, whether they are signed (RFC 7519) or the answer of a
 * server (RFC 7662); not safe for several threads.
 *
 * @param <B> the builder that has these options
 */
public abstract sealed class ClaimRules<B extends ClaimRules<B>>
    permits JwtVerifier.Builder, TokenIntrospector.Builder {
  private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

  @Nullable String issuer;
  boolean anyIssuer;
  boolean withoutAudience;
  @Nullable TokenType type = TokenType.of(TokenType.ACCESS);
  int maxLength = JwtVerifier.DEFAULT_MAX_LENGTH;
  int maxSeen = 10_000;
  long maxSeenBytes = 32L << 20;

  private final int fewestSeen;
  private @Nullable String audience;
  private boolean anyAudience;
  private final Map<String, Set<String>> rules = new HashMap<>();
  private Duration leeway = Duration.ofSeconds(30);

  ClaimRules(int fewestSeen) {
    this.fewestSeen = fewestSeen;
  }

  @SuppressWarnings("unchecked") // each builder extends the rules of itself
  final B self() {
    return (B) this;
  }

  static String named(String what, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("The " + what + " must not be empty");
    }
    return name;
  }

  /**
   * Sets the audience of the tokens.
   *
   * @param audience the value that {@code aud} must contain, compared exactly
   * @return this
   * @throws IllegalArgumentException if it is empty
   */
  public final B audience(String audience) {
    this.audience = named("audience", audience);
    return self();
  }

  /**
   * Accepts tokens with any {@code aud}, or none: a token that was issued for another API is valid
   * here too, unless a server is asked that tells its callers apart (RFC 7662 section 4).
   *
   * @return this
   */
  public final B acceptAnyAudience() {
    this.anyAudience = true;
    return self();
  }

  /**
   * Requires a claim to be one of the given strings; a token in which it is absent or anything else
   * is refused with {@link JwtRefusal#WRONG_CLAIM}. If several claims have rules, all must hold.
   * Examples are {@code azp}, {@code client_id}, {@code tid} and {@code token_use}.
   *
   * @param claim a claim that is not registered (RFC 7519 section 4.1), compared exactly
   * @param values the allowed strings, at least one, compared exactly
   * @return this
   * @throws IllegalArgumentException if the claim is registered or empty or already has a rule, or
   *     there are no values
   */
  public final B require(String claim, String... values) {
    ClaimPath.of(claim);
    if (values.length == 0 || rules.putIfAbsent(claim, Set.copyOf(List.of(values))) != null) {
      throw new IllegalArgumentException("'" + claim + "' needs one rule, with at least one value");
    }
    return self();
  }

  /**
   * Sets how far the issuer's clock may differ from this one.
   *
   * @param leeway at most 5 minutes, in whole seconds; by default 30 s
   * @return this
   * @throws IllegalArgumentException if it is negative or longer
   */
  public final B leeway(Duration leeway) {
    if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException("The leeway must be 0 to 5 minutes, not " + leeway);
    }
    this.leeway = leeway;
    return self();
  }

  /**
   * Sets how many valid tokens are remembered. Where a server is asked, 10,000 refused ones are
   * remembered besides.
   *
   * @param entries up to 10,000,000, and at least 1 where a server is asked; by default 10,000
   * @param bytes roughly how much memory they may use, at least 64 KiB; by default 32 MiB
   * @return this
   * @throws IllegalArgumentException if either is out of range
   */
  public final B remember(int entries, long bytes) {
    if (entries < fewestSeen || entries > 10_000_000 || bytes < 64 << 10) {
      throw new IllegalArgumentException(
          fewestSeen
              + " to 10000000 tokens can be remembered in at least 64 KiB, not "
              + entries
              + " in "
              + bytes
              + " bytes");
    }
    this.maxSeen = entries;
    this.maxSeenBytes = bytes;
    return self();
  }

  /**
   * Checks that nothing was forgotten.
   *
   * @throws IllegalArgumentException if the issuer or the audience is neither set nor left open, or
   *     is both, or a missing audience is accepted without a rule
   */
  final JwtPolicy policy() {
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
        issuer, audience, withoutAudience, Map.copyOf(rules), type, leeway.toSeconds(), maxLength);
  }
}
