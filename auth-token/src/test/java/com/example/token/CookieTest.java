package com.example.token;

import static com.example.token.TokenFixture.COOKIE;
import static com.example.token.TokenFixture.cookie;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  private AuthResult send(TestRequest request) {
    fixture.watched.forget();
    return fixture.authenticator.authenticate(request.build());
  }

  private static void assertStale(AuthResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            NotAttempted.class,
            nothing -> {
              assertThat(nothing.reason()).isEqualTo(reason);
              assertThat(nothing.isStale()).isTrue();
            });
  }

  private String line(Lifetime lifetime) {
    Issued made = fixture.issue(NewToken.standard().lifetime(lifetime));
    return made.cookie().map(SetCookie::header).orElseThrow().replace(made.token().reveal(), "…");
  }

  @Test
  @DisplayName("TK-7 the Set-Cookie line, to the letter; it lasts as long as the token can")
  void lines() {
    assertThat(issued.cookie().map(SetCookie::header))
        .contains(
            "__Host-token="
                + issued.token().reveal()
                + "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax");
    assertThat(line(Lifetime.never()))
        .as("what browsers keep at most")
        .isEqualTo("__Host-token=…; Path=/; Max-Age=34560000; Secure; HttpOnly; SameSite=Lax");
    assertThat(line(Lifetime.of(Duration.ofSeconds(1)))).contains("; Max-Age=1;");
    assertThat(line(Lifetime.sliding(Duration.ofDays(7), Duration.ofDays(365))))
        .as("the browser is not told of each use")
        .contains("; Max-Age=31536000;");
  }

  @Test
  @DisplayName("TK-7 a good cookie authenticates, with the challenge of the cookie")
  void good() {
    assertThat(send(cookie(issued.token().reveal())))
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> {
              assertThat(who.principal().name()).isEqualTo("alice");
              assertThat(who.credentialId()).contains(issued.record().id());
              assertThat(who.challenge()).contains(Challenge.of("Cookie", "api"));
            });
    assertThat(fixture.watched.calls()).containsExactly("find+user");
    assertThat(fixture.authenticator.challenges(TestRequest.get("/").build()))
        .containsExactly(Challenge.of("Cookie", "api"));
    assertThat(send(TestRequest.get("/"))).isSameAs(NotAttempted.NO_CREDENTIALS);
  }

  private TokenAuthenticator header() {
    return TokenAuthenticator.of(
        Tokens.builder(
                Sallyport.of(
                    AuthEnvironment.standard().withClock(fixture.clock),
                    fixture.users,
                    fixture.watched))
            .build());
  }

  @Test
  @DisplayName("TK-7, SE-8 several cookies are none, and no store is asked")
  void several() {
    String good = issued.token().reveal();
    for (TestRequest request :
        List.of(
            cookie(good).cookie(COOKIE, good),
            cookie(good).cookie(COOKIE, "x"),
            TestRequest.get("/").header("Cookie", COOKIE + "=" + good + "; " + COOKIE + "="))) {
      assertStale(send(request), "several_cookies");
      assertThat(fixture.watched.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "\"%s\"",
        "%sx",
        "x%s",
        "%s%s",
        "sally_",
        "a.b.c",
        "%%20%s",
        "Token %s",
        "é",
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
        "LONG"
      })
  @DisplayName("TK-7, SE-8 a malformed or over-long cookie is none, and no store is asked")
  void malformed(String value) {
    String sent =
        value.equals("LONG")
            ? "sally_" + "a".repeat(20_000)
            : value.replace("%s", issued.token().reveal());
    assertStale(
        send(TestRequest.get("/").header("Cookie", COOKIE + "=" + sent)), "malformed_cookie");
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-7 the cookie instead of the header, and the other way round: never both")
  void oneCarrier() {
    TestRequest header = TokenFixture.get(issued.token().reveal());
    assertThat(send(header)).isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(fixture.chain.authenticate(header.build())).isInstanceOf(NotAttempted.class);
    TestRequest other = TestRequest.get("/").cookie("dev-token", issued.token().reveal());
    assertThat(send(other.cookie("token", issued.token().reveal())))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(header().authenticate(cookie(issued.token().reveal()).build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(fixture.watched.calls()).isEmpty();
    assertThat(new TokenFixture().issue().cookie()).isEmpty();
  }

  @Test
  @DisplayName("TK-7, GU-5 in development on loopback the cookie has another name, and no Secure")
  void development() {
    TokenFixture dev =
        TokenFixture.in(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT),
            Tokens.Builder::inCookie);
    Issued made = dev.issue();
    assertThat(made.cookie().map(SetCookie::header))
        .contains(
            "dev-token="
                + made.token().reveal()
                + "; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax");
    TestRequest request =
        TestRequest.get("/")
            .insecure()
            .header("Host", "localhost")
            .cookie("dev-token", made.token().reveal());
    assertThatResult(dev.authenticator.authenticate(request.build())).isAuthenticatedAs("alice");
    assertThat(dev.authenticator.authenticate(cookie(made.token().reveal()).build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
  }
}
