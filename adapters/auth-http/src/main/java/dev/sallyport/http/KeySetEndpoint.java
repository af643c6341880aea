package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.AuthResponse.Header;
import dev.sallyport.jwt.JwkSet;
import dev.sallyport.jwt.SigningKeySet;
import java.io.InputStream;
import java.util.List;

/** Publishes the keys that verify our access tokens (RFC 7517 section 5). */
final class KeySetEndpoint implements Endpoint {
  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Type", "application/jwk-set+json"),
          new Header("Cache-Control", "public, max-age=300"));

  private final SigningKeySet keys;

  KeySetEndpoint(SigningKeySet keys) {
    this.keys = keys;
  }

  @Override
  public AuthResponse answer(AuthRequest request, InputStream body) {
    return new AuthResponse(200, HEADERS, JwkSet.publicJwkSet(keys.verificationKeys()));
  }
}
