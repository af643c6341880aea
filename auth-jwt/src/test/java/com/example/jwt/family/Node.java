package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.AUDIENCE;
import static com.example.jwt.family.JwtFixture.ISSUER;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.JwtIssuer;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.Refreshing;
import dev.sallyport.jwt.SigningKeySet;
import dev.sallyport.jwt.TokenPair;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;

/** One of several hosts over one store, which sees what this one asks the store. */
final class Node {
  final WatchedTokenStore store;
  final SigningKeySet refreshKeys;
  final JwtIssuer issuer;
  final RefreshFamilies families;
  final JwtAuthenticator authenticator;

  Node(JwtFixture fixture, SigningKeySet refreshKeys, JwtFixture.Options options) {
    this.store = WatchedTokenStore.of(fixture.store);
    this.refreshKeys = refreshKeys;
    this.issuer =
        options.issuer().apply(JwtIssuer.builder(ISSUER, AUDIENCE, fixture.signing)).build();
    this.families =
        options
            .families()
            .apply(
                RefreshFamilies.builder(issuer, refreshKeys, store, fixture.users)
                    .clock(fixture.clock)
                    .listener(fixture.events))
            .build();
    this.authenticator =
        options.authenticator().apply(JwtAuthenticator.builder().own(families)).build();
  }

  Refreshing refresh(TokenPair pair) {
    return families.refresh(pair.refreshToken());
  }

  /** The next pair. */
  TokenPair next(TokenPair pair) {
    return JwtFixture.remembered(JwtFixture.pair(refresh(pair)));
  }

  static TestRequest bearer(String token) {
    return TestRequest.get("/").authorization("Bearer " + token);
  }

  AuthResult present(TokenPair pair) {
    return authenticator.authenticate(bearer(pair.accessToken()).build());
  }

  boolean takes(TokenPair pair) {
    return present(pair) instanceof Authenticated;
  }
}
