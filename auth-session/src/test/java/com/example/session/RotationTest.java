package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RotationTest {
  private final SessionFixture fixture = new SessionFixture();

  @Test
  @DisplayName("SE-2, row 52 an id that the client brings is never adopted")
  void fixation() {
    String planted = "c2Vzc2lvbi1maXhhdGlvbi1zZXNzaW9uLWZpeGF0aW8";
    AuthRequest login = TestRequest.post("/login").cookie(SessionFixture.COOKIE, planted).build();
    Started started = fixture.start("alice", login);
    assertThat(started.cookie().value()).isNotEqualTo(planted);
    assertThat(fixture.records()).hasSize(1);
    AuthRequest attack = TestRequest.get("/").cookie(SessionFixture.COOKIE, planted).build();
    assertThat(fixture.authenticator.authenticate(attack)).isNotInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("SE-2, row 53 a session that comes with a login is dead after it, whoever's it was")
  void loginEndsFormer() {
    Started attackers = fixture.start("bob", TestRequest.post("/login").build());
    Started victims = fixture.start("alice", get(attackers).build());
    fixture.assertStale(attackers, "unknown_or_expired");
    assertThat(fixture.isLive(victims)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.id()).isEqualTo(attackers.record().id());
              assertThat(ended.why()).isEqualTo("login");
              assertThat(ended.userId()).isEqualTo(fixture.bob.id());
            });
  }

  @Test
  @DisplayName("SE-2, row 53 the former session is dead also if it is used during the login")
  void loginRacesUse() throws Exception {
    for (int round = 0; round < 200; round++) {
      Started former = fixture.start();
      fixture.clock.advance(Duration.ofMinutes(5)); // each use is due to be written down
      AuthRequest request = get(former).build();
      List<Callable<Object>> calls = new ArrayList<>();
      calls.add(() -> fixture.sessions.start(fixture.verified("bob"), request));
      calls.add(() -> fixture.authenticator.authenticate(request));
      calls.add(() -> fixture.sessions.updateAttributes(request, old -> Map.of("a", "b")));
      Race.of(calls);
      assertThat(fixture.isLive(former)).isFalse();
    }
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("SE-2 rotate: a new id and token, all else goes on, and the old id is dead")
  void rotates() {
    Started old = fixture.start();
    fixture.sessions.updateAttributes(get(old).build(), a -> Map.of("cart", "3"));
    fixture.clock.advance(Duration.ofMinutes(20));
    Started moved =
        remembered(
            fixture
                .sessions
                .rotate(get(old).header("User-Agent", "Browser/2").build())
                .orElseThrow());
    assertThat(moved.cookie().value()).isNotEqualTo(old.cookie().value());
    assertThat(moved.record().id()).isNotEqualTo(old.record().id());
    assertThat(moved.csrfToken().reveal()).isNotEqualTo(old.csrfToken().reveal());
    fixture.assertStale(old, "unknown_or_expired");
    Authenticated who = fixture.who(moved);
    assertThat(who.attributes()).isEqualTo(Map.of("cart", "3"));
    assertThat(who.authenticatedAt()).contains(old.record().authenticatedAt());
    assertThat(moved.record().expiresAt()).isEqualTo(old.record().expiresAt());
    assertThat(moved.record().createdAt()).isEqualTo(old.record().createdAt());
    assertThat(moved.record().client()).isEqualTo("Browser/2");
    assertThat(fixture.events.events(AuthEvent.SessionRotated.class))
        .containsExactly(
            new AuthEvent.SessionRotated(
                fixture.clock.instant(),
                old.record().id(),
                moved.record().id(),
                who.principal().id()));
    assertThat(fixture.sessions.rotate(get(old).build())).isEmpty();
    assertThat(fixture.sessions.rotate(TestRequest.get("/").build())).isEmpty();
  }

  @Test
  @DisplayName("SE-2 of fifty rotations at once one wins")
  void fiftyRotations() throws Exception {
    for (int round = 0; round < 20; round++) {
      Started old = fixture.start();
      AuthRequest request = get(old).build();
      List<Optional<Started>> results =
          Race.of(Collections.nCopies(50, () -> fixture.sessions.rotate(request)));
      assertThat(results.stream().filter(Optional::isPresent)).hasSize(1);
      assertThat(fixture.isLive(old)).isFalse();
      Started winner = results.stream().flatMap(Optional::stream).findFirst().orElseThrow();
      assertThat(fixture.isLive(winner)).isTrue();
      assertThat(fixture.records()).hasSize(1);
      fixture.sessions.end(get(winner).build());
    }
  }

  @Test
  @DisplayName(
      "SE-2, SE-7 a logout that has ended the session leaves nothing to rotate: 1,000 races")
  void logoutRacesRotate() throws Exception {
    SessionFixture quiet = new SessionFixture();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    int[] outcomes = new int[2];
    try {
      for (int round = 0; round < 1000; round++) {
        Started old = quiet.start();
        AuthRequest request = get(old).build();
        int ended = quiet.events.events(AuthEvent.Ended.class).size();
        List<Callable<Optional<Started>>> calls =
            List.of(
                () -> quiet.sessions.rotate(request),
                () -> {
                  quiet.sessions.end(request);
                  return Optional.empty();
                });
        Optional<Started> moved = Race.of(threads, calls).get(0);
        boolean reported = quiet.events.events(AuthEvent.Ended.class).size() > ended;
        assertThat(reported).as("one of the two wins").isNotEqualTo(moved.isPresent());
        assertThat(quiet.records()).hasSize(moved.isPresent() ? 1 : 0);
        assertThat(quiet.isLive(old)).isFalse();
        moved.ifPresent(m -> quiet.sessions.end(get(m).build()));
        outcomes[moved.isPresent() ? 1 : 0]++;
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("races won by logout and by rotation: " + outcomes[0] + ", " + outcomes[1]);
  }

  @Test
  @DisplayName("SE-2, SE-7 a logout between any two steps of a rotation: one of the two wins")
  void logoutAtEachStep() {
    for (String step : List.of("find+user", "replace", "remove", "insert")) {
      SessionFixture fresh = new SessionFixture();
      Started old = fresh.start();
      AuthRequest request = get(old).build();
      // The logout has seen a live session before the rotation began.
      var logout =
          fresh.authenticator.planLogout(get(old).header("Sec-Fetch-Site", "none").build());
      fresh.tokens.before(step, logout::carryOut);
      Optional<Started> moved = fresh.sessions.rotate(request);
      boolean reported = !fresh.events.events(AuthEvent.Ended.class).isEmpty();
      assertThat(reported).as(step).isEqualTo(!step.equals("insert"));
      assertThat(moved.isPresent()).as(step).isEqualTo(!reported);
      assertThat(fresh.records()).as(step).hasSize(reported ? 0 : 1);
    }
  }

  @Test
  @DisplayName("SE-2, SE-10 an attribute that was acknowledged is in the rotated session")
  void attributesRaceRotate() {
    for (String step : List.of("replace", "remove", "insert")) {
      SessionFixture fresh = new SessionFixture();
      Started old = fresh.start();
      AuthRequest request = get(old).build();
      AtomicReference<Boolean> acknowledged = new AtomicReference<>();
      fresh.tokens.before(
          step,
          () ->
              acknowledged.set(
                  fresh.sessions.updateAttributes(request, former -> Map.of("cart", "7"))));
      Started moved = remembered(fresh.sessions.rotate(request).orElseThrow());
      assertThat(acknowledged.get()).as(step).isEqualTo(step.equals("replace"));
      assertThat(fresh.who(moved).attributes())
          .as(step)
          .isEqualTo(acknowledged.get() ? Map.of("cart", "7") : Map.of());
    }
  }

  @Test
  @DisplayName("SE-2, row 53 the old id is dead before the new one is handed out")
  void deadAtOnce() {
    for (String step : List.of("remove", "insert")) {
      SessionFixture fresh = new SessionFixture();
      Started old = fresh.start();
      AtomicReference<AuthResult> meanwhile = new AtomicReference<>();
      fresh.tokens.before(step, () -> meanwhile.set(fresh.authenticate(old)));
      assertThat(fresh.sessions.rotate(get(old).build())).isPresent();
      assertThat(meanwhile.get()).as(step).isNotNull().isNotInstanceOf(Authenticated.class);
    }
  }

  @Test
  @DisplayName(
      "SE-2, SE-6 a login that takes the place of a session on its way ends it, and says so")
  void placeTaken() {
    SessionFixture one =
        new SessionFixture(b -> b.limit(new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW)), b -> b);
    Started old = one.start();
    AtomicReference<SessionResult> login = new AtomicReference<>();
    one.tokens.before(
        "insert",
        () ->
            login.set(
                one.sessions.start(one.verified("alice"), TestRequest.post("/login").build())));
    assertThat(one.sessions.rotate(get(old).build())).isEmpty();
    assertThat(login.get()).isInstanceOf(Started.class);
    assertThat(one.records()).hasSize(1);
    assertThat(one.events.events(AuthEvent.Ended.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.id()).isEqualTo(old.record().id()))
        .satisfies(ended -> assertThat(ended.why()).isEqualTo("limit"));
  }

  @Test
  @DisplayName("CH-6, SE-2 an outage in the middle of a rotation leaves no live session behind")
  void outage() {
    for (String step : List.of("remove", "insert")) {
      SessionFixture fresh = new SessionFixture();
      Started old = fresh.start();
      fresh.tokens.down(step);
      AuthRequest request = get(old).build();
      assertThatThrownBy(() -> fresh.sessions.rotate(request))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(fresh.isLive(old)).as(step).isFalse();
    }
  }
}
