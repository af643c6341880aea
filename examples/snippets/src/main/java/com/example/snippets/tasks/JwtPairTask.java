package com.example.snippets.tasks;

import dev.sallyport.Client;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;

/** An access token and a refresh token. */
public final class JwtPairTask {
  private final RefreshFamilies families;
  private final Guard guard;

  /** Guards with JWTs. */
  public JwtPairTask(Sallyport auth, JwtKeys keys) {
    JwtIssuer issuer = JwtIssuer.of("https://api.example", "https://api.example", keys.signing());
    families = RefreshFamilies.of(auth, issuer, keys.refresh());
    guard = auth.guard(JwtAuthenticator.of(families));
  }

  /** Logs a user in. */
  public TokenPair logIn(PasswordResult.Verified login, Client client) {
    return families.start(login, client).orElseThrow();
  }

  /** Guards everything else. */
  public Guard guard() {
    return guard;
  }
}
