package com.example.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.token.TokenAuthenticator;
import java.util.HashMap;
import java.util.Map;

/** Builds the scheme by settings, over the stores of a fixture. */
final class TokenSettings {
  private final TokenFixture fixture;

  TokenSettings(TokenFixture fixture) {
    this.fixture = fixture;
  }

  AuthConfiguration build(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("auth.chain", "token");
    return AuthConfiguration.builder(all)
        .with(
            AuthEnvironment.class,
            AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events))
        .with(CredentialStore.class, fixture.users)
        .with(TokenStore.class, fixture.watched)
        .build();
  }

  TokenAuthenticator token(String... settings) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("auth.token." + settings[i], settings[i + 1]);
    }
    return (TokenAuthenticator) build(all).chain().members().get(0);
  }
}
