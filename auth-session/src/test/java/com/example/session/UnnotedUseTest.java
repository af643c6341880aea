package com.example.session;

import static com.example.session.SessionFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.session.SessionResult.Started;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A store that can be read and not written. */
class UnnotedUseTest {
  private final SessionFixture fixture = new SessionFixture();
  private final Started session = fixture.start();

  private long writes() {
    return fixture.tokens.calls().stream().filter("touch"::equals).count();
  }

  @Test
  @DisplayName("SE-3 a use that can't be noted denies nobody: an event, and idle ends as recorded")
  void stands() {
    fixture.tokens.down("touch");
    fixture.clock.advance(Duration.ofMinutes(2));
    assertThat(fixture.isLive(session)).isTrue();
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class))
        .singleElement()
        .satisfies(outage -> assertThat(outage.during()).isEqualTo("session_use"));
    fixture.clock.advance(Duration.ofMinutes(28).minusMillis(1));
    assertThat(fixture.isLive(session)).isTrue();
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.assertStale(session, "unknown_or_expired");
  }

  @Test
  @DisplayName("SE-3 after a write that failed none is tried for 10 seconds, whoever's use it is")
  void pause() {
    Started bobs = fixture.start("bob", get(session).build());
    Started alices = fixture.start();
    fixture.tokens.down("touch");
    fixture.clock.advance(Duration.ofMinutes(2));
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(writes()).isEqualTo(1);
    fixture.clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(fixture.isLive(alices)).isTrue();
    assertThat(writes()).isEqualTo(1);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(fixture.isLive(alices)).isTrue();
    assertThat(writes()).isEqualTo(2);
    fixture.clock.advance(Duration.ofHours(-1)); // a clock set back pauses nothing
    fixture.clock.advance(Duration.ofHours(1).plusSeconds(11));
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(writes()).isEqualTo(3);
  }

  @Test
  @DisplayName("SE-3 a session that is gone when its use is noted ends the request, as ever")
  void gone() {
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.tokens.before("touch", () -> fixture.sessions.end(get(session).build()));
    fixture.assertStale(session, "ended_meanwhile");
  }
}
