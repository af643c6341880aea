package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final AuthRequest LOGIN = TestRequest.post("/login").build();

  private final SessionFixture fixture = new SessionFixture();
  private final Guard guard =
      Guard.of(AuthenticatorChain.of(fixture.environment, fixture.authenticator));

  private boolean isRecent(Started session) {
    AuthRequest request = get(session).build();
    return guard.check(request, Permission.authenticatedWithin(Duration.ofMinutes(5)))
        instanceof Decision.Proceed;
  }

  @Test
  @DisplayName("CH-12, GU-2, row 63 what counts is when the password was right, not the session")
  void password() {
    PasswordResult.Verified login = fixture.verified("alice");
    Instant proved = fixture.clock.instant();
    fixture.clock.advance(Duration.ofMinutes(5));
    Started session = remembered((Started) fixture.sessions.start(login, LOGIN));
    assertThat(fixture.who(session).authenticatedAt()).contains(proved);
    assertThat(isRecent(session)).isFalse();
    assertThat(isRecent(fixture.start("alice", get(session).build()))).isTrue();
  }

  @Test
  @DisplayName("AC-2 nobody logs a deactivated user in, so that reactivation revives nothing")
  void deactivated() {
    User gone = fixture.alice.toBuilder().active(false).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.sessions.start(gone, fixture.clock.instant(), LOGIN, false))
        .withMessageContaining("deactivated");
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("CH-12, GU-2, row 63 nor does remembering, using or rotating make a proof younger")
  void otherWays() {
    Instant proved = fixture.clock.instant().minus(Duration.ofMinutes(4));
    Started session =
        remembered((Started) fixture.sessions.start(fixture.alice, proved, LOGIN, true));
    assertThat(isRecent(session)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.isLive(session)).isTrue();
    assertThat(isRecent(session)).isFalse();
    Started moved = remembered(fixture.sessions.rotate(get(session).build()).orElseThrow());
    assertThat(fixture.who(moved).authenticatedAt()).contains(proved);
    assertThat(isRecent(moved)).isFalse();
  }
}
