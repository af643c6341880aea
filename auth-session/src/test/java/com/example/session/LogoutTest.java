package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest {
  private static final String EXPIRED =
      "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";

  private final SessionFixture fixture = new SessionFixture();
  private final Started session = fixture.start();

  private Logout plan(TestRequest request) {
    return fixture.authenticator.planLogout(request.build());
  }

  private static List<String> headers(Logout plan) {
    return plan.cookies().stream().map(SetCookie::header).toList();
  }

  @Test
  @DisplayName(
      "SE-7, row 55 a logout removes the record, and the cookie of the same name and flags")
  void logout() {
    AuthRequest request = get(session).build();
    assertThat(fixture.sessions.end(request).header()).isEqualTo(EXPIRED);
    assertThat(fixture.authenticator.expiredCookies())
        .extracting(SetCookie::header)
        .containsExactly(EXPIRED);
    assertThat(fixture.records()).isEmpty();
    fixture.assertStale(session, "unknown_or_expired");
    assertThat(fixture.sessions.end(request).header()).isEqualTo(EXPIRED);
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(),
                "session",
                session.record().id(),
                fixture.alice.id(),
                "logout"));
  }

  @Test
  @DisplayName("SE-7 a plan ends nothing until it is carried out; twice is once")
  void plan() {
    Logout plan = plan(post(session).header("Sec-Fetch-Site", "same-origin"));
    assertThat(plan.refusal()).isEmpty();
    assertThat(headers(plan)).containsExactly(EXPIRED);
    assertThat(fixture.isLive(session)).isTrue();
    plan.carryOut();
    plan.carryOut();
    assertThat(fixture.records()).isEmpty();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET"})
  @DisplayName("SE-5, SE-7, row 60 another site's page ends nothing, by whatever method")
  void refused(String method) {
    for (String[] header :
        List.of(
            new String[] {"Sec-Fetch-Site", "cross-site"},
            new String[] {"Sec-Fetch-Site", "same-site"},
            new String[] {"Origin", "https://evil.example"},
            new String[] {"X-CSRF-Token", "wrong token"})) {
      Logout plan =
          plan(
              TestRequest.of(method, "/logout")
                  .cookie(SessionFixture.COOKIE, session.cookie().value())
                  .header("Host", "api.example")
                  .header(header[0], header[1]));
      assertThat(plan.refusal().map(refusal -> refusal.reason().refusal().code()))
          .as(header[1])
          .contains("csrf");
      assertThat(plan.cookies()).isEmpty();
      plan.carryOut();
      assertThat(fixture.isLive(session)).isTrue();
    }
    assertThat(plan(post(session).header("X-CSRF-Token", session.csrfToken().reveal())).refusal())
        .isEmpty();
  }

  @Test
  @DisplayName("SE-7 another site's request without the cookie doesn't make the browser forget it")
  void cookieHeldBack() {
    TestRequest foreign =
        TestRequest.post("/logout")
            .header("Host", "api.example")
            .header("Sec-Fetch-Site", "cross-site");
    assertThat(plan(foreign).cookies()).isEmpty();
    assertThat(plan(foreign).refusal()).isEmpty();
    assertThat(headers(plan(TestRequest.post("/logout")))).containsExactly(EXPIRED);
  }

  @Test
  @DisplayName("SE-7, SE-8 stale and malformed cookies end nothing, and are forgotten")
  void stale() {
    fixture.sessions.end(get(session).build());
    Started live = fixture.start();
    for (TestRequest request :
        List.of(
            get(session),
            TestRequest.post("/").header("Cookie", SessionFixture.COOKIE + "=x"),
            get(live).header("Cookie", SessionFixture.COOKIE + "=x"))) {
      Logout plan = plan(request);
      assertThat(plan.refusal()).isEmpty();
      assertThat(headers(plan)).containsExactly(EXPIRED);
      plan.carryOut();
    }
    assertThat(fixture.isLive(live)).isTrue();
  }

  @Test
  @DisplayName("GU-5, SE-7 over plain HTTP the cookie is refused unread")
  void plainHttp() {
    fixture.tokens.forget();
    Logout plan = plan(post(session).header("Sec-Fetch-Site", "same-origin").insecure());
    assertThat(plan.refusal().map(Rejected::reason)).contains(Reason.INSECURE_TRANSPORT);
    assertThat(plan.cookies()).isEmpty();
    assertThat(fixture.tokens.calls()).isEmpty();
  }

  @Test
  @DisplayName("CH-6, SE-7 an outage is not a logout")
  void outage() {
    Logout plan = plan(post(session).header("Sec-Fetch-Site", "none"));
    fixture.tokens.down("remove");
    assertThatThrownBy(plan::carryOut).isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
    fixture.tokens.down("find+user");
    TestRequest request = post(session);
    assertThatThrownBy(() -> plan(request)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("SE-7, row 55, EV-1 a listener that throws keeps nothing alive, whatever the change")
  void throwingListener() {
    SessionFixture throwing =
        new SessionFixture(
            environment ->
                environment.withListener(
                    event -> {
                      throw new IllegalStateException("the listener is broken");
                    }));
    Started first = throwing.start();
    Started second =
        SessionFixture.remembered(throwing.sessions.rotate(get(first).build()).orElseThrow());
    assertThat(throwing.isLive(first)).isFalse();
    Started third = throwing.start("alice", get(second).build());
    assertThat(throwing.isLive(second)).isFalse();
    throwing.sessions.end(get(third).build());
    assertThat(throwing.isLive(third)).isFalse();
    assertThat(throwing.records()).isEmpty();
  }

  @Test
  @DisplayName("SE-7, row 56 a logout wins against uses and changes that race it: 1,000 races")
  void racesTouch() throws Exception {
    SessionFixture quiet = new SessionFixture(environment -> environment.withListener(event -> {}));
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 1000; round++) {
        Started old = quiet.start();
        quiet.clock.advance(Duration.ofMinutes(2)); // a use is due to be written down
        AuthRequest request = get(old).build();
        List<Callable<Object>> calls =
            List.of(
                () -> quiet.authenticator.authenticate(request),
                () -> quiet.sessions.updateAttributes(request, a -> Map.of("a", "b")),
                () -> quiet.sessions.end(request));
        Race.of(threads, calls);
        assertThat(quiet.isLive(old)).isFalse();
        assertThat(quiet.records()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("SE-7, row 56 a session that is ended before its use is noted is not authenticated")
  void endedBeforeTouch() {
    fixture.clock.advance(Duration.ofMinutes(2));
    AuthRequest request = get(session).build();
    fixture.tokens.before("touch", () -> fixture.sessions.end(request));
    fixture.assertStale(session, "ended_meanwhile");
  }

  @Test
  @DisplayName(
      "SE-7, row 61 list mine, end one, all others, all, by public ids that are no secrets")
  void listed() {
    TokenStore tokens = fixture.tokens;
    Started second = fixture.start();
    Started third = fixture.start();
    Started bobs = fixture.start("bob", TestRequest.post("/login").build());
    EnumSet<TokenKind> kind = EnumSet.of(TokenKind.SESSION);
    assertThat(tokens.list(fixture.alice.id(), kind, fixture.clock.instant()))
        .extracting(TokenRecord::id)
        .containsExactlyInAnyOrder(
            session.record().id(), second.record().id(), third.record().id());
    assertThat(((Authenticated) fixture.authenticate(second)).credentialId())
        .contains(second.record().id());
    TestRequest byPublicId =
        TestRequest.get("/").header("Cookie", SessionFixture.COOKIE + "=" + second.record().id());
    assertThat(fixture.authenticator.authenticate(byPublicId.build()))
        .isNotInstanceOf(Authenticated.class);
    Instant now = fixture.clock.instant();
    assertThat(tokens.remove(fixture.alice.id(), kind, bobs.record().id(), now)).isFalse();
    assertThat(tokens.remove(fixture.alice.id(), kind, third.record().id(), now)).isTrue();
    assertThat(fixture.isLive(third)).isFalse();
    tokens.removeAll(
        fixture.alice.id(), TokenStore.Selection.of(kind).except(second.record().id()), now);
    assertThat(fixture.isLive(session)).isFalse();
    assertThat(fixture.isLive(second)).isTrue();
    assertThat(fixture.isLive(bobs)).isTrue();
  }
}
