package dev.sallyport.jwt.token;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks tokens of known issuers, and of others that are found when a token names them, such as the
 * tenants of an application. Safe for many threads.
 */
public final class TenantVerifier {
  private final Issuers issuers;

  private TenantVerifier(Issuers issuers) {
    this.issuers = issuers;
  }

  /**
   * Creates a verifier.
   *
   * @param known the issuers that are never looked for, each named and different; can be none
   * @return the verifier
   * @throws IllegalArgumentException if a known issuer is not named or appears twice
   */
  public static TenantVerifier of(JwtVerifier... known) {
    return new TenantVerifier(
        new Issuers(
            Arrays.stream(known).flatMap(verifier -> verifier.all().all().stream()).toList(),
            true));
  }

  /**
   * Checks one token. One over {@link JwtVerifier#DEFAULT_MAX_LENGTH} is not considered, unless a
   * known issuer's may be longer.
   *
   * @param token the token; it can be anything
   * @param finder finds the verifier of an issuer that is not known. It is called at most once,
   *     before the signature is checked, so the {@code iss} that it gets can be any text. What it
   *     throws is passed on
   * @return a {@link VerifiedJwt}, or why it is refused
   * @throws dev.sallyport.StoreUnavailableException as for {@link JwtVerifier#verify}
   * @throws IllegalStateException if the finder returned a verifier that doesn't name this issuer
   */
  public JwtResult verify(String token, Function<String, Optional<JwtVerifier>> finder) {
    return issuers.verify(token, finder);
  }

  @Override
  public String toString() {
    return "TenantVerifier" + issuers.all();
  }
}
