package dev.sallyport.jwt.refresh;

import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.util.List;

/**
 * An access token and the refresh token that renews it. They can't be retrieved again: the store
 * has only digests. Immutable; {@code toString} hides both.
 */
public final class TokenPair {
  private final AccessToken access;
  private final Secret refreshToken;
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
    this.refreshToken = Secret.of(refreshToken);
    this.family = family;
    this.expiresIn = expiresIn;
    this.refreshExpiresIn = refreshExpiresIn;
    this.cookies = List.copyOf(cookies);
  }

  /**
   * {@return the access token, a JWT, to be sent with each request as {@code Authorization: Bearer}
   * or, if it is bound to a key, {@code Authorization: DPoP}}
   */
  public Secret accessToken() {
    return Secret.of(access.text());
  }

  /** {@return the refresh token, which is opaque and is exchanged once for the next pair} */
  public Secret refreshToken() {
    return refreshToken;
  }

  /**
   * {@return the {@code token_type} (RFC 6749 section 7.1): {@code DPoP} if the tokens are bound to
   * a key, else {@code Bearer}}
   */
  public String tokenType() {
    return BoundKey.of(family).isPresent() ? "DPoP" : "Bearer";
  }

  /** {@return how long the access token lives, in whole seconds} */
  public Duration expiresIn() {
    return expiresIn;
  }

  /** {@return how long the refresh token lives if it is not used, in whole seconds} */
  public Duration refreshExpiresIn() {
    return refreshExpiresIn;
  }

  /**
   * {@return the family, the stored record of the login; its public id is the {@code sid} of its
   * access tokens}
   */
  public TokenRecord family() {
    return family;
  }

  /**
   * {@return the cookies of both tokens and the one that names their family; empty unless tokens
   * are delivered in cookies}
   */
  public List<SetCookie> cookies() {
    return cookies;
  }

  @Override
  public String toString() {
    return "TokenPair[" + family.id() + "]";
  }
}
