package dev.sallyport.jwt.refresh;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.jws.ClaimsSigner;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Issues access tokens (RFC 9068), which are short-lived and are verified without a store. {@link
 * RefreshFamilies} hands them out. Safe for many threads.
 *
 * <pre>{@code
 * JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys);
 * }</pre>
 */
public final class JwtIssuer {
  /** The shortest limit that can be set for the length of a token, in characters. */
  public static final int MIN_MAX_LENGTH = ClaimsSigner.MIN_MAX_LENGTH;

  /** The longest token that is issued by default, in characters. */
  public static final int DEFAULT_MAX_LENGTH = ClaimsSigner.DEFAULT_MAX_LENGTH;

  private final String issuer;
  private final String audience;
  private final String clientId;
  private final SigningKeySet keys;
  private final Duration lifetime;
  private final int maxLength;
  private final Function<? super User, ? extends Map<String, ?>> extra;
  private final ClaimsSigner signer;

  private JwtIssuer(Builder builder) {
    issuer = builder.issuer;
    audience = builder.audience;
    clientId = builder.clientId;
    keys = builder.keys;
    lifetime = builder.lifetime;
    maxLength = builder.maxLength;
    extra = builder.extra;
    signer = new ClaimsSigner(keys, TokenType.ACCESS, issuer, audience);
  }

  /**
   * Creates an issuer with the defaults of {@link Builder}.
   *
   * @param issuer the {@code iss}: the URL of this host
   * @param audience the {@code aud}: the name of the API that accepts the tokens
   * @param keys the signing keys; verifiers need the same ones, or what they publish
   * @return the issuer
   * @throws IllegalArgumentException if the issuer or the audience is empty, or the keys are the
   *     secrets of refresh tokens
   */
  public static JwtIssuer of(String issuer, String audience, SigningKeySet keys) {
    return builder(issuer, audience, keys).build();
  }

  /**
   * Starts building an issuer with options.
   *
   * @param issuer the {@code iss}: the URL of this host
   * @param audience the {@code aud}: the name of the API that accepts the tokens
   * @param keys the signing keys; verifiers need the same ones, or what they publish
   * @return a builder
   * @throws IllegalArgumentException if the issuer or the audience is empty
   */
  public static Builder builder(String issuer, String audience, SigningKeySet keys) {
    return new Builder(issuer, audience, keys);
  }

  /**
   * Starts building a verifier of the tokens of this issuer, in the environment of its keys.
   *
   * @return a builder with the issuer, audience and keys set
   */
  public JwtVerifier.Builder verifier() {
    return verifier(keys.environment());
  }

  /**
   * Starts building a verifier of the tokens of this issuer.
   *
   * @param environment supplies the clock by which tokens expire
   * @return a builder with the issuer, audience and keys set
   */
  public JwtVerifier.Builder verifier(AuthEnvironment environment) {
    return JwtVerifier.builder(environment, keys).issuer(issuer).audience(audience);
  }

  /** {@return the keys that sign and verify} */
  public SigningKeySet keys() {
    return keys;
  }

  /**
   * Says who a token of this issuer is for, as {@link dev.sallyport.jwt.JwtAuthenticator} does.
   *
   * @param jwt a token that a {@link #verifier()} has verified
   * @param scheme the name of the authenticator
   * @return the user and the login; empty if the claims are not those of an access token
   */
  public Optional<Authenticated.Builder> identify(VerifiedJwt jwt, String scheme) {
    return AccessClaims.read(jwt, scheme);
  }

  /**
   * Issues a token.
   *
   * @param id its {@code jti}
   * @param room the maximum length, if it is less than the configured limit
   * @throws IllegalArgumentException if the host's claims can't be written
   * @throws IllegalStateException if it would be too long
   */
  AccessToken issue(User user, TokenRecord family, String id, Instant now, int room) {
    Instant expires = expiry(family, now);
    Map<String, Object> claims = AccessClaims.of(clientId, user, family);
    claims.putAll(added(user));
    String token =
        signer.sign(
            user.id(),
            id,
            now.getEpochSecond(),
            expires.getEpochSecond(),
            claims,
            Math.min(maxLength, room));
    return new AccessToken(token, expires);
  }

  /** The lifetime after {@code iat}, in whole seconds, but never beyond the end of the family. */
  private Instant expiry(TokenRecord family, Instant now) {
    Instant end = Instant.ofEpochSecond(now.getEpochSecond() + lifetime.toSeconds());
    Instant familyEnd = family.expiresAt().orElseThrow(); // a family always has one
    Instant last = Instant.ofEpochSecond(familyEnd.getEpochSecond());
    return end.isAfter(last) ? last : end;
  }

  private Map<String, ?> added(User user) {
    Map<String, ?> added =
        Objects.requireNonNull(extra.apply(user), "JwtIssuer.Builder.claims returned null");
    for (String name : added.keySet()) {
      if (AccessClaims.isReserved(name)) {
        throw new IllegalArgumentException(
            "The claim '" + name + "' can be set by the issuer only");
      }
    }
    return added;
  }

  @Override
  public String toString() {
    return "JwtIssuer[" + issuer + "]";
  }

  /** Builds a {@link JwtIssuer}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MAX_LIFETIME = Duration.ofHours(1);

    private final String issuer;
    private final String audience;
    private final SigningKeySet keys;
    private String clientId;
    private Duration lifetime = Duration.ofMinutes(5);
    private int maxLength = DEFAULT_MAX_LENGTH;
    private Function<? super User, ? extends Map<String, ?>> extra = user -> Map.of();

    private Builder(String issuer, String audience, SigningKeySet keys) {
      if (issuer.isEmpty() || audience.isEmpty()) {
        throw new IllegalArgumentException("An issuer needs a name and an audience");
      }
      this.issuer = issuer;
      this.audience = audience;
      this.clientId = issuer;
      this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Sets the client that tokens are issued to: their {@code client_id} (RFC 9068 section 2.2).
     *
     * @param clientId the name by which other APIs know the application that users log in to; by
     *     default the issuer, because the host itself is the only client, and no user has that id
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder clientId(String clientId) {
      if (clientId.isEmpty()) {
        throw new IllegalArgumentException("The client_id can't be empty");
      }
      this.clientId = clientId;
      return this;
    }

    /**
     * Sets how long a token lives. Until it expires it stays valid, even if its user has logged
     * out.
     *
     * @param lifetime 1 second to 1 hour, cut to whole seconds; by default 5 minutes
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder lifetime(Duration lifetime) {
      if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "An access token must live 1 second to 1 hour, not " + lifetime);
      }
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Adds the host's own claims. Anyone who holds the token can read them.
     *
     * @param claims returns the claims to add for a user: strings, booleans, {@link Integer},
     *     {@link Long}, finite {@link Double}, and collections and maps of them, under names that
     *     the issuer does not use itself; never null
     * @return this
     */
    public Builder claims(Function<? super User, ? extends Map<String, ?>> claims) {
      this.extra = Objects.requireNonNull(claims, "claims");
      return this;
    }

    /**
     * Sets the maximum length of a token, which is sent with every request.
     *
     * @param characters 1,024 to 8,192; by default 4,096
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxLength(int characters) {
      this.maxLength = ClaimsSigner.checkedMaxLength(characters, JwtVerifier.DEFAULT_MAX_LENGTH);
      return this;
    }

    /**
     * Builds the issuer.
     *
     * @return the issuer
     * @throws IllegalArgumentException if the keys are the secrets of refresh tokens
     */
    public JwtIssuer build() {
      return new JwtIssuer(this);
    }
  }
}
