package com.example.jwt.family;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.jwt.family.RevocationRaceTest.End;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.Lifetime;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookUpTest {
  private static final Reason ENDED = new Reason("family_ended", Refusal.INVALID_TOKEN);

  private final JwtFixture fixture =
      new JwtFixture(JwtFixture.Options.none().authenticator(JwtAuthenticator.Builder::lookUp));
  private final TokenPair pair = fixture.start();

  @Test
  @DisplayName("JW-9 with the look-up on, the store is asked exactly once at each request")
  void once() {
    for (int i = 0; i < 3; i++) {
      fixture.first.store.forget();
      assertThatResult(fixture.first.present(pair)).isAuthenticatedAs("alice");
      assertThat(fixture.first.store.calls()).containsExactly("find+user");
    }
    fixture.first.next(pair);
    assertThat(fixture.first.takes(pair)).as("of an older turn").isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-9 with it, an end holds at once, also for a token that was just good")
  void holdsAtOnce(End end) {
    JwtAuthenticator without = JwtAuthenticator.of(fixture.first.families);
    assertThatResult(fixture.first.present(pair)).isAuthenticatedAs("alice");
    end.happen(fixture, pair);
    for (Node node : new Node[] {fixture.first, fixture.second}) {
      assertThatResult(node.present(pair)).isRejected(ENDED);
    }
    assertThat(((Rejected) fixture.first.present(pair)).challenge())
        .contains(Challenge.of("Bearer", "api"));
    assertThatResult(without.authenticate(Node.bearer(pair.accessToken().reveal()).build()))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("JW-9 with it, theft and the end of the family's time hold at once as well")
  void otherEnds() {
    fixture.first.next(fixture.first.next(pair));
    fixture.first.refresh(pair);
    assertThatResult(fixture.second.present(pair)).isRejected(ENDED);
    JwtFixture brief =
        new JwtFixture(
            JwtFixture.Options.none()
                .families(
                    b -> b.lifetime(Lifetime.sliding(Duration.ofMinutes(1), Duration.ofMinutes(9))))
                .authenticator(JwtAuthenticator.Builder::lookUp));
    TokenPair idle = brief.start();
    brief.clock.advance(Duration.ofMinutes(1).minus(JwtFixture.MILLI));
    assertThatResult(brief.first.present(idle)).isAuthenticatedAs("alice");
    brief.clock.advance(JwtFixture.MILLI);
    assertThatResult(brief.first.present(idle)).isRejected(ENDED);
  }

  @Test
  @DisplayName("JW-9 with it, a sid that is another user's, or none of ours, is refused")
  void otherFamily() {
    String bobs = fixture.start(fixture.bob).accessToken().reveal();
    for (String sid : new String[] {pair.family().id(), "x", ""}) {
      String token = Forged.like(bobs, fixture, claims -> claims.put("sid", sid));
      assertThatResult(fixture.first.authenticator.authenticate(Node.bearer(token).build()))
          .isRejected(ENDED);
    }
  }

  @Test
  @DisplayName("JW-9 a token that is refused anyway asks no store")
  void refusedAnyway() {
    String forged =
        Forged.like(
            pair.accessToken().reveal(),
            JwtFixture.key(JwsAlgorithm.ES256).withKeyId("x"),
            "at+jwt",
            claims -> {});
    fixture.first.store.forget();
    fixture.first.authenticator.authenticate(Node.bearer(forged).build());
    fixture.clock.advance(Duration.ofMinutes(6));
    fixture.first.present(pair);
    assertThat(fixture.first.store.calls()).isEmpty();
  }

  @Test
  @DisplayName("CH-6, JW-9 with it, an outage is no verdict")
  void outage() {
    assertThatResult(fixture.first.present(pair)).isAuthenticatedAs("alice");
    fixture.first.store.down("find+user");
    assertThatThrownBy(() -> fixture.first.present(pair))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatResult(fixture.second.present(pair)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("JW-9 there must be families to look up")
  void nothingToLookUp() {
    assertThatThrownBy(() -> JwtAuthenticator.builder().lookUp().build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
