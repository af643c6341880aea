package com.example.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.IssuerFinder;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A table of tenants that records what it is asked, and an authenticator over it. */
final class Tenants {
  static final String A = WiredIssuers.A;

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(events);
  final SigningKey key = Pairs.key(JwsAlgorithm.RS256).withKeyId("1");
  final Map<String, TrustedIssuer> table = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What happens at each question, before the answer. */
  volatile Runnable before = () -> {};

  final IssuerFinder finder = IssuerFinder.of(environment, this::find);
  final JwtAuthenticator jwt = JwtAuthenticator.builder().trust(finder).build();

  Tenants() {
    add(A);
  }

  private Optional<TrustedIssuer> find(String issuer) {
    asked.add(issuer);
    before.run();
    return Optional.ofNullable(table.get(issuer));
  }

  void add(String issuer) {
    table.put(issuer, issuer(issuer, key));
  }

  TrustedIssuer issuer(String issuer, SigningKey by) {
    return TrustedIssuer.of(WiredIssuers.builder(environment, issuer, by).build())
        .withRoles("groups");
  }

  JwtAuthenticator with(Function<IssuerFinder, IssuerFinder> options) {
    return JwtAuthenticator.builder().trust(options.apply(finder)).build();
  }

  /** A token that outlives the test. */
  String token(String issuer, String... changes) {
    return token(key, issuer, changes);
  }

  static String token(SigningKey by, String issuer, String... changes) {
    String[] all = {"exp", Long.toString(Forge.NOW + 1_000_000), "groups", "[\"g\"]"};
    return WiredIssuers.token(by, issuer, JwtSettings.with(all, changes));
  }
}
