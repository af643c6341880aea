package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FamilyLimitTest {
  private static JwtFixture limited(int max, WhenFull whenFull) {
    return new JwtFixture(b -> b.limit(new TokenLimit(max, whenFull)));
  }

  private static JwtLoginResult login(JwtFixture fixture, Node node) {
    return node.families.start(fixture.alice, fixture.clock.instant(), CLIENT, null);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SE-6, row 62 of 50 logins at once, at two nodes, exactly as many last as may be")
  void fifty(WhenFull whenFull) {
    boolean refuses = whenFull == WhenFull.REFUSE_NEW;
    for (int round = 0; round < 10; round++) {
      JwtFixture fixture = limited(3, whenFull);
      List<JwtLoginResult> made =
          Race.of(50, i -> login(fixture, Topology.TWO_NODES.at(fixture, i)));
      assertThat(made.stream().filter(JwtLoginResult.TooMany.class::isInstance))
          .hasSize(refuses ? 47 : 0);
      List<String> kept = fixture.records().stream().map(TokenRecord::id).toList();
      assertThat(kept).hasSize(3);
      assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(refuses ? 3 : 50);
      assertThat(fixture.events.events(AuthEvent.Ended.class))
          .hasSize(refuses ? 0 : 47)
          .allSatisfy(ended -> assertThat(ended.why()).isEqualTo("limit"));
      for (JwtLoginResult one : made) {
        if (one instanceof JwtLoginResult.LoggedIn in) {
          assertThat(fixture.first.refresh(in.tokens()) instanceof RefreshResult.Refreshed)
              .isEqualTo(kept.contains(in.tokens().family().id()));
        }
      }
    }
  }

  @Test
  @DisplayName("SE-6 the oldest login makes room, not the one used least, and no one else's")
  void oldestOut() {
    JwtFixture fixture = limited(2, WhenFull.REMOVE_OLDEST);
    TokenPair bobs = fixture.start(fixture.bob);
    TokenPair first = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(1));
    TokenPair second = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(1));
    TokenPair used = fixture.first.next(first);
    TokenPair third = fixture.start();
    assertRefused(fixture.first.refresh(used), "unknown_or_expired");
    for (TokenPair pair : List.of(bobs, second, third)) {
      fixture.first.next(pair);
    }
  }

  @Test
  @DisplayName(
      "SE-6 one more is refused where that is the choice; an end, also by epoch, makes room")
  void refused() {
    JwtFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    TokenPair pair = fixture.start();
    JwtLoginResult second = login(fixture, fixture.second);
    assertThat(second).isEqualTo(new JwtLoginResult.TooMany());
    assertThatThrownBy(second::orElseThrow).isInstanceOf(IllegalStateException.class);
    pair = fixture.first.next(pair);
    fixture.first.families.revoke(pair.refreshToken().reveal());
    fixture.start();
    fixture.change(User.Builder::revokeAll);
    fixture.first.next(fixture.start());
  }

  @Test
  @DisplayName("SE-6 100 by default, of which the oldest makes room")
  void standard() {
    JwtFixture fixture = new JwtFixture();
    for (int i = 0; i < 103; i++) {
      login(fixture, fixture.first).orElseThrow();
    }
    assertThat(fixture.records()).hasSize(100);
  }
}
