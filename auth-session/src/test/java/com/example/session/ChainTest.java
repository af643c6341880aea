package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.post;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final SessionFixture fixture = new SessionFixture();
  private final Started session = fixture.start();
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(
          AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
          fixture.authenticator,
          new Password());

  /** Takes any Basic header. */
  private static final class Password implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      return request.authorization().is("Basic")
          ? Authenticated.builder(new Principal("p", "program", Set.of()), name()).build()
          : NotAttempted.NO_CREDENTIALS;
    }

    @Override
    public String name() {
      return "basic";
    }

    @Override
    public Set<String> authSchemes() {
      return Set.of("Basic");
    }

    @Override
    public List<Challenge> challenges(AuthRequest request) {
      return List.of(Challenge.of("Basic", "api"));
    }
  }

  @Test
  @DisplayName("SP-3 two stores are enough for sessions with all defaults")
  void ofStores() {
    SessionAuthenticator plain =
        SessionAuthenticator.of(Sallyport.of(fixture.users, TokenStore.inMemory()));
    AuthRequest login = TestRequest.post("/login").build();
    SessionResult start = plain.sessions().start(fixture.alice, Instant.now(), login, false);
    assertThat(plain.authenticate(SessionFixture.get((SessionResult.Started) start).build()))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("CH-12 the result tells principal, scheme, public id, epoch, and when it was proved")
  void result() {
    User alice = fixture.users.findById(fixture.alice.id()).orElseThrow();
    fixture.users.update(alice, alice.toBuilder().roles(Set.of("admin")).build());
    fixture.clock.advance(Duration.ofMinutes(3));
    Authenticated who = fixture.who(session);
    assertThat(who.principal()).isEqualTo(new Principal(alice.id(), "alice", Set.of("admin")));
    assertThat(who.scheme()).isEqualTo("session");
    assertThat(who.credentialId()).contains(session.record().id());
    assertThat(who.epoch()).hasValue(0);
    assertThat(who.authenticatedAt())
        .contains(fixture.clock.instant().minus(Duration.ofMinutes(3)));
    assertThat(who.scopes()).isEmpty();
    assertThat(who.allows("anything")).isTrue();
    assertThat(who.challenge()).contains(Challenge.of("Session", "api"));
  }

  @Test
  @DisplayName("GU-2, row 63 a proof that is too old is 401 reauthentication_required")
  void tooLongAgo() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.environment, chain));
    Permission recent = Permission.authenticatedWithin(Duration.ofMinutes(5));
    AuthRequest request = get(session).build();
    fixture.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(guard.check(request, recent)).isInstanceOf(Decision.Proceed.class);
    fixture.clock.advance(Duration.ofMillis(1));
    AuthResponse answer = ((Decision.Refuse) guard.check(request, recent)).response();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("reauthentication_required");
  }

  @Test
  @DisplayName("CH-3 a stale cookie beside a good Basic header works, and the event tells of it")
  void staleBesideBasic() {
    fixture.clock.advance(Duration.ofMinutes(30));
    assertThatResult(chain.authenticate(get(session).basic("alice", "wonderland").build()))
        .isAuthenticatedAs("program");
    assertThat(fixture.events.events(AuthEvent.StaleCredentials.class))
        .singleElement()
        .satisfies(stale -> assertThat(stale.reason()).isEqualTo("unknown_or_expired"))
        .satisfies(stale -> assertThat(stale.scheme()).isEqualTo("session"));
  }

  @Test
  @DisplayName("CH-1 a live session that stands first decides, and Basic is not asked")
  void liveFirst() {
    assertThatResult(chain.authenticate(get(session).basic("bob", "wonderland").build()))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("CH-6 an outage at the look-up comes through, and is 503")
  void outage() {
    SessionFixture fresh = new SessionFixture();
    Started started = fresh.start();
    fresh.tokens.down("find+user");
    AuthRequest request = get(started).basic("alice", "wonderland").build();
    AuthenticatorChain withBasic = AuthenticatorChain.of(fresh.authenticator, new Password());
    assertThatThrownBy(() -> withBasic.authenticate(request))
        .isInstanceOf(StoreUnavailableException.class);
    Decision decision = Guard.of(withBasic).check(request, Permission.anyone());
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
  }

  @Test
  @DisplayName("CH-6 no session is begun, moved or changed while the store is away")
  void noStart() {
    fixture.tokens.down("insert");
    assertThatThrownBy(fixture::start).isInstanceOf(StoreUnavailableException.class);
    fixture.tokens.down("replace");
    AuthRequest request = get(session).build();
    assertThatThrownBy(() -> fixture.sessions.rotate(request))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> fixture.sessions.updateAttributes(request, a -> a))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.isLive(session)).isTrue();
    fixture.tokens.down("find+user");
    assertThatThrownBy(() -> fixture.start("alice", request))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName(
      "GU-5 a cookie over plain HTTP is 403 insecure_transport, unread, without a challenge")
  void plainHttp() {
    fixture.tokens.forget();
    Guard guard = Guard.of(chain);
    for (TestRequest request :
        List.of(
            get(session).insecure(),
            post(session).insecure(),
            get(session).insecure().header("X-Forwarded-Proto", "https"),
            get(session).insecure().header("Forwarded", "for=192.0.2.1;proto=https"),
            TestRequest.get("/").insecure().header("Cookie", SessionFixture.COOKIE + "=x"))) {
      Decision decision = guard.check(request.build(), Permission.anyone());
      AuthResponse answer = ((Decision.Refuse) decision).response();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("\"code\":\"insecure_transport\"");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
    assertThat(fixture.tokens.calls()).isEmpty();
    assertThat(guard.check(TestRequest.get("/").insecure().build(), Permission.anyone()))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  @DisplayName("GU-5, row 14, CVE-2023-28708 behind a trusted proxy its word on TLS counts")
  void behindProxy() {
    TestRequest https =
        get(session)
            .from("10.0.0.1")
            .insecure()
            .trustedProxies("10.0.0.0/8")
            .header("X-Forwarded-For", "192.0.2.1")
            .header("X-Forwarded-Proto", "https");
    assertThatResult(fixture.authenticator.authenticate(https.build())).isAuthenticatedAs("alice");
    TestRequest http =
        get(session)
            .from("10.0.0.1")
            .trustedProxies("10.0.0.0/8")
            .header("X-Forwarded-For", "192.0.2.1")
            .header("X-Forwarded-Proto", "http");
    assertThatResult(fixture.authenticator.authenticate(http.build()))
        .isRejected(Reason.INSECURE_TRANSPORT);
    Started behind =
        fixture.start(
            "alice",
            TestRequest.post("/login")
                .from("10.0.0.1")
                .insecure()
                .trustedProxies("10.0.0.0/8")
                .header("X-Forwarded-Proto", "https")
                .build());
    assertThat(behind.cookie().header()).contains("; Secure;");
  }

  @Test
  @DisplayName("GU-5, SE-1 the development switch holds on loopback only, and not behind proxies")
  void development() {
    SessionFixture local =
        new SessionFixture(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT));
    Started started = local.start();
    TestRequest fine = get(started).insecure().header("Host", "localhost:8080");
    assertThatResult(local.authenticator.authenticate(fine.build())).isAuthenticatedAs("alice");
    for (TestRequest request :
        List.of(
            get(started).insecure().header("Host", "api.example"),
            get(started).insecure().header("Host", "localhost").from("192.0.2.1"),
            get(started).insecure().header("Host", "localhost").header("X-Forwarded-For", "::1"),
            get(started).insecure().header("Host", "localhost").trustedProxies("10.0.0.0/8"))) {
      assertThatResult(local.authenticator.authenticate(request.build()))
          .isRejected(Reason.INSECURE_TRANSPORT);
    }
  }

  @Test
  @DisplayName("SE-9 anonymous is 401 with a challenge of our own; without it, 403")
  void challenge() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.authenticator));
    AuthResponse answer = ((Decision.Refuse) guard.check(TestRequest.get("/").build())).response();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("Session realm=\"api\"");
    SessionFixture silent = new SessionFixture(b -> b, b -> b.withoutChallenge());
    Guard without = Guard.of(AuthenticatorChain.of(silent.authenticator));
    answer = ((Decision.Refuse) without.check(TestRequest.get("/").build())).response();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(silent.who(silent.start()).challenge()).isEmpty();
    SessionFixture named = new SessionFixture(b -> b, b -> b.realm("orders \"2\""));
    assertThat(named.authenticator.challenges(TestRequest.get("/").build()))
        .singleElement()
        .hasToString("Session realm=\"orders \\\"2\\\"\"");
    assertThatThrownBy(() -> new SessionFixture(b -> b, b -> b.realm("a\r\nb")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("CH-4 credentials named Session in Authorization are nobody's, and refused")
  void sessionInAuthorization() {
    AuthRequest request =
        TestRequest.get("/").authorization("Session " + session.cookie().value()).build();
    assertThat(chain.authenticate(request)).hasToString("Rejected[session, unclaimed_credentials]");
  }
}
