package com.example.session;

import static com.example.session.SessionFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
  private static SessionFixture limited(int max, WhenFull whenFull) {
    return new SessionFixture(b -> b.limit(new TokenLimit(max, whenFull)), b -> b);
  }

  @Test
  @DisplayName("SE-6 100 sessions by default, exactly, of which the oldest makes room")
  void standard() {
    SessionFixture fixture = new SessionFixture();
    PasswordResult.Verified login = fixture.verified("alice");
    Race.of(
        105,
        i -> {
          SessionFixture.remembered(
              (Started) fixture.sessions.start(login, TestRequest.post("/login").build()));
          return true;
        });
    assertThat(fixture.records()).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SE-6, row 62 of fifty logins at once exactly as many last as there may be")
  void fiftyLogins(WhenFull whenFull) throws Exception {
    for (int round = 0; round < 10; round++) {
      SessionFixture fixture = limited(3, whenFull);
      PasswordResult.Verified login = fixture.verified("alice");
      AuthRequest request = TestRequest.post("/login").build();
      List<SessionResult> started =
          Race.of(Collections.nCopies(50, () -> fixture.sessions.start(login, request)));
      long refused = started.stream().filter(SessionResult.TooMany.class::isInstance).count();
      List<AuthEvent.Ended> ended = fixture.events.events(AuthEvent.Ended.class);
      assertThat(fixture.records()).hasSize(3);
      assertThat(refused).isEqualTo(whenFull == WhenFull.REFUSE_NEW ? 47 : 0);
      assertThat(ended).hasSize(whenFull == WhenFull.REFUSE_NEW ? 0 : 47);
      assertThat(fixture.events.events(AuthEvent.Issued.class))
          .hasSize(whenFull == WhenFull.REFUSE_NEW ? 3 : 50);
      List<String> live = fixture.records().stream().map(TokenRecord::id).toList();
      assertThat(ended)
          .allSatisfy(
              event -> {
                assertThat(event.why()).isEqualTo("limit");
                assertThat(event.kind()).isEqualTo("session");
                assertThat(live).doesNotContain(event.id());
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SE-6, AC-2 sessions that a raised epoch has ended take nobody's place")
  void endedByEpoch(WhenFull whenFull) {
    SessionFixture fixture = limited(2, whenFull);
    fixture.start();
    fixture.start();
    fixture.users.update(
        fixture.alice, fixture.alice.toBuilder().epoch(fixture.alice.epoch() + 1).build());
    Started first = fixture.start();
    Started second = fixture.start();
    assertThat(fixture.isLive(first)).isTrue();
    assertThat(fixture.isLive(second)).isTrue();
  }

  @Test
  @DisplayName("SE-2, SE-6 a login that the limit refuses leaves another user's session alone")
  void refusedLogin() {
    SessionFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    fixture.start();
    Started bobs = fixture.start("bob", TestRequest.post("/login").build());
    SessionResult refused = fixture.sessions.start(fixture.verified("alice"), get(bobs).build());
    assertThat(refused).isInstanceOf(SessionResult.TooMany.class);
    assertThat(fixture.isLive(bobs)).isTrue();
    SessionResult own = fixture.sessions.start(fixture.verified("bob"), get(bobs).build());
    assertThat(own).isInstanceOf(Started.class);
    assertThat(fixture.isLive(bobs)).isFalse();
  }

  @Test
  @DisplayName("SE-6 the oldest makes room, and of nobody else")
  void oldestOut() {
    SessionFixture fixture = limited(2, WhenFull.REMOVE_OLDEST);
    Started bobs = fixture.start("bob", TestRequest.post("/login").build());
    Started first = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(1));
    Started second = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(1));
    Started third = fixture.start();
    fixture.assertStale(first, "unknown_or_expired");
    assertThat(fixture.isLive(second)).isTrue();
    assertThat(fixture.isLive(third)).isTrue();
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::id)
        .containsExactly(first.record().id());
  }

  @Test
  @DisplayName("SE-6, SE-2 a rotation and a login with the old session need no room of their own")
  void noRoomNeeded() {
    SessionFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    Started session = fixture.start();
    assertThat(fixture.sessions.start(fixture.verified("alice"), TestRequest.get("/").build()))
        .isEqualTo(new SessionResult.TooMany());
    Started moved =
        SessionFixture.remembered(fixture.sessions.rotate(get(session).build()).orElseThrow());
    Started again = fixture.start("alice", get(moved).build());
    assertThat(fixture.isLive(again)).isTrue();
    assertThat(fixture.records()).hasSize(1);
  }

  @Test
  @DisplayName("SE-6 expired sessions take no room")
  void expired() {
    SessionFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    fixture.start();
    fixture.clock.advance(Duration.ofMinutes(30));
    assertThat(fixture.isLive(fixture.start())).isTrue();
  }
}
