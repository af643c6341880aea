package com.example.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.util.HashMap;
import java.util.Map;

/** Builds the scheme by settings, over stores in memory. */
final class JwtSettings {
  static final String[] OWN = {"issuer", Forge.ISSUER, "audience", Forge.AUDIENCE};
  static final String[] TRUSTED = {
    "trusted-issuer", WiredIssuers.A,
    "trusted-audience", Forge.AUDIENCE,
    "trusted-keys", "https://a.example/jwks"
  };

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final AccountStore users = CredentialStore.inMemory();
  final TokenStore tokens = TokenStore.inMemory();
  final JwtKeys keys =
      JwtKeys.generate(AuthEnvironment.standard().withClock(clock), JwsAlgorithm.ES256);

  static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new HashMap<>(Map.of("auth.chain", "jwt"));
    for (int i = 0; i < pairs.length; i += 2) {
      all.put("auth.jwt." + pairs[i], pairs[i + 1]);
    }
    return all;
  }

  static String[] with(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  AuthConfiguration build(Map<String, String> settings) {
    return AuthConfiguration.builder(settings)
        .with(
            AuthEnvironment.class, AuthEnvironment.standard().withClock(clock).withListener(events))
        .with(CredentialStore.class, users)
        .with(TokenStore.class, tokens)
        .with(JwtKeys.class, keys)
        .build();
  }

  JwtAuthenticator jwt(String... pairs) {
    return (JwtAuthenticator) build(settings(pairs)).chain().members().get(0);
  }
}
