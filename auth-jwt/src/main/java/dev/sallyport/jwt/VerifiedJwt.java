package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature, times, issuer and audience are valid. Only a {@link JwtVerifier} can
 * create one. Immutable; {@code toString} shows no claims.
 */
public final class VerifiedJwt implements JwtResult {
  private final JwtVerifier verifier;
  private final VerificationKey key;
  private final Claims claims;

  /** The result of one authenticator, kept for the next use of the token. */
  private volatile @Nullable Identified identified;

  /** Whom a token identifies, and who identified them. */
  record Identified(Identity by, AuthResult result) {}

  VerifiedJwt(JwtVerifier verifier, VerificationKey key, Claims claims) {
    this.verifier = verifier;
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
    return Collections.unmodifiableMap(claims.all());
  }

  /**
   * Returns one of the {@link #claims} without creating the map.
   *
   * @param name its name, compared exactly
   * @return its value; empty if it is absent or {@code null}
   */
  public Optional<Object> claim(String name) {
    return Optional.ofNullable(claims.get(name));
  }

  /** One of the {@link #claims}; null if it is absent. */
  @Nullable Object claim(ClaimName name) {
    return claims.get(name);
  }

  /** One of the {@link #claims} as text; null if it is absent or not text. */
  @Nullable String text(ClaimName name) {
    return claims.get(name) instanceof String text ? text : null;
  }

  /** One of the {@link #claims} as a whole number; null if it is absent or not one. */
  @Nullable Long number(ClaimName name) {
    return claims.get(name) instanceof Long number ? number : null;
  }

  /** The claims that {@link ClaimName} does not know. */
  Map<String, Object> added() {
    return claims.unknown();
  }

  /** {@return the key that verified its signature} */
  public VerificationKey key() {
    return key;
  }

  AuthResult identify(Identity identity) {
    Identified known = identified;
    if (known == null || !known.by.equals(identity)) {
      known = new Identified(identity, identity.of(this));
      if (known.result instanceof Authenticated) {
        identified = known; // one who is rejected now may be known the next time
      }
    }
    return known.result;
  }

  JwtVerifier verifier() {
    return verifier;
  }

  int values() {
    return claims.values;
  }

  long expirySecond() {
    return claims.expiresAt;
  }

  @Override
  public String toString() {
    return "VerifiedJwt[" + key + "]";
  }
}
