package dev.sallyport.jwt;

import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.util.List;

/**
 * An access token and the refresh token that renews it. Nobody can tell them a second time: the
 * store has digests only. Immutable; {@code toString} hides both.
 */
public final class TokenPair {
  private final AccessToken access;
  private final String refreshToken;
  private final TokenRecord family;
  private final Duration expiresIn;
  private final Duration refreshExpiresIn;
  private final List<SetCookie> cookies;

  TokenPair(
      AccessToken access,
      String refreshToken,
      TokenRecord family,
      Duration expiresIn,
      Duration refreshExpiresIn,
      List<SetCookie> cookies) {
    this.access = access;
    this.refreshToken = refreshToken;
    this.family = family;
    this.expiresIn = expiresIn;
    this.refreshExpiresIn = refreshExpiresIn;
    this.cookies = List.copyOf(cookies);
  }

  /**
   * What goes with each request, as {@code Authorization: Bearer}.
   *
   * @return the access token, a JWT
   */
  public String accessToken() {
    return access.text();
  }

  /**
   * What is exchanged for the next pair, once.
   *
   * @return the refresh token, which is opaque
   */
  public String refreshToken() {
    return refreshToken;
  }

  /**
   * How long the access token lives.
   *
   * @return whole seconds
   */
  public Duration expiresIn() {
    return expiresIn;
  }

  /**
   * How long the refresh token lives if it is not used.
   *
   * @return whole seconds
   */
  public Duration refreshExpiresIn() {
    return refreshExpiresIn;
  }

  /**
   * What is kept of the login.
   *
   * @return the family; its public id is the {@code sid} of its access tokens
   */
  public TokenRecord family() {
    return family;
  }

  /**
   * The cookies to send both tokens in, and the one that names their family.
   *
   * @return three cookies; none unless tokens are delivered so
   */
  public List<SetCookie> cookies() {
    return cookies;
  }

  @Override
  public String toString() {
    return "TokenPair[" + family.id() + "]";
  }
}
