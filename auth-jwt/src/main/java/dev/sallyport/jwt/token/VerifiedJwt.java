package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.NumericDate;
import dev.sallyport.jwt.key.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature, times, issuer and audience are valid. Only a {@link JwtVerifier} can
 * create one. Immutable; {@code toString} shows no claims.
 */
public final class VerifiedJwt implements JwtResult {
  /** The registered claims (RFC 7519 section 4.1), which {@link #claims} leaves out. */
  public static final Set<String> REGISTERED_CLAIMS =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

  private final Issuer issuer;
  private final VerificationKey key;
  private final Claims claims;
  private volatile @Nullable Kept kept;

  private record Kept(Object owner, Object value) {}

  VerifiedJwt(Issuer issuer, VerificationKey key, Claims claims) {
    this.issuer = issuer;
    this.key = key;
    this.claims = claims;
  }

  /** {@return the issuer, {@code iss}; empty only if the verifier accepts any} */
  public Optional<String> issuer() {
    return Optional.ofNullable(claims.issuer);
  }

  /**
   * {@return the subject, {@code sub}, never empty; it has a meaning only together with its issuer}
   */
  public String subject() {
    return Objects.requireNonNull(claims.subject);
  }

  /** {@return the audience, {@code aud}; empty only if the verifier does not require one} */
  public List<String> audience() {
    return claims.audience == null ? List.of() : claims.audience;
  }

  /** {@return when it expires, {@code exp}, without the leeway} */
  public Instant expiresAt() {
    return Instant.ofEpochSecond(claims.expiresAt);
  }

  /** {@return when it was issued, {@code iat}, if it says so} */
  public Optional<Instant> issuedAt() {
    return claims.issuedAt == NumericDate.NONE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(claims.issuedAt));
  }

  /** {@return its id, {@code jti}, if it has one} */
  public Optional<String> id() {
    return Optional.ofNullable(claims.id);
  }

  /**
   * Returns all claims except the registered ones (RFC 7519 section 4.1): strings, booleans, {@link
   * Long}, {@link Double}, {@link java.math.BigInteger}, and lists and maps of them. Claims that
   * are {@code null} are left out.
   *
   * @return an unmodifiable map, created at each call
   */
  public Map<String, Object> claims() {
    return claims.others();
  }

  /**
   * Returns one of the {@link #claims} without creating the map.
   *
   * @param name its name, compared exactly
   * @return its value; empty if it is absent or {@code null}
   */
  public Optional<Object> claim(String name) {
    return REGISTERED_CLAIMS.contains(name)
        ? Optional.empty()
        : Optional.ofNullable(claims.all.get(name));
  }

  /**
   * Returns a claim, or a member inside it.
   *
   * @param path its name, and the names inside it
   * @return its value; empty if it, or something on the way to it, is absent or {@code null}
   * @throws IllegalArgumentException if something on the way to it is not an object
   */
  public Optional<Object> claim(ClaimPath path) {
    return path.in(claims.all);
  }

  /** {@return the key that verified its signature} */
  public VerificationKey key() {
    return key;
  }

  /**
   * Keeps what its owner has made of the token, such as a user: as long as the verifier remembers
   * the token, its next use finds it. One value is kept, that of the last owner.
   *
   * @param owner whoever made it
   * @param value what depends on nothing but the token and the owner
   */
  public void keep(Object owner, Object value) {
    kept = new Kept(owner, value);
  }

  /**
   * Finds what {@link #keep} has kept.
   *
   * @param owner whoever made it
   * @return the value; empty if there is none of this owner
   */
  @SuppressWarnings("ReferenceEquality")
  public Optional<Object> kept(Object owner) {
    Kept latest = kept;
    return latest == null || !latest.owner.equals(owner)
        ? Optional.empty()
        : Optional.of(latest.value);
  }

  /**
   * Asks whether it would still be accepted: it has not expired, and its key has not been
   * withdrawn. Much cheaper than verifying it again. Whether a {@link TenantVerifier} would still
   * find the issuer is not asked. Keys that are too old to be trusted hold no more: {@link
   * JwtVerifier#verify} then tells an outage from a withdrawal.
   *
   * @return whether that is so now
   */
  public boolean isStillValid() {
    return issuer.stillAccepts(key, claims);
  }

  Issuer verifiedBy() {
    return issuer;
  }

  JsonObject all() {
    return claims.all;
  }

  @Override
  public String toString() {
    return "VerifiedJwt[" + key + "]";
  }
}
