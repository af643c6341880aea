package dev.sallyport.jwt.refresh;

import java.time.Instant;

/** An access token, and when it expires. */
record AccessToken(String text, Instant expiresAt) {
  @Override
  public String toString() {
    return "AccessToken[hidden]";
  }
}
