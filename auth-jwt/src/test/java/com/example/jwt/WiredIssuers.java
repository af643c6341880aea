package com.example.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.time.Clock;

/** Two issuers, whose keys have the same id. */
final class WiredIssuers {
  static final String A = "https://a.example";
  static final String B = "https://b.example";

  final SettableClock clock = SettableClock.create();
  final SigningKey keyOfA = Pairs.key(JwsAlgorithm.RS256).withKeyId("1");
  final SigningKey keyOfB = Pairs.key(JwsAlgorithm.ES256).withKeyId("1");

  JwtVerifier verifier(String issuer, SigningKey key) {
    return builder(issuer, key).build();
  }

  JwtVerifier.Builder builder(String issuer, SigningKey key) {
    return builder(clock, issuer, key);
  }

  static JwtVerifier.Builder builder(Clock clock, String issuer, SigningKey key) {
    return builder(AuthEnvironment.standard().withClock(clock), issuer, key);
  }

  static JwtVerifier.Builder builder(AuthEnvironment environment, String issuer, SigningKey key) {
    return JwtVerifier.builder(environment, VerificationKeys.of(key.verificationKey()))
        .issuer(issuer)
        .audience(Forge.AUDIENCE);
  }

  TrustedIssuer a() {
    return TrustedIssuer.of(verifier(A, keyOfA));
  }

  TrustedIssuer b() {
    return TrustedIssuer.of(verifier(B, keyOfB));
  }

  JwtAuthenticator taking(TrustedIssuer... issuers) {
    JwtAuthenticator.Builder builder = JwtAuthenticator.builder();
    for (TrustedIssuer issuer : issuers) {
      builder.trust(issuer);
    }
    return builder.build();
  }

  static String token(SigningKey key, String issuer, String... changes) {
    String[] all = new String[changes.length + 2];
    all[0] = "iss";
    all[1] = Forge.quoted(issuer);
    System.arraycopy(changes, 0, all, 2, changes.length);
    return Pairs.token(key, all);
  }

  static AuthResult present(JwtAuthenticator to, String token) {
    return to.authenticate(TestRequest.get("/").authorization("Bearer " + token).build());
  }

  static Authenticated who(JwtAuthenticator to, String token) {
    AuthResult result = present(to, token);
    if (result instanceof Authenticated who) {
      return who;
    }
    throw new AssertionError("not authenticated, but " + result);
  }

  /** The true reason, as events show it. */
  static String reason(JwtAuthenticator to, String token) {
    AuthResult result = present(to, token);
    if (result instanceof Rejected rejected) {
      return rejected.reason().name();
    }
    throw new AssertionError("not rejected, but " + result);
  }
}
