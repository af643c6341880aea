package com.example.token;

import static com.example.token.TokenFixture.cookie;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StaleCookieTest {
  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  /** What makes a cookie stale, and how the event calls it. */
  enum Stale {
    REVOKED("unknown_or_expired"),
    EXPIRED("unknown_or_expired"),
    OLD_EPOCH("old_epoch"),
    DEACTIVATED("user_deactivated"),
    DELETED("unknown_user"),
    ENDED_MEANWHILE("ended_meanwhile");

    private final String reason;

    Stale(String reason) {
      this.reason = reason;
    }

    void end(TokenFixture fixture, Issued issued) {
      switch (this) {
        case REVOKED -> fixture.tokens.revoke(fixture.alice.id(), issued.record().id());
        case EXPIRED -> fixture.clock.advance(Duration.ofDays(90));
        case OLD_EPOCH -> fixture.raise();
        case DEACTIVATED ->
            fixture.users.update(fixture.user(), fixture.user().toBuilder().active(false).build());
        case DELETED -> fixture.users.delete(fixture.user());
        case ENDED_MEANWHILE -> {
          fixture.clock.advance(Duration.ofMinutes(2));
          fixture.watched.before("touch", () -> fixture.tokens.revokeAll(fixture.alice.id()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("TK-7, CH-3 a stale cookie counts as absent, with an event; the next scheme works")
  void stale(Stale what) {
    what.end(fixture, issued);
    Authenticator header =
        Authenticator.named(
            "header",
            TokenAuthenticator.of(
                Tokens.builder(
                        Sallyport.of(
                            AuthEnvironment.standard().withClock(fixture.clock),
                            fixture.users,
                            fixture.watched))
                    .build()));
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
            fixture.authenticator,
            header);
    String bobs = fixture.issue(fixture.bob, NewToken.standard()).token().reveal();
    assertThatResult(
            chain.authenticate(
                cookie(issued.token().reveal()).authorization("Token " + bobs).build()))
        .isAuthenticatedAs("bob");
    assertThat(fixture.events.events(AuthEvent.StaleCredentials.class))
        .singleElement()
        .satisfies(event -> assertThat(event.reason()).isEqualTo(what.reason))
        .satisfies(event -> assertThat(event.scheme()).isEqualTo("token"));
    assertThat(chain.authenticate(cookie(issued.token().reveal()).build()))
        .as("alone it is anonymous")
        .isInstanceOf(NotAttempted.class);
  }
}
