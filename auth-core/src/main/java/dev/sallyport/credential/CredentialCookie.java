package dev.sallyport.credential;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that holds a credential. Its name begins with {@code __Host-}, or {@code __Secure-} if
 * it is for one path; or where plain HTTP is accepted for development, with {@code dev-}, so that
 * the two are never taken for each other. Immutable.
 */
public final class CredentialCookie {
  private final String name;
  private final @Nullable String path;
  private final boolean forDevelopment;

  private CredentialCookie(String name, @Nullable String path, boolean forDevelopment) {
    this.name = name;
    this.path = path;
    this.forDevelopment = forDevelopment;
  }

  /**
   * The cookie of a kind of credential, for all of this host.
   *
   * @param name the name without its prefix, for example {@code session}
   * @param transport whether plain HTTP is accepted
   * @return the cookie
   */
  public static CredentialCookie of(String name, TransportSecurity transport) {
    return transport == TransportSecurity.REQUIRED
        ? new CredentialCookie("__Host-" + name, null, false)
        : new CredentialCookie("dev-" + name, null, true);
  }

  /**
   * A cookie for one path, and for no request that another site's page has made. Where plain HTTP
   * is accepted for development, it is for all paths.
   *
   * @param name the name without its prefix
   * @param path the path, which begins with a slash
   * @param transport whether plain HTTP is accepted
   * @return the cookie
   */
  public static CredentialCookie forPath(String name, String path, TransportSecurity transport) {
    return transport == TransportSecurity.REQUIRED
        ? new CredentialCookie("__Secure-" + name, path, false)
        : new CredentialCookie("dev-" + name, null, true);
  }

  /** {@return the full name of the cookie} */
  public String name() {
    return name;
  }

  /**
   * The values sent as this cookie.
   *
   * @param request a request
   * @return the values; more than one value is none that could be trusted
   */
  public List<String> values(AuthRequest request) {
    return request.cookies(name);
  }

  /**
   * The cookie with a credential in it.
   *
   * @param secret the credential
   * @param lasting how long it outlives the browser; null or less than a second: not at all
   * @return what to send
   */
  public SetCookie holding(String secret, @Nullable Duration lasting) {
    SetCookie cookie = holding(secret);
    return lasting == null || lasting.toSeconds() < 1 ? cookie : cookie.lasting(lasting);
  }

  private SetCookie holding(String secret) {
    if (forDevelopment) {
      return SetCookie.insecureForDevelopment(name, secret);
    }
    return path == null ? SetCookie.forHost(name, secret) : SetCookie.forPath(name, secret, path);
  }

  /** {@return a cookie that makes the browser forget this one} */
  public SetCookie expired() {
    return holding("", null).expired();
  }

  @Override
  public String toString() {
    return name;
  }
}
