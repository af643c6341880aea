package com.example.jwt;

import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.token;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtHeaderTest {
  private final WiredIssuers wired = new WiredIssuers();
  private final JwtAuthenticator authenticator =
      wired.taking(TrustedIssuer.of(wired.builder(A, wired.keyOfA).maxLength(2048).build()));
  private final RecordingListener events = new RecordingListener();
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(AuthEnvironment.standard().withListener(events), authenticator);
  private final String good = token(wired.keyOfA, A);

  private static AuthRequest request(String authorization) {
    return TestRequest.get("/").authorization(authorization).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
  @DisplayName("CH-8 a token behind Bearer, in any case and after any spaces, authenticates")
  void keyword(String keyword) {
    assertThatResult(authenticator.authenticate(request(keyword + good)))
        .isAuthenticatedAs("alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic ", "Token ", "JWT ", "Bearers ", "Bea\u0155er ", "Digest ", "DPoP "})
  @DisplayName("CH-2 the same token behind another scheme is another's")
  void otherSchemes(String keyword) {
    assertThatResult(authenticator.authenticate(request(keyword + good))).isNotAttempted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b", "a.b.c.d", "a.b.c.d.e", "sally_0123456789", "."})
  @DisplayName("CH-8 a bearer token that has not three segments is left to other members")
  void otherFormats(String token) {
    assertThatResult(authenticator.authenticate(request("Bearer " + token))).isNotAttempted();
    Decision decision = Guard.of(chain).check(request("Bearer " + token), Permission.anyone());
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "..", "a..b", "\u00E9.\u00E9.\u00E9"})
  @DisplayName("CH-8 three segments are ours by their shape alone, and then wrong is wrong")
  void shape(String token) {
    assertThatResult(authenticator.authenticate(request("Bearer " + token)))
        .isRejected(new Reason("malformed", Refusal.INVALID_TOKEN));
  }

  @Test
  @DisplayName("CH-2 a token in the query, in a form or in a cookie is none")
  void elsewhere() {
    AuthRequest request =
        TestRequest.post("/?access_token=" + good)
            .form("access_token", good)
            .cookie("__Host-access", good)
            .cookie("access_token", good)
            .build();
    assertThatResult(authenticator.authenticate(request)).isNotAttempted();
  }

  @Test
  @DisplayName("GU-3, EV-1 whatever is wrong, the answer is the same; the event has the reason")
  void alike() {
    List<String> bad = new ArrayList<>();
    bad.add("a.b.c");
    bad.add(token(wired.keyOfA, "https://other.example"));
    bad.add(token(wired.keyOfA, A, "aud", "\"x\""));
    bad.add(token(wired.keyOfA, A, "exp", "1"));
    bad.add(token(wired.keyOfA, A, "nbf", "2000000000"));
    bad.add(token(wired.keyOfA, A, "sub", "\"\""));
    bad.add(token(wired.keyOfA.withKeyId("2"), A));
    bad.add(token(wired.keyOfB, A));
    bad.add(good.substring(0, good.lastIndexOf('.') + 1) + Forge.base64(new byte[256]));
    bad.add(token(wired.keyOfA, A, "x", Forge.quoted("x".repeat(1400))));
    Set<AuthResponse> answers = new LinkedHashSet<>();
    for (String token : bad) {
      Decision decision = Guard.of(chain).check(request("Bearer " + token));
      answers.add(((Decision.Refuse) decision).response());
    }
    assertThat(answers).hasSize(1);
    AuthResponse answer = answers.iterator().next();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"invalid_token\"");
    assertThat(answer.header("WWW-Authenticate"))
        .contains("Bearer realm=\"api\", error=\"invalid_token\"");
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .containsExactly(
            "malformed",
            "wrong_issuer",
            "wrong_audience",
            "expired",
            "not_yet_valid",
            "bad_claims",
            "unknown_key",
            "wrong_algorithm",
            "bad_signature",
            "oversized");
    assertThat(events.events()).allMatch(event -> Secrets.findAll(event.toString()).isEmpty());
  }

  @Test
  @DisplayName("GU-5 plain HTTP is refused unchecked, and needs a switch in development")
  void transport() {
    AuthRequest plain =
        TestRequest.get("/")
            .header("Host", "localhost")
            .authorization("Bearer " + good)
            .insecure()
            .build();
    Rejected rejected = (Rejected) authenticator.authenticate(plain);
    assertThat(rejected.reason()).isEqualTo(Reason.INSECURE_TRANSPORT);
    JwtAuthenticator development =
        JwtAuthenticator.of(
            TrustedIssuer.of(
                WiredIssuers.builder(
                        AuthEnvironment.standard()
                            .withClock(wired.clock)
                            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT),
                        A,
                        wired.keyOfA)
                    .build()));
    assertThatResult(development.authenticate(plain)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("CH-7 the realm is the host's to set, and stands in the challenge")
  void realm() {
    JwtAuthenticator own = JwtAuthenticator.builder().trust(wired.a()).realm("my \"api\"").build();
    assertThat(own.challenges(request("Basic x")))
        .containsExactly(Challenge.of("Bearer", "my \"api\""));
    assertThat(own.name()).isEqualTo("jwt");
  }

  @Test
  @DisplayName("CH-11 the time is that of the verifier's clock")
  void clock() {
    JwtVerifier future = WiredIssuers.builder(SettableClock.create(), A, wired.keyOfA).build();
    JwtAuthenticator simple = JwtAuthenticator.of(TrustedIssuer.of(future));
    String old = token(wired.keyOfA, A, "exp", Long.toString(Forge.NOW - 31));
    assertThat(WiredIssuers.reason(simple, old)).isEqualTo("expired");
  }
}
