package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.TestRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes that share their stores: what one does holds on the other from the next request on. */
class NodesTest {
  private final SessionFixture here = new SessionFixture();
  private final Sessions there =
      Sessions.builder(
              Sallyport.of(
                  AuthEnvironment.standard().withClock(here.clock).withListener(here.events),
                  here.users,
                  here.tokens))
          .build();
  private final SessionAuthenticator other = SessionAuthenticator.of(there);

  private boolean isLiveThere(Started session) {
    return other.authenticate(get(session).build()) instanceof Authenticated;
  }

  /** What ends a session of Alice's. */
  interface End {
    void end(SessionFixture here, Started session);
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        end("logout", (here, session) -> here.sessions.end(get(session).build())),
        end("planned logout", NodesTest::carryOut),
        end("login", (here, session) -> here.start("bob", get(session).build())),
        end("rotation", (here, session) -> rotated(here.sessions, session)),
        end("password", (here, session) -> here.changePassword(null)),
        end("all", (here, session) -> here.accounts.logOutEverywhere(here.alice.id(), null)),
        end("this one", NodesTest::revoke),
        end("deactivation", (here, session) -> here.accounts.deactivate(here.alice.id())),
        end("deletion", (here, session) -> here.accounts.delete(here.alice.id())));
  }

  private static Arguments end(String what, End end) {
    return Arguments.of(what, end);
  }

  private static void carryOut(SessionFixture here, Started session) {
    TestRequest request = get(session).header("Sec-Fetch-Site", "same-origin");
    here.authenticator.planLogout(request.build()).carryOut();
  }

  private static void revoke(SessionFixture here, Started session) {
    here.accounts.activeLogins().orElseThrow().end(here.alice.id(), session.record().id());
  }

  private static Started rotated(Sessions sessions, Started session) {
    return remembered(sessions.rotate(get(session).build()).orElseThrow());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("SE-7, rows 55, 61 what has ended on one node is over on another at once")
  void ends(String what, End end) {
    Started session = here.start();
    assertThat(isLiveThere(session)).isTrue();
    end.end(here, session);
    assertThat(isLiveThere(session)).isFalse();
    assertThat(there.rotate(get(session).build())).isEmpty();
    assertThat(there.updateAttributes(get(session).build(), a -> a)).isFalse();
  }

  @Test
  @DisplayName("SE-2 what begins or moves on one node is good on another, token included")
  void begins() {
    Started session = here.start();
    assertThat(isLiveThere(session)).isTrue();
    Started moved = rotated(here.sessions, session);
    assertThat(isLiveThere(moved)).isTrue();
    Started back = rotated(there, moved);
    assertThat(isLiveThere(back)).isTrue();
    assertThat(here.isLive(back)).isTrue();
    assertThat(here.isLive(moved)).isFalse();
    assertThat(there.csrfToken(get(back).build())).contains(back.csrfToken());
  }
}
