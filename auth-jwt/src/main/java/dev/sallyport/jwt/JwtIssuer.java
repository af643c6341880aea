package dev.sallyport.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens (RFC 9068), which are short-lived and are verified without a store. {@link
 * RefreshFamilies} hands them out. Safe for many threads.
 *
 * <pre>{@code
 * JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys);
 * }</pre>
 */
public final class JwtIssuer {
  static final int MIN_MAX_LENGTH = 1024;
  static final int DEFAULT_MAX_LENGTH = 4096;

  private final String issuer;
  private final String audience;
  private final String clientId;
  private final SigningKeySet keys;
  private final Duration lifetime;
  private final int maxLength;
  private final Function<? super User, ? extends Map<String, ?>> extra;
  private volatile @Nullable Signer signer;

  /** A signer for the current signing key. */
  private record Signer(SigningKey key, JwsSigner jws) {}

  private JwtIssuer(Builder builder) {
    issuer = builder.issuer;
    audience = builder.audience;
    clientId = builder.clientId;
    keys = builder.keys;
    lifetime = builder.lifetime;
    maxLength = builder.maxLength;
    extra = builder.extra;
  }

  /**
   * Creates an issuer with the defaults of {@link Builder}.
   *
   * @param issuer the {@code iss}: the URL of this host
   * @param audience the {@code aud}: the name of the API that accepts the tokens
   * @param keys the signing keys; verifiers need the same ones, or what they publish
   * @return the issuer
   * @throws IllegalArgumentException if the issuer or the audience is empty
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

  JwtVerifier.Builder verifier(AuthEnvironment environment) {
    return JwtVerifier.builder(environment, keys).issuer(issuer).audience(audience);
  }

  /** {@return the keys that sign and verify} */
  public SigningKeySet keys() {
    return keys;
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
    Map<String, ?> added = added(user);
    String token = signer().sign(claims(user, family, id, now, expires, added));
    int most = Math.min(maxLength, room);
    if (token.length() > most) {
      throw tooLong(user, family, token.length(), most, added);
    }
    return new AccessToken(token, expires);
  }

  /** The lifetime after {@code iat}, in whole seconds, but never beyond the end of the family. */
  private Instant expiry(TokenRecord family, Instant now) {
    Instant end = Instant.ofEpochSecond(now.getEpochSecond() + lifetime.toSeconds());
    Instant last = Instant.ofEpochSecond(end(family).getEpochSecond());
    return end.isAfter(last) ? last : end;
  }

  private static Instant end(TokenRecord family) {
    return family.expiresAt().orElseThrow(); // a family always has one
  }

  private byte[] claims(
      User user,
      TokenRecord family,
      String id,
      Instant now,
      Instant expires,
      Map<String, ?> added) {
    try {
      ClaimsWriter claims =
          new ClaimsWriter()
              .text(ClaimName.ISSUER, issuer)
              .text(ClaimName.SUBJECT, user.id())
              .text(ClaimName.AUDIENCE, audience)
              .text(ClaimName.CLIENT, clientId)
              .number(ClaimName.EXPIRES_AT, expires.getEpochSecond())
              .number(ClaimName.ISSUED_AT, now.getEpochSecond())
              .text(ClaimName.ID, id)
              .text(ClaimName.SESSION, family.id())
              .number(ClaimName.EPOCH, user.epoch())
              .number(ClaimName.AUTHENTICATED_AT, family.authenticatedAt().getEpochSecond())
              .number(ClaimName.SESSION_EXPIRES_AT, end(family).getEpochSecond())
              .text(ClaimName.USERNAME, user.name())
              .texts(ClaimName.ROLES, user.principal().roles());
      if (family.scopes().isPresent()) {
        claims.text(ClaimName.SCOPE, String.join(" ", family.scopes().get()));
      }
      for (Map.Entry<String, ?> entry : added.entrySet()) {
        claims.any(entry.getKey(), entry.getValue());
      }
      return claims.end();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory can't fail", e);
    }
  }

  private Map<String, ?> added(User user) {
    Map<String, ?> added =
        Objects.requireNonNull(extra.apply(user), "JwtIssuer.Builder.claims returned null");
    for (String name : added.keySet()) {
      if (ClaimName.NAMES.placeOf(name) != MemberNames.NONE) {
        throw new IllegalArgumentException(
            "The claim '" + name + "' can be set by the issuer only");
      }
    }
    return added;
  }

  private JwsSigner signer() {
    SigningKey current = keys.current();
    Signer ready = signer;
    if (ready == null || ready.key != current) {
      ready = new Signer(current, JwsSigner.of(current).withType(TokenType.ACCESS));
      signer = ready;
    }
    return ready.jws;
  }

  private static IllegalStateException tooLong(
      User user, TokenRecord family, int length, int most, Map<String, ?> added) {
    Map<String, @Nullable Object> claims = new HashMap<>(added);
    claims.put(ClaimName.ROLES.text, user.principal().roles());
    claims.put(ClaimName.USERNAME.text, user.name());
    claims.put(ClaimName.SCOPE.text, String.join(" ", family.scopes().orElse(Set.of())));
    String largest = "";
    int largestSize = 0;
    for (Map.Entry<String, @Nullable Object> claim : claims.entrySet()) {
      int size = ClaimsWriter.size(claim.getKey(), claim.getValue());
      if (size > largestSize) {
        largestSize = size;
        largest = claim.getKey();
      }
    }
    return new IllegalStateException(
        "The access token would have "
            + length
            + " characters, more than "
            + most
            + "; its largest claim is '"
            + largest
            + "'");
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
      if (characters < MIN_MAX_LENGTH || characters > JwsVerifier.MAX_LENGTH) {
        throw new IllegalArgumentException(
            "The limit must be 1024 to " + JwsVerifier.MAX_LENGTH + ", not " + characters);
      }
      this.maxLength = characters;
      return this;
    }

    /**
     * Builds the issuer.
     *
     * @return the issuer
     */
    public JwtIssuer build() {
      return new JwtIssuer(this);
    }
  }
}
