package dev.sallyport.jwt.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.VerificationKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Checks tokens (RFC 7519) of one issuer or of several: signature, {@code typ}, {@code iss}, {@code
 * aud}, {@code exp}, {@code nbf} and {@code iat}. Safe for many threads.
 *
 * <p>It does not look at {@code cnf} (RFC 7800): whoever accepts tokens by a verifier alone must
 * refuse those that have it, because anyone could have copied them.
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
  /** The longest token that is considered by default, in characters. */
  public static final int DEFAULT_MAX_LENGTH = 8 * 1024;

  /** The shortest limit that can be set for the length of a token, in characters. */
  public static final int MIN_MAX_LENGTH = 64;

  private final Issuers issuers;

  private JwtVerifier(List<Issuer> issuers) {
    this.issuers = new Issuers(issuers, false);
  }

  Issuers all() {
    return issuers;
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
   * Starts building a verifier of an issuer that publishes where its keys are, as {@link
   * RemoteKeySet#discovering} describes. The issuer is set; the audience is not.
   *
   * @param environment supplies the clock by which tokens expire, and is notified of faults
   * @param issuer the {@code iss} that the tokens must have: an https URL, or an http URL of this
   *     machine, without query and fragment
   * @return a builder
   * @throws IllegalArgumentException if the issuer is anything else
   */
  public static Builder discovering(AuthEnvironment environment, String issuer) {
    return builder(RemoteKeySet.discovering(environment, issuer).build()).issuer(issuer);
  }

  /**
   * Joins verifiers of different issuers. A token is parsed once, and its {@code iss} decides,
   * before its signature is checked, whose keys are asked.
   *
   * @param verifiers at least one; each of a different issuer, which it names
   * @return the verifier
   * @throws IllegalArgumentException if there are none, or an issuer is not named or appears twice
   */
  public static JwtVerifier anyOf(JwtVerifier... verifiers) {
    if (verifiers.length == 0) {
      throw new IllegalArgumentException("A verifier without an issuer would refuse everything");
    }
    return new JwtVerifier(
        Arrays.stream(verifiers).flatMap(verifier -> verifier.issuers.all().stream()).toList());
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
    return issuers.verify(token, Issuers.NOBODY);
  }

  /**
   * Recalls a token that was found valid before, without blocking.
   *
   * @param token the token; it can be anything
   * @return the token; empty if it isn't remembered or is no longer valid, and once a second for
   *     keys in a file, at which {@link #verify} then looks
   */
  public Optional<VerifiedJwt> recall(String token) {
    return Optional.ofNullable(issuers.recall(token));
  }

  /**
   * Checks one token like {@link #verify}, but accepts it even if it has expired. For logout alone:
   * a token whose only fault is that it has expired still identifies whose login is to end.
   *
   * @param token the token; it can be anything
   * @return a {@link VerifiedJwt}, or why it is refused
   * @throws dev.sallyport.StoreUnavailableException as for {@link #verify}
   */
  public JwtResult verifyEvenExpired(String token) {
    return issuers.verifyEvenExpired(token);
  }

  /**
   * Compares what two verifiers ask, but for leeway, length and rules.
   *
   * @param other another verifier
   * @return whether both trust the same keys, and ask for the same issuer, audience and type
   */
  public boolean asksLike(JwtVerifier other) {
    return issuers.asksLike(other.issuers);
  }

  /** {@return the issuers whose tokens are accepted; empty if it is one, and any is accepted} */
  public Set<String> issuers() {
    return issuers.names();
  }

  /** {@return the environment of its first issuer} */
  public AuthEnvironment environment() {
    return issuers.all().get(0).environment();
  }

  @Override
  public String toString() {
    return "JwtVerifier" + issuers.all();
  }

  /** Builds a {@link JwtVerifier}; not safe for several threads. */
  public static final class Builder extends ClaimRules<Builder> {
    private final VerificationKeys keys;
    private final AuthEnvironment environment;

    private Builder(AuthEnvironment environment, VerificationKeys keys) {
      super(0);
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
      this.issuer = named("issuer", issuer);
      return this;
    }

    /**
     * Accepts tokens with any {@code iss}, or none: whoever holds the key is trusted to use any
     * issuer name.
     *
     * @return this
     */
    public Builder acceptAnyIssuer() {
      this.anyIssuer = true;
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
      this.withoutAudience = true;
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
      this.type = TokenType.of(type);
      return this;
    }

    /**
     * Accepts tokens with any {@code typ}, or none: the issuer's ID tokens or password reset tokens
     * then pass as access tokens if they have the same audience.
     *
     * @return this
     */
    public Builder acceptAnyType() {
      this.type = null;
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
      if (characters < MIN_MAX_LENGTH || characters > 1 << 20) {
        throw new IllegalArgumentException("The limit must be 64 to 1048576, not " + characters);
      }
      this.maxLength = characters;
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
      SeenTokens<VerifiedJwt> seen =
          maxSeen == 0 ? null : new SeenTokens<>(maxSeen, maxSeenBytes, VerifiedJwt::isStillValid);
      return new JwtVerifier(List.of(new Issuer(environment, keys, policy(), seen)));
    }
  }
}
