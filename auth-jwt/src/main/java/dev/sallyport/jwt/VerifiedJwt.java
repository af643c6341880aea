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
 * A token whose signature, times, issuer and audience are right. Nothing but a {@link JwtVerifier}
 * can make one. Immutable; {@code toString} shows no claims.
 */
public final class VerifiedJwt implements JwtResult {
  private final JwtVerifier verifier;
  private final VerificationKey key;
  private final Claims claims;

  /** What one authenticator has made of it, for the next time that it comes. */
  private volatile @Nullable Identified identified;

  /** Whom a token identifies, and who says so. */
  record Identified(Identity by, AuthResult result) {}

  VerifiedJwt(JwtVerifier verifier, VerificationKey key, Claims claims) {
    this.verifier = verifier;
    this.key = key;
    this.claims = claims;
  }

  /**
   * Who issued it: {@code iss}.
   *
   * @return the issuer; empty only if the verifier takes any
   */
  public Optional<String> issuer() {
    return Optional.ofNullable(claims.issuer);
  }

  /**
   * Whom it is about: {@code sub}.
   *
   * @return the subject, not empty; it means something with its issuer only
   */
  public String subject() {
    return Objects.requireNonNull(claims.subject);
  }

  /**
   * Whom it is for: {@code aud}.
   *
   * @return the audience; empty only if the verifier takes any
   */
  public List<String> audience() {
    return claims.audience == null ? List.of() : claims.audience;
  }

  /**
   * When it expires: {@code exp}.
   *
   * @return the time, without the leeway
   */
  public Instant expiresAt() {
    return Instant.ofEpochSecond(claims.expiresAt);
  }

  /**
   * When it was issued: {@code iat}.
   *
   * @return the time, if it says so
   */
  public Optional<Instant> issuedAt() {
    return claims.issuedAt == NumericDate.NONE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(claims.issuedAt));
  }

  /**
   * Its id: {@code jti}.
   *
   * @return the id, if it has one
   */
  public Optional<String> id() {
    return Optional.ofNullable(claims.id);
  }

  /**
   * All claims but the registered ones (RFC 7519 section 4.1): strings, booleans, {@link Long},
   * {@link Double}, {@link java.math.BigInteger}, lists and maps of them. Those that are {@code
   * null} are left out.
   *
   * @return an unmodifiable map, made at each call
   */
  public Map<String, Object> claims() {
    return Collections.unmodifiableMap(claims.all());
  }

  /**
   * One of {@link #claims}, without making the map.
   *
   * @param name its name, compared exactly
   * @return its value; empty if it is absent or {@code null}
   */
  public Optional<Object> claim(String name) {
    return Optional.ofNullable(claims.get(name));
  }

  /** One of {@link #claims}; null if it is absent. */
  @Nullable Object claim(ClaimName name) {
    return claims.get(name);
  }

  /** One of {@link #claims} as text; null if it is absent or no text. */
  @Nullable String text(ClaimName name) {
    return claims.get(name) instanceof String text ? text : null;
  }

  /** One of {@link #claims} as a whole number; null if it is absent or none. */
  @Nullable Long number(ClaimName name) {
    return claims.get(name) instanceof Long number ? number : null;
  }

  /** The claims that {@link ClaimName} does not know. */
  Map<String, Object> added() {
    return claims.unknown();
  }

  /**
   * Whose signature it has.
   *
   * @return the key
   */
  public VerificationKey key() {
    return key;
  }

  AuthResult identify(Identity identity) {
    Identified known = identified;
    if (known == null || !known.by.equals(identity)) {
      known = new Identified(identity, identity.of(this));
      if (known.result instanceof Authenticated) {
        identified = known; // whoever is refused may be known the next time
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
