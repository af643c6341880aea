package com.example.token;

import static com.example.token.TokenFixture.challenges;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignFormatTest {
  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.e30.abc_-";

  private final TokenFixture fixture = new TokenFixture();

  /** Takes every bearer token with three segments, and counts what it is asked. */
  private static final class ThreeSegments implements Authenticator {
    private int asked;

    @Override
    public AuthResult authenticate(AuthRequest request) {
      asked++;
      return request.authorization().credentials().split("\\.", -1).length == 3
          ? Authenticated.builder(new Principal("p", "program", Set.of()), name()).build()
          : NotAttempted.because("other_format");
    }

    @Override
    public String name() {
      return "segments";
    }

    @Override
    public Set<String> authSchemes() {
      return Set.of("Bearer");
    }

    @Override
    public List<Challenge> challenges(AuthRequest request) {
      return List.of(Challenge.of("Bearer", "api"));
    }
  }

  private static AuthRequest request(String header) {
    return TestRequest.get("/").authorization(header).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        JWT,
        "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",
        "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
        "sally",
        "Sally_",
        "abc.def-_~+/==",
        "0",
        "-"
      })
  @DisplayName("CH-8, TK-3 a bearer token of another shape is left to others, and not looked up")
  void left(String foreign) {
    fixture.watched.forget();
    for (String keyword : List.of("Bearer ", "Token ")) {
      assertThat(fixture.authenticator.authenticate(request(keyword + foreign)))
          .isInstanceOfSatisfying(
              NotAttempted.class,
              nothing -> {
                assertThat(nothing.reason()).isEqualTo("other_format");
                assertThat(nothing.isStale()).isFalse();
              });
    }
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("CH-8 a second member takes what is its own, whichever stands first")
  void secondMember() {
    String own = fixture.issue().token().reveal();
    Authenticator second = new ThreeSegments();
    for (AuthenticatorChain chain :
        List.of(
            AuthenticatorChain.of(fixture.authenticator, second),
            AuthenticatorChain.of(second, fixture.authenticator))) {
      assertThatResult(chain.authenticate(request("Bearer " + JWT))).isAuthenticatedAs("program");
      assertThatResult(chain.authenticate(request("Bearer " + own))).isAuthenticatedAs("alice");
    }
  }

  @Test
  @DisplayName("CH-2, CH-8 ours that is damaged or revoked falls through to nobody")
  void noFallThrough() {
    ThreeSegments second = new ThreeSegments();
    AuthenticatorChain chain = AuthenticatorChain.of(fixture.authenticator, second);
    String own = fixture.issue().token().reveal();
    fixture.tokens.revokeAll(fixture.alice.id());
    TokenFixture.assertRefused(chain.authenticate(request("Bearer " + own)), "unknown_or_expired");
    TokenFixture.assertRefused(chain.authenticate(request("Bearer sally_a.b.c")), "malformed");
    TokenFixture.assertRefused(chain.authenticate(request("Bearer a.b.c d")), "malformed");
    assertThat(second.asked).isZero();
  }

  @Test
  @DisplayName("CH-8 two issuers with prefixes of their own can share one chain")
  void twoIssuers() {
    Tokens others =
        Tokens.builder(
                Sallyport.of(
                    AuthEnvironment.standard()
                        .withClock(fixture.clock)
                        .withListener(fixture.events),
                    fixture.users,
                    fixture.watched))
            .prefix("bot_")
            .build();
    String bots =
        TokenFixture.remembered(others.issue(fixture.bob, NewToken.standard())).token().reveal();
    String own = fixture.issue().token().reveal();
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            fixture.authenticator, Authenticator.named("bots", TokenAuthenticator.of(others)));
    assertThatResult(chain.authenticate(request("Token " + bots))).isAuthenticatedAs("bob");
    assertThatResult(chain.authenticate(request("Token " + own))).isAuthenticatedAs("alice");
    assertThat(challenges(TokenFixture.refusal(chain, request("Token bot_x"))))
        .containsExactly("Token realm=\"api\", error=\"invalid_token\"", "Bearer realm=\"api\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Token"})
  @DisplayName("CH-4, CH-8 what no member takes is rejected with invalid_token, on that keyword")
  void nobodys(String keyword) {
    AuthRequest request = request(keyword + " " + JWT);
    TokenFixture.assertRefused(fixture.chain.authenticate(request), "unclaimed_token");
    AuthResponse answer = fixture.refusal(request);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"invalid_token\"");
    String other = keyword.equals("Token") ? "Bearer" : "Token";
    assertThat(challenges(answer))
        .containsExactlyInAnyOrder(
            keyword + " realm=\"api\", error=\"invalid_token\"", other + " realm=\"api\"");
    assertThat(fixture.events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .contains("unclaimed_token");
  }

  @Test
  @DisplayName("CH-2, CH-4 without credentials, and with another scheme's, it is not attempted")
  void notOurs() {
    assertThat(fixture.authenticator.authenticate(TestRequest.get("/").build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(fixture.chain.authenticate(request("Digest username=\"x\"")))
        .isSameAs(NotAttempted.OTHER_SCHEME);
    AuthResponse answer = fixture.refusal(TestRequest.get("/").build());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(challenges(answer))
        .as("no error where nothing was presented")
        .containsExactly("Token realm=\"api\"", "Bearer realm=\"api\"");
  }
}
