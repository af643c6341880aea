package dev.sallyport.jwt.token;

import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.json.NumericDate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A token that its server has called active, and whose issuer, audience and times are right here
 * too (RFC 7662 section 2.2). Only a {@link TokenIntrospector} can create one. Immutable; {@code
 * toString} shows none of it.
 */
public final class IntrospectedToken implements IntrospectionResult {
  private final Claims claims;
  private final Map<String, Object> others;

  IntrospectedToken(Claims claims) {
    this.claims = claims;
    Map<String, Object> rest = new HashMap<>(claims.others());
    rest.remove(IntrospectionPolicy.ACTIVE);
    this.others = Map.copyOf(rest);
  }

  /** {@return the issuer: {@code iss}, or the configured one if the answer may leave it out} */
  public String issuer() {
    return Objects.requireNonNull(claims.issuer);
  }

  /**
   * {@return the subject, {@code sub}, never empty; it has a meaning only together with its issuer}
   */
  public String subject() {
    return Objects.requireNonNull(claims.subject);
  }

  /** {@return the audience, {@code aud}; empty only if none is required} */
  public List<String> audience() {
    return claims.audience == null ? List.of() : claims.audience;
  }

  /** {@return when it expires, {@code exp}, without the leeway; empty if the answer doesn't say} */
  public Optional<Instant> expiresAt() {
    return claims.expiresAt == NumericDate.NONE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(claims.expiresAt));
  }

  /** {@return its id, {@code jti}, if the answer has one} */
  public Optional<String> id() {
    return Optional.ofNullable(claims.id);
  }

  /**
   * {@return an unmodifiable map of the other members, such as {@code scope}, {@code client_id} and
   * {@code username}: values as in {@link VerifiedJwt#claims}}
   */
  public Map<String, Object> claims() {
    return others;
  }

  JsonObject all() {
    return claims.all;
  }

  @Override
  public String toString() {
    return "IntrospectedToken[hidden]";
  }
}
