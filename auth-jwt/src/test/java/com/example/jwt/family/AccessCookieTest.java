package com.example.jwt.family;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.TransportSecurity;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The access token read from its cookie, which a browser sends by itself. */
class AccessCookieTest {
  private static final String COOKIE = "__Host-jwt";

  private final JwtFixture fixture =
      new JwtFixture(
          JwtFixture.Options.none()
              .in(e -> e.withOrigins(OriginPolicy.trusting(List.of("https://app.example"))))
              .families(b -> b.inCookies("/auth/jwt")));
  private final TokenPair pair = fixture.start();

  private static TestRequest cookie(String method, String token) {
    return TestRequest.of(method, "/").header("Host", "api.example").cookie(COOKIE, token);
  }

  private AuthResult send(TestRequest request) {
    fixture.first.store.forget();
    return fixture.first.authenticator.authenticate(request.build());
  }

  private void assertStale(TestRequest request, String reason) {
    assertThat(send(request))
        .isInstanceOfSatisfying(
            NotAttempted.class,
            not -> {
              assertThat(not.reason()).isEqualTo(reason);
              assertThat(not.isStale()).isTrue();
            });
    assertThat(fixture.first.store.calls()).isEmpty();
  }

  @Test
  @DisplayName("JW-11, JW-6 a good cookie authenticates, with its own challenge and no store")
  void good() {
    Authenticated who = (Authenticated) send(cookie("GET", pair.accessToken().reveal()));
    assertThat(who.principal().name()).isEqualTo("alice");
    assertThat(who.challenge()).contains(Challenge.of("Cookie", "api"));
    assertThat(fixture.first.store.calls()).isEmpty();
    assertThat(fixture.first.authenticator.challenges(TestRequest.get("/").build()))
        .containsExactly(Challenge.of("Cookie", "api"));
    assertThat(send(TestRequest.get("/"))).isSameAs(NotAttempted.NO_CREDENTIALS);
  }

  @Test
  @DisplayName("JW-11, CH-3 whatever is wrong with the cookie, it counts as absent, and is told")
  void stale() {
    String good = pair.accessToken().reveal();
    String forged =
        Forged.like(good, JwtFixture.key(JwsAlgorithm.ES256).withKeyId("x"), "at+jwt", c -> {});
    for (String method : List.of("GET", "POST")) {
      assertStale(cookie(method, "x"), "malformed");
      assertStale(cookie(method, ""), "malformed");
      assertStale(cookie(method, pair.refreshToken().reveal()), "malformed");
      assertStale(cookie(method, "a".repeat(9000)), "oversized");
      assertStale(cookie(method, forged), "unknown_key");
      assertStale(cookie(method, good).cookie(COOKIE, good), "several_cookies");
      assertStale(cookie(method, good).cookie(COOKIE, ""), "several_cookies");
      assertStale(cookie(method, Forged.like(good, fixture, c -> c.remove("epoch"))), "bad_claims");
    }
    fixture.clock.advance(Duration.ofMinutes(6));
    assertStale(cookie("GET", good), "expired");
    assertStale(cookie("POST", good), "expired");
  }

  @Test
  @DisplayName("JW-11 the cookie instead of the header, and the other way round: never both")
  void oneCarrier() {
    assertThat(send(Node.bearer(pair.accessToken().reveal())))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    JwtFixture byHeader = new JwtFixture();
    String token = byHeader.start().accessToken().reveal();
    assertThat(byHeader.first.authenticator.authenticate(cookie("GET", token).build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    for (String name : List.of("jwt", "dev-jwt", "__Secure-jwt", "__host-jwt")) {
      assertThat(send(TestRequest.get("/").cookie(name, pair.accessToken().reveal())))
          .isSameAs(NotAttempted.NO_CREDENTIALS);
    }
  }

  @ParameterizedTest(name = "Sec-Fetch-Site {0}, Origin {1}: {2}")
  @DisplayName("JW-11, SE-5 an unsafe request must show that no other site's page made it")
  @CsvSource({
    "same-origin, , ",
    "none, , ",
    ", https://api.example, ",
    ", https://app.example, ",
    "cross-site, https://app.example, ",
    ", , origin_missing",
    "cross-site, , cross_site",
    "same-site, , cross_site",
    ", https://evil.example, cross_site",
    ", http://api.example, cross_site",
    ", null, cross_site",
  })
  void unsafe(String site, String origin, String refusal) {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "get")) {
      TestRequest request = cookie(method, pair.accessToken().reveal());
      if (site != null) {
        request.header("Sec-Fetch-Site", site);
      }
      if (origin != null) {
        request.header("Origin", origin);
      }
      if (refusal == null) {
        assertThatResult(send(request)).isAuthenticatedAs("alice");
      } else {
        assertThatResult(send(request)).isRejected(new Reason(refusal, Refusal.CSRF));
      }
    }
    assertThatResult(
            send(cookie("GET", pair.accessToken().reveal()).header("Sec-Fetch-Site", "cross-site")))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("JW-11, GU-5 over plain HTTP it is refused unread; in development it is not")
  void plainHttp() {
    assertThatResult(send(cookie("GET", pair.accessToken().reveal()).insecure()))
        .isRejected(Reason.INSECURE_TRANSPORT);
    JwtFixture dev =
        new JwtFixture(
            JwtFixture.Options.none()
                .in(e -> e.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT))
                .families(b -> b.inCookies("/auth/jwt")));
    TestRequest request =
        TestRequest.get("/")
            .insecure()
            .header("Host", "localhost")
            .cookie("dev-jwt", dev.start().accessToken().reveal());
    assertThatResult(dev.first.authenticator.authenticate(request.build()))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("JW-11, JW-9 with the look-up on, the cookie of an ended family counts as absent")
  void lookUp() {
    JwtAuthenticator looking =
        JwtAuthenticator.builder().own(fixture.first.families).lookUp().build();
    TestRequest request = cookie("GET", pair.accessToken().reveal());
    assertThatResult(looking.authenticate(request.build())).isAuthenticatedAs("alice");
    fixture.second.families.revoke(pair.refreshToken().reveal());
    assertThat(looking.authenticate(request.build()))
        .isInstanceOfSatisfying(
            NotAttempted.class, not -> assertThat(not.reason()).isEqualTo("family_ended"));
  }

  @Test
  @DisplayName("JW-11 other issuers' tokens come in no cookie of ours")
  void trusted() {
    TrustedIssuer idp =
        TrustedIssuer.of(
            JwtVerifier.of(
                "https://idp.example", "x", SigningKeySet.of(JwtFixture.key(JwsAlgorithm.EDDSA))));
    JwtAuthenticator.Builder both =
        JwtAuthenticator.builder().own(fixture.first.families).trust(idp);
    assertThatThrownBy(both::build).isInstanceOf(IllegalArgumentException.class);
  }
}
