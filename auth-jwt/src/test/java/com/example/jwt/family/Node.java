package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.AUDIENCE;
import static com.example.jwt.family.JwtFixture.ISSUER;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
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
                RefreshFamilies.builder(
                    Sallyport.of(
                        options
                            .environment()
                            .apply(
                                AuthEnvironment.standard()
                                    .withClock(fixture.clock)
                                    .withListener(fixture.events)),
                        fixture.users,
                        store),
                    issuer,
                    refreshKeys))
            .build();
    this.authenticator =
        options.authenticator().apply(JwtAuthenticator.builder().own(families)).build();
  }

  RefreshResult refresh(TokenPair pair) {
    return families.refresh(pair.refreshToken().reveal());
  }

  /** The next pair. */
  TokenPair next(TokenPair pair) {
    return JwtFixture.remembered(JwtFixture.pair(refresh(pair)));
  }

  static TestRequest bearer(String token) {
    return TestRequest.get("/").authorization("Bearer " + token);
  }

  AuthResult present(TokenPair pair) {
    return authenticator.authenticate(bearer(pair.accessToken().reveal()).build());
  }

  boolean takes(TokenPair pair) {
    return present(pair) instanceof Authenticated;
  }
}
