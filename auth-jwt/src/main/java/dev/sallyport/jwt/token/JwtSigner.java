package dev.sallyport.jwt.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Secret;
import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.jws.ClaimsSigner;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.key.SigningKeySet;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs claims of the host's own with a type and a lifetime: a download link, an invitation, a call
 * between services. The type (RFC 8725 section 3.11) keeps such a token apart from every other one
 * of the same keys, issuer and audience: it never passes as an access token, nor the reverse. Safe
 * for many threads.
 *
 * <p>A token can be used as often as its holder likes until it expires. To accept it once only,
 * record its {@linkplain VerifiedJwt#id() id} when it is used.
 *
 * <pre>{@code
 * JwtSigner links =
 *     JwtSigner.builder("https://api.example", "https://files.example", keys)
 *         .type("download+jwt")
 *         .lifetime(Duration.ofMinutes(10))
 *         .build();
 * String token = links.sign("report-7.pdf", Map.of("user", "42")).reveal();
 * }</pre>
 */
public final class JwtSigner {
  private static final int ID_BYTES = 16;

  private final String issuer;
  private final String audience;
  private final SigningKeySet keys;
  private final TokenType type;
  private final Duration lifetime;
  private final int maxLength;
  private final ClaimsSigner signer;

  private JwtSigner(Builder builder, TokenType type, Duration lifetime) {
    this.issuer = builder.issuer;
    this.audience = builder.audience;
    this.keys = builder.keys;
    this.type = type;
    this.lifetime = lifetime;
    this.maxLength = builder.maxLength;
    this.signer = new ClaimsSigner(keys, type.name(), issuer, audience);
  }

  /**
   * Starts building a signer. Its type and lifetime must be set.
   *
   * @param issuer the {@code iss}: the URL or name of this host
   * @param audience the {@code aud}: the name of the one that accepts the tokens; possibly this
   *     host
   * @param keys the signing keys, which can be those of a {@link
   *     dev.sallyport.jwt.key.JwtKeys#signing JwtKeys}; verifiers need the same ones, or what they
   *     publish
   * @return a builder
   * @throws IllegalArgumentException if the issuer or the audience is empty
   */
  public static Builder builder(String issuer, String audience, SigningKeySet keys) {
    return new Builder(issuer, audience, keys);
  }

  /**
   * Signs a token without claims of the host's own.
   *
   * @param subject as for {@link #sign(String, Map)}
   * @return the token
   */
  public Secret sign(String subject) {
    return sign(subject, Map.of());
  }

  /**
   * Signs a token with {@code iss}, {@code sub}, {@code aud}, {@code exp}, {@code iat}, a random
   * {@code jti}, and claims of the host's own. Whoever holds the token can read and use it.
   *
   * @param subject what the token is about or for, its {@code sub}; not empty
   * @param claims strings, booleans, {@link Integer}, {@link Long}, finite {@link Double}, and
   *     collections and maps of them, under names that are not registered (RFC 7519 section 4.1)
   * @return the token in compact form (RFC 7515 section 7.1): ASCII letters, digits, {@code -},
   *     {@code _} and two dots, which a URL can hold as they are
   * @throws IllegalArgumentException if the subject is empty, or a claim is registered or can't be
   *     written
   * @throws IllegalStateException if the token would be too long
   * @throws dev.sallyport.StoreUnavailableException if the key's provider or service can't sign
   */
  public Secret sign(String subject, Map<String, ?> claims) {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("The subject of a token must not be empty");
    }
    for (String name : claims.keySet()) {
      if (VerifiedJwt.REGISTERED_CLAIMS.contains(name)) {
        throw new IllegalArgumentException(
            "The claim '" + name + "' is registered, and set by the signer only");
      }
    }
    byte[] id = new byte[ID_BYTES];
    keys.environment().random().nextBytes(id);
    long now = keys.environment().now().getEpochSecond();
    return Secret.of(
        signer.sign(
            subject, Base64Url.encode(id), now, now + lifetime.toSeconds(), claims, maxLength));
  }

  /**
   * Starts building a verifier of these tokens, in the environment of the keys.
   *
   * @return a builder with the issuer, audience, type and keys set
   */
  public JwtVerifier.Builder verifier() {
    return verifier(keys.environment());
  }

  /**
   * Starts building a verifier of these tokens.
   *
   * @param environment supplies the clock by which tokens expire
   * @return a builder with the issuer, audience, type and keys set
   */
  public JwtVerifier.Builder verifier(AuthEnvironment environment) {
    return JwtVerifier.builder(environment, keys)
        .issuer(issuer)
        .audience(audience)
        .type(type.name());
  }

  @Override
  public String toString() {
    return "JwtSigner[" + issuer + " " + type.name() + "]";
  }

  /** Builds a {@link JwtSigner}; not safe for several threads. */
  public static final class Builder {
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);

    private final String issuer;
    private final String audience;
    private final SigningKeySet keys;
    private @Nullable TokenType type;
    private @Nullable Duration lifetime;
    private int maxLength = ClaimsSigner.DEFAULT_MAX_LENGTH;

    private Builder(String issuer, String audience, SigningKeySet keys) {
      if (issuer.isEmpty() || audience.isEmpty()) {
        throw new IllegalArgumentException("A signer needs an issuer and an audience");
      }
      this.issuer = issuer;
      this.audience = audience;
      this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Sets what the tokens are for: the {@code typ} of their header, which verifiers demand. Each
     * purpose needs a type of its own.
     *
     * @param type a name of the host's that ends in {@code +jwt}, such as {@code download+jwt}, of
     *     at most 127 ASCII letters, digits and {@code !#$&-^_.+}; in lower case in the header. A
     *     leading {@code application/} is left out (RFC 7515 section 4.1.9)
     * @return this
     * @throws IllegalArgumentException if it is anything else, or has a meaning in a specification,
     *     such as {@code at+jwt} or {@code logout+jwt}
     */
    public Builder type(String type) {
      this.type = TokenType.own(type);
      return this;
    }

    /**
     * Sets how long a token is valid. Nothing ends it earlier, except withdrawing its key.
     *
     * @param lifetime 1 second to 366 days, cut to whole seconds
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder lifetime(Duration lifetime) {
      if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "A token must live 1 second to 366 days, not " + lifetime);
      }
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Sets the maximum length of a token.
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
     * Builds the signer.
     *
     * @return the signer
     * @throws IllegalArgumentException if the type or the lifetime is not set, or the keys are the
     *     secrets of refresh tokens
     */
    public JwtSigner build() {
      if (type == null || lifetime == null) {
        throw new IllegalArgumentException("A signer needs a type and a lifetime");
      }
      return new JwtSigner(this, type, lifetime);
    }
  }
}
