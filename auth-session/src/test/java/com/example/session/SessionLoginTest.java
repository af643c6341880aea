package com.example.session;

import static com.example.session.SessionFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login form in one call. */
class SessionLoginTest {
  private final SessionFixture fixture = new SessionFixture();
  private final Sallyport auth =
      Sallyport.of(fixture.environment, fixture.users, fixture.tokens)
          .withPasswords(passwords -> passwords.hasher(CheapHasher.create()));
  private final Guard guard = auth.guard(SessionAuthenticator.of(auth));
  private final SessionLogin login = SessionLogin.of(auth, guard);

  private static TestRequest form() {
    return TestRequest.post("/login").header("Host", "api.example");
  }

  private SessionLogin.Result logIn(TestRequest request, String password) {
    return login.logIn(request.build(), "alice", password, false);
  }

  private static AuthResponse refused(SessionLogin.Result result) {
    return ((SessionLogin.Refused) result).response();
  }

  private static String cookie(SessionLogin.Result result) {
    SessionFixture.remembered(((SessionLogin.LoggedIn) result).session());
    return ((SessionLogin.LoggedIn) result).session().cookie().header();
  }

  @Test
  @DisplayName("SE-2, EV-1 who knows the password has a session, and the events of a login")
  void logsIn() {
    SessionLogin.Result result = logIn(form(), PASSWORD);
    assertThat(cookie(result)).startsWith("__Host-session=").doesNotContain("Max-Age");
    String value = ((SessionLogin.LoggedIn) result).session().cookie().value();
    AuthRequest next = TestRequest.get("/").cookie("__Host-session", value).build();
    assertThat(guard.check(next)).hasToString("Proceed[" + guard.chain().authenticate(next) + "]");
    assertThat(fixture.events.events(AuthEvent.LoggedIn.class))
        .singleElement()
        .satisfies(event -> assertThat(event.userId()).isEqualTo(fixture.alice.id()));
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(1);
  }

  @Test
  @DisplayName("SE-3 who asks to be remembered gets a cookie that outlives the browser")
  void remembers() {
    assertThat(cookie(login.logIn(form().build(), "alice", PASSWORD, true)))
        .contains("Max-Age=7776000");
  }

  @Test
  @DisplayName("SE-2 a session that the form carries has ended, whoever's it was")
  void former() {
    SessionLogin.LoggedIn first = (SessionLogin.LoggedIn) logIn(form(), PASSWORD);
    SessionFixture.remembered(first.session());
    String value = first.session().cookie().value();
    logIn(form().cookie("__Host-session", value).header("Sec-Fetch-Site", "same-origin"), PASSWORD);
    AuthRequest old = TestRequest.get("/").cookie("__Host-session", value).build();
    assertThat(guard.chain().authenticate(old)).isInstanceOf(NotAttempted.class);
  }

  @Test
  @DisplayName(
      "GU-3, HT-3 a wrong password and an unknown name read the same, and no browser prompts")
  void wrong() {
    AuthResponse wrong = refused(logIn(form(), "wrong"));
    AuthResponse unknown = refused(login.logIn(form().build(), "nobody", "wrong", false));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).contains("invalid_credentials").isEqualTo(unknown.body());
    assertThat(wrong.headers()).isEqualTo(unknown.headers());
    assertThat(fixture.events.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .containsExactly("wrong_password", "unknown_user");
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("TH-1 the sixth guess is 429 with a wait, though it is right; later it is let in")
  void throttled() {
    for (int i = 0; i < 5; i++) {
      assertThat(refused(logIn(form(), "wrong")).status()).isEqualTo(401);
    }
    AuthResponse waits = refused(logIn(form(), PASSWORD));
    assertThat(waits.status()).isEqualTo(429);
    assertThat(waits.header("Retry-After")).contains("1");
    fixture.clock.advance(java.time.Duration.ofSeconds(1));
    assertThat(cookie(logIn(form(), PASSWORD))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  @DisplayName(
      "HT-2 a form that another site's page sent is refused before the password is checked")
  void foreign(String site) {
    AuthResponse answer = refused(logIn(form().header("Sec-Fetch-Site", site), PASSWORD));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("csrf");
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("GU-5 a form over plain HTTP is refused")
  void insecure() {
    AuthResponse answer = refused(logIn(form().insecure(), PASSWORD));
    assertThat(answer.body()).contains("insecure_transport");
    assertThat(answer.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  @DisplayName("CH-6 a store that can't answer is 503, and an event")
  void outage() {
    fixture.tokens.down("insert");
    AuthResponse answer = refused(logIn(form(), PASSWORD));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class)).isNotEmpty();
  }

  @Test
  @DisplayName("SE-6 one session more than there may be is 409")
  void tooMany() {
    Sessions one =
        Sessions.builder(auth).limit(new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW)).build();
    SessionLogin limited = SessionLogin.of(auth, auth.guard(SessionAuthenticator.of(one)));
    assertThat(cookie(limited.logIn(form().build(), "alice", PASSWORD, false))).isNotEmpty();
    AuthResponse answer = refused(limited.logIn(form().build(), "alice", PASSWORD, false));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("too_many_sessions");
  }

  @Test
  @DisplayName("SP-3 a chain without sessions can't log in by one")
  void noSessions() {
    Guard other = auth.guard(Authenticator.named("x", request -> NotAttempted.NO_CREDENTIALS));
    assertThatThrownBy(() -> SessionLogin.of(auth, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SessionAuthenticator");
    assertThat(login).hasToString("SessionLogin[Sessions[__Host-session]]");
  }
}
