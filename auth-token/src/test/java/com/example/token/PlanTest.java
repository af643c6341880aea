package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.Plans;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a request needs before it is answered. */
class PlanTest {
  private final TokenFixture inHeader = new TokenFixture();
  private final TokenFixture inCookie = new TokenFixture(Tokens.Builder::inCookie);

  private static Plan<AuthResult> plan(TokenFixture fixture, TestRequest request) {
    return fixture.authenticator.plan(request.build());
  }

  @Test
  @DisplayName("AD-9 a request without a token asks no store")
  void nobody() {
    TestRequest other = TestRequest.get("/").header("Authorization", "Basic abc");
    assertThat(plan(inHeader, TestRequest.get("/")))
        .isEqualTo(Plan.done(NotAttempted.NO_CREDENTIALS));
    assertThat(plan(inHeader, other)).isEqualTo(Plan.done(NotAttempted.OTHER_SCHEME));
    assertThat(plan(inCookie, other)).isEqualTo(Plan.done(NotAttempted.NO_CREDENTIALS));
  }

  @Test
  @DisplayName("AD-9 a token asks the store once, a wrong one as well")
  void store() {
    TestRequest header = TokenFixture.get(inHeader.issue().token().reveal());
    TestRequest cookie = TokenFixture.cookie(inCookie.issue().token().reveal());
    assertThat(Plans.works(plan(inHeader, header))).containsExactly(Plan.Work.STORE);
    assertThat(plan(inHeader, header).complete()).isInstanceOf(Authenticated.class);
    assertThat(Plans.works(plan(inCookie, cookie))).containsExactly(Plan.Work.STORE);
    assertThat(plan(inCookie, cookie).complete()).isInstanceOf(Authenticated.class);
    assertThat(plan(inHeader, TokenFixture.get("wrong")).complete())
        .hasSameClassAs(inHeader.present("wrong"));
  }

  @Test
  @DisplayName("AD-9 where neither store ever waits, nothing is left to do")
  void storesThatNeverWait() {
    Sallyport auth = Sallyport.of(inHeader.users, TokenStore.inMemory());
    TokenAuthenticator atOnce = TokenAuthenticator.of(auth);
    Issued issued =
        TokenFixture.remembered(atOnce.tokens().issue(inHeader.user(), NewToken.standard()));
    assertThat(atOnce.plan(TokenFixture.get(issued.token().reveal()).build()))
        .isInstanceOfSatisfying(
            Plan.Done.class, done -> assertThat(done.result()).isInstanceOf(Authenticated.class));
    assertThat(atOnce.plan(TokenFixture.get("wrong").build()))
        .isInstanceOfSatisfying(
            Plan.Done.class,
            done -> assertThat(done.result()).hasSameClassAs(inHeader.present("wrong")));
  }
}
