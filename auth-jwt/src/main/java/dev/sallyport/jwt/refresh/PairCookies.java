package dev.sallyport.jwt.refresh;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.store.SecretDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that deliver tokens to a browser, where scripts can't read them: the access token in
 * {@code __Host-jwt}; the refresh token in {@code __Secure-jwt-refresh}, which is sent to one path
 * only and never with a request made by another site's page; and the name of their family in {@code
 * __Host-jwt-family}. A sibling subdomain can plant a refresh token of its own, because that cookie
 * is for one path; it can't plant the name. Immutable.
 */
public final class PairCookies {
  private static final int MAX_COOKIE = 4096;
  private static final int MAX_PATH = 1024;

  private final String path;
  private final CredentialCookie access;
  private final CredentialCookie refresh;
  private final CredentialCookie family;

  private PairCookies(String path, TransportSecurity transport) {
    this.path = path;
    access = CredentialCookie.of("jwt", transport);
    refresh = CredentialCookie.forPath("jwt-refresh", path, transport);
    family = CredentialCookie.of("jwt-family", transport);
  }

  static PairCookies of(String path, AuthEnvironment environment) {
    return new PairCookies(environment.mountPath() + path, environment.transport());
  }

  static String checkedPath(String path) {
    if (!path.matches("(/[A-Za-z0-9_-]+)+") || path.length() > MAX_PATH) {
      throw new IllegalArgumentException(
          "The path must be like /auth/jwt, and have at most " + MAX_PATH + " characters");
    }
    return path;
  }

  /**
   * {@return the path of the refresh token's cookie, such as {@code /auth/jwt}, with the mount path
   * before it}
   */
  public String path() {
    return path;
  }

  /** {@return the cookie of the access token} */
  public CredentialCookie access() {
    return access;
  }

  /**
   * Returns the refresh tokens of a request, for {@link RefreshFamilies#revoke}. A subdomain can
   * plant another next to ours: exchange them only through {@link
   * RefreshFamilies#refresh(AuthRequest)}, but revoke them all.
   *
   * @param request a request to the path of the cookie
   * @return the values of the cookie
   */
  public List<String> refreshTokens(AuthRequest request) {
    return refresh.values(request);
  }

  /** {@return what makes a browser forget all three} */
  public List<SetCookie> expired() {
    return List.of(access.expired(), refresh.expired(), family.expired());
  }

  /** The maximum length of an access token whose cookie browsers accept. */
  int room() {
    return MAX_COOKIE - access.name().length();
  }

  /** All three last as long: even an expired access token tells which family a logout is to end. */
  List<SetCookie> holding(String accessToken, RefreshToken refreshToken, Duration lasting) {
    return List.of(
        access.holding(accessToken, lasting),
        refresh.holding(refreshToken.text(), lasting),
        family.holding(name(refreshToken), lasting));
  }

  /**
   * The refresh token of a request; null unless there is exactly one, of the family that is named.
   */
  @Nullable String refreshToken(AuthRequest request) {
    List<String> tokens = refresh.values(request);
    List<String> names = family.values(request);
    RefreshToken token =
        tokens.size() == 1 && names.size() == 1 ? RefreshToken.parse(tokens.get(0)) : null;
    return token != null && isNamed(token, names.get(0)) ? tokens.get(0) : null;
  }

  private static boolean isNamed(RefreshToken token, String name) {
    return MessageDigest.isEqual(
        name(token).getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
  }

  /** The name of a family in its cookie: not its public id, which appears in logs. */
  private static String name(RefreshToken token) {
    return SecretDigest.of(token.familyId()).text();
  }
}
