package dev.sallyport.issue;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that holds a credential: {@code __Host-} and its name, or where plain HTTP will do for
 * development, {@code dev-} and its name, so that the two are never taken for each other.
 *
 * @param name the whole name
 * @param forDevelopment whether it goes over plain HTTP
 */
public record CredentialCookie(String name, boolean forDevelopment) {
  /**
   * The cookie of a kind of credential.
   *
   * @param name the name without its prefix, for example {@code session}
   * @param transport whether plain HTTP will do
   * @return the cookie
   */
  public static CredentialCookie of(String name, TransportSecurity transport) {
    return transport == TransportSecurity.REQUIRED
        ? new CredentialCookie("__Host-" + name, false)
        : new CredentialCookie("dev-" + name, true);
  }

  /**
   * What was sent as this cookie.
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
    SetCookie cookie =
        forDevelopment
            ? SetCookie.insecureForDevelopment(name, secret)
            : SetCookie.forHost(name, secret);
    return lasting == null || lasting.toSeconds() < 1 ? cookie : cookie.lasting(lasting);
  }

  /**
   * What makes the browser forget it.
   *
   * @return what to send
   */
  public SetCookie expired() {
    return holding("", null).expired();
  }
}
