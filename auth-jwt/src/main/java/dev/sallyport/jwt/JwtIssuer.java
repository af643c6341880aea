package dev.sallyport.jwt;

import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes access tokens (RFC 9068): short-lived, and verified without a store. {@link
 * RefreshFamilies} hands them out. Safe for many threads.
 *
 * <pre>{@code
 * JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys);
 * }</pre>
 */
public final class JwtIssuer {
  static final int MIN_MAX_LENGTH = 1024;
  static final int DEFAULT_MAX_LENGTH = 4096;
  private static final int ID_BYTES = 12;

  private final String issuer;
  private final String audience;
  private final String clientId;
  private final SigningKeySet keys;
  private final Duration lifetime;
  private final int maxLength;
  private final Function<? super User, ? extends Map<String, ?>> extra;
  private final SecureRandom random;
  private volatile @Nullable Signer signer;

  /** What signs with the key that signs now. */
  private record Signer(SigningKey key, JwsSigner jws) {}

  private JwtIssuer(Builder builder) {
    issuer = builder.issuer;
    audience = builder.audience;
    clientId = builder.clientId;
    keys = builder.keys;
    lifetime = builder.lifetime;
    maxLength = builder.maxLength;
    extra = builder.extra;
    random = builder.random;
  }

  /**
   * An issuer with the defaults of {@link Builder}.
   *
   * @param issuer the {@code iss}: the URL of this host
   * @param audience the {@code aud}: the name of the API that takes the tokens
   * @param keys the keys; who verifies needs the same, or what they publish
   * @return the issuer
   * @throws IllegalArgumentException if issuer or audience is empty
   */
  public static JwtIssuer of(String issuer, String audience, SigningKeySet keys) {
    return builder(issuer, audience, keys).build();
  }

  /**
   * An issuer with options.
   *
   * @param issuer the {@code iss}: the URL of this host
   * @param audience the {@code aud}: the name of the API that takes the tokens
   * @param keys the keys; who verifies needs the same, or what they publish
   * @return a builder
   * @throws IllegalArgumentException if issuer or audience is empty
   */
  public static Builder builder(String issuer, String audience, SigningKeySet keys) {
    return new Builder(issuer, audience, keys);
  }

  /**
   * Starts a verifier of what this issuer makes.
   *
   * @return a builder that has issuer, audience and keys
   */
  public JwtVerifier.Builder verifier() {
    return JwtVerifier.builder(keys).issuer(issuer).audience(audience);
  }

  /**
   * The keys.
   *
   * @return the keys that sign and verify
   */
  public SigningKeySet keys() {
    return keys;
  }

  /**
   * Makes a token.
   *
   * @param room how long it may be, if that is less than the limit
   * @throws IllegalArgumentException if the host's claims can't be in it
   * @throws IllegalStateException if it would be too long
   */
  AccessToken issue(User user, TokenRecord family, Instant now, int room) {
    Instant expires = expiry(family, now);
    Map<String, ?> added = added(user);
    String token = signer().sign(claims(user, family, now, expires, added));
    int most = Math.min(maxLength, room);
    if (token.length() > most) {
      throw tooLong(user, family, token.length(), most, added);
    }
    return new AccessToken(token, expires);
  }

  /** The lifetime behind {@code iat}, in whole seconds, and never beyond the family. */
  private Instant expiry(TokenRecord family, Instant now) {
    Instant end = Instant.ofEpochSecond(now.getEpochSecond() + lifetime.toSeconds());
    Instant last = Instant.ofEpochSecond(end(family).getEpochSecond());
    return end.isAfter(last) ? last : end;
  }

  private static Instant end(TokenRecord family) {
    return family.expiresAt().orElseThrow(); // a family always has one
  }

  private byte[] claims(
      User user, TokenRecord family, Instant now, Instant expires, Map<String, ?> added) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    try {
      ClaimsWriter claims =
          new ClaimsWriter()
              .text(ClaimName.ISSUER, issuer)
              .text(ClaimName.SUBJECT, user.id())
              .text(ClaimName.AUDIENCE, audience)
              .text(ClaimName.CLIENT, clientId)
              .number(ClaimName.EXPIRES_AT, expires.getEpochSecond())
              .number(ClaimName.ISSUED_AT, now.getEpochSecond())
              .text(ClaimName.ID, Base64Url.encode(id))
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
        throw new IllegalArgumentException("The claim '" + name + "' is the issuer's to set");
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
    private SecureRandom random = new SecureRandom();

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
     * Sets the client that tokens are issued to: {@code client_id} (RFC 9068 section 2.2).
     *
     * @param clientId the name under which other APIs know the application that users log in to; by
     *     default the issuer, since the host itself is the only client, and no user has that id
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
     * Sets how long a token lives. Until then it is good, though its user may have logged out.
     *
     * @param lifetime 1 second to 1 hour, cut to whole seconds; by default 5 minutes
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder lifetime(Duration lifetime) {
      if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "An access token lives 1 second to 1 hour, not " + lifetime);
      }
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Adds claims of the host's own. Everybody who holds the token can read them.
     *
     * @param claims what to add for a user: strings, booleans, {@link Integer}, {@link Long},
     *     finite {@link Double}, collections and maps of them, under names that the issuer does not
     *     use itself; never null
     * @return this
     */
    public Builder claims(Function<? super User, ? extends Map<String, ?>> claims) {
      this.extra = Objects.requireNonNull(claims, "claims");
      return this;
    }

    /**
     * Sets how long a token may be, since it goes with every request.
     *
     * @param characters 1,024 to 8,192; by default 4,096
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxLength(int characters) {
      if (characters < MIN_MAX_LENGTH || characters > JwsVerifier.MAX_LENGTH) {
        throw new IllegalArgumentException(
            "The limit is 1024 to " + JwsVerifier.MAX_LENGTH + ", not " + characters);
      }
      this.maxLength = characters;
      return this;
    }

    /**
     * Sets where ids come from.
     *
     * @param random the source
     * @return this
     */
    public Builder random(SecureRandom random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /**
     * Makes it.
     *
     * @return the issuer
     */
    public JwtIssuer build() {
      return new JwtIssuer(this);
    }
  }
}
