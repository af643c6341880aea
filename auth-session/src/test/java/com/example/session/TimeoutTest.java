package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.Lifetime;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutTest {
  private static final Duration MS = Duration.ofMillis(1);

  private final SessionFixture fixture = new SessionFixture();

  @Test
  @DisplayName("SE-3, row 54 idle: live one millisecond before 30 minutes, expired at them")
  void idle() {
    Started used = fixture.start();
    Started unused = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(30).minus(MS));
    assertThat(fixture.isLive(used)).isTrue();
    fixture.clock.advance(MS);
    fixture.assertStale(unused, "unknown_or_expired");
    fixture.clock.advance(Duration.ofMinutes(30).minus(MS).minus(MS));
    assertThat(fixture.isLive(used)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(30));
    fixture.assertStale(used, "unknown_or_expired");
  }

  @Test
  @DisplayName("SE-3, row 54 absolute: use doesn't move it, at 8 hours exactly it is expired")
  void absolute() {
    Started session = fixture.start();
    for (int i = 0; i < 8 * 3 - 1; i++) {
      fixture.clock.advance(Duration.ofMinutes(20));
      assertThat(fixture.isLive(session)).isTrue();
    }
    fixture.clock.advance(Duration.ofMinutes(20).minus(MS));
    assertThat(fixture.isLive(session)).isTrue();
    fixture.clock.advance(MS);
    fixture.assertStale(session, "unknown_or_expired");
  }

  @Test
  @DisplayName("SE-3 rotation moves neither limit")
  void rotationMovesNothing() {
    Started session = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(29));
    Started moved = remembered(fixture.sessions.rotate(get(session).build()).orElseThrow());
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.assertStale(moved, "unknown_or_expired");
  }

  @ParameterizedTest(name = "idle {0} s: every {1} ms")
  @DisplayName("SE-3 the last use is written at most every min(1 min, idle/10); one read a request")
  @CsvSource({"1800, 60000", "600, 60000", "599, 59900", "100, 10000", "1, 100"})
  void touches(long idle, long everyMillis) {
    SessionFixture timed =
        new SessionFixture(
            b -> b.lifetime(Lifetime.sliding(Duration.ofSeconds(idle), Duration.ofHours(8))),
            b -> b);
    Started session = timed.start();
    timed.tokens.forget();
    for (int i = 0; i < 3; i++) {
      assertThat(timed.isLive(session)).isTrue();
      timed.clock.advance(Duration.ofMillis(everyMillis - 1));
      assertThat(timed.isLive(session)).isTrue();
      assertThat(timed.tokens.calls()).containsExactly("find+user", "find+user");
      timed.clock.advance(MS);
      timed.tokens.forget();
      assertThat(timed.isLive(session)).isTrue();
      assertThat(timed.tokens.calls()).containsExactly("find+user", "touch");
      timed.tokens.forget();
    }
  }

  @Test
  @DisplayName("SE-3 one read for an unknown id, none without a cookie")
  void reads() {
    Started session = fixture.start();
    fixture.sessions.end(get(session).build());
    fixture.tokens.forget();
    assertThat(fixture.authenticate(session)).isInstanceOf(NotAttempted.class);
    assertThat(fixture.tokens.calls()).containsExactly("find+user");
    fixture.authenticator.authenticate(TestRequest.get("/").build());
    assertThat(fixture.tokens.calls()).hasSize(1);
  }

  @Test
  @DisplayName("SE-3 many uses at once and a clock that goes back never shorten a session")
  void clockGoesBack() throws Exception {
    Started session = fixture.start();
    fixture.clock.advance(Duration.ofMinutes(20));
    Race.of(Collections.nCopies(20, () -> fixture.isLive(session)));
    fixture.clock.advance(Duration.ofMinutes(-15));
    assertThat(fixture.isLive(session)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(45).minus(MS));
    assertThat(fixture.isLive(session)).isTrue();
  }

  @Test
  @DisplayName("SE-3 a remembered session has 14 and 90 days and a cookie with Max-Age")
  void remember() {
    Started session =
        remembered(
            (Started)
                fixture.sessions.startRemembered(
                    fixture.verified("alice"), TestRequest.post("/login").build()));
    assertThat(session.cookie().header())
        .endsWith("; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax");
    fixture.clock.advance(Duration.ofDays(14).minus(MS));
    assertThat(fixture.isLive(session)).isTrue();
    fixture.clock.advance(Duration.ofDays(10).plus(MS));
    Started moved = remembered(fixture.sessions.rotate(get(session).build()).orElseThrow());
    assertThat(moved.cookie().header()).contains("; Max-Age=" + 66 * 24 * 3600 + ";");
    assertThat(fixture.who(moved).attributes()).isEmpty();
    fixture.clock.advance(Duration.ofDays(14));
    fixture.assertStale(moved, "unknown_or_expired");
  }

  @Test
  @DisplayName("SE-3 the Max-Age of a rotated session is the rest, down to the last second")
  void lastSecond() {
    SessionFixture timed =
        new SessionFixture(
            b ->
                b.rememberedLifetime(
                    Lifetime.sliding(Duration.ofSeconds(10), Duration.ofSeconds(10))),
            b -> b);
    Started session =
        remembered(
            (Started)
                timed.sessions.startRemembered(
                    timed.verified("alice"), TestRequest.post("/login").build()));
    timed.clock.advance(Duration.ofMillis(8_001));
    Started second = remembered(timed.sessions.rotate(get(session).build()).orElseThrow());
    assertThat(second.cookie().header()).contains("; Max-Age=1;");
    timed.clock.advance(Duration.ofMillis(1_500));
    Started last = remembered(timed.sessions.rotate(get(second).build()).orElseThrow());
    assertThat(timed.authenticate(last)).isInstanceOf(Authenticated.class);
    assertThat(last.cookie().header()).doesNotContain("Max-Age=0");
  }

  @Test
  @DisplayName("SE-3, row 54 timeouts out of range, or idle above absolute, can't be built")
  void refused() {
    Duration second = Duration.ofSeconds(1);
    Duration year = Duration.ofDays(365);
    Sessions.Builder builder = Sessions.builder(Sallyport.inMemory());
    builder.lifetime(Lifetime.sliding(second, second)).lifetime(Lifetime.sliding(year, year));
    assertThatThrownBy(() -> Lifetime.sliding(second.minusMillis(1), year))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0.999S");
    assertThatThrownBy(() -> Lifetime.sliding(Duration.ofSeconds(2), second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S");
    for (Lifetime refused :
        List.of(
            Lifetime.sliding(second, year.plusMillis(1)), Lifetime.of(year), Lifetime.never())) {
      assertThatThrownBy(() -> builder.lifetime(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("365 days");
      assertThatThrownBy(() -> builder.rememberedLifetime(refused))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
