package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.remembered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.AccountResult;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EpochTest {
  private final SessionFixture fixture = new SessionFixture();

  private User user() {
    return fixture.users.findById(fixture.alice.id()).orElseThrow();
  }

  /** Raises the epoch and does no housekeeping: the records stay. */
  private User raise() {
    User now = user();
    fixture.users.update(now, now.toBuilder().revokeAll().build());
    return user();
  }

  @Test
  @DisplayName("AC-2, row 61 a raised epoch ends all sessions at once, removed or not")
  void oldEpoch() {
    Started session = fixture.start();
    raise();
    fixture.assertStale(session, "old_epoch");
    assertThat(fixture.sessions.rotate(get(session).build())).isEmpty();
    assertThat(fixture.sessions.updateAttributes(get(session).build(), a -> a)).isFalse();
    assertThat(fixture.isLive(fixture.start())).isTrue();
  }

  @Test
  @DisplayName("AC-2, row 61 a deactivated user's sessions are dead, and reactivation revives none")
  void deactivated() {
    Started session = fixture.start();
    User now = user();
    fixture.users.update(now, now.toBuilder().active(false).build());
    fixture.assertStale(session, "user_deactivated");
    fixture.users.update(user(), user().toBuilder().active(true).build());
    fixture.accounts.deactivate(fixture.alice.id());
    fixture.accounts.activate(fixture.alice.id());
    assertThat(fixture.isLive(session)).isFalse();
  }

  @Test
  @DisplayName("AC-2, row 61 a deleted user's sessions are dead")
  void deleted() {
    Started session = fixture.start();
    fixture.users.delete(user());
    fixture.assertStale(session, "unknown_user");
    fixture.accounts.delete(fixture.alice.id());
    assertThat(fixture.isLive(session)).isFalse();
  }

  @Test
  @DisplayName("AC-2 a login that was verified before a change of the password is dead on arrival")
  void deadOnArrival() {
    PasswordResult.Verified before = fixture.verified("alice");
    fixture.changePassword(null);
    AuthRequest login = TestRequest.post("/login").build();
    Started late = remembered((Started) fixture.sessions.start(before, login));
    fixture.assertStale(late, "old_epoch");
  }

  @Test
  @DisplayName("AC-2, SE-2 a rotation that races a raise of the epoch doesn't outlive it")
  void rotationRacesRaise() {
    for (String step : List.of("find+user", "replace", "remove", "insert")) {
      SessionFixture fresh = new SessionFixture();
      Started session = fresh.start();
      fresh.tokens.before(step, () -> fresh.accounts.logOutEverywhere(fresh.alice.id(), null));
      Optional<Started> moved = fresh.sessions.rotate(get(session).build());
      moved.ifPresent(m -> assertThat(fresh.isLive(remembered(m))).as(step).isFalse());
      assertThat(fresh.isLive(session)).as(step).isFalse();
    }
  }

  @Test
  @DisplayName("AC-4 a change of the password keeps the caller's session, under a new id")
  void renewed() {
    Started session = fixture.start();
    Started others = fixture.start();
    Authenticated who = fixture.who(session);
    User changed = fixture.changePassword(session.record().id());
    fixture.assertStale(session, "old_epoch");
    Started renewed =
        remembered(fixture.sessions.renew(get(session).build(), who, changed).orElseThrow());
    assertThat(fixture.who(renewed).epoch()).hasValue(changed.epoch());
    assertThat(renewed.record().authenticatedAt()).isEqualTo(session.record().authenticatedAt());
    assertThat(fixture.isLive(session)).isFalse();
    assertThat(fixture.isLive(others)).isFalse();
    assertThat(fixture.sessions.renew(get(session).build(), who, changed)).isEmpty();
    assertThat(fixture.records()).hasSize(1);
  }

  @Test
  @DisplayName("AC-4 a logout everywhere else keeps the caller's session, too")
  void loggedOutElsewhere() {
    Started session = fixture.start();
    Authenticated who = fixture.who(session);
    AccountResult.Done done =
        (AccountResult.Done)
            fixture.accounts.logOutEverywhere(fixture.alice.id(), session.record().id());
    assertThat(fixture.sessions.renew(get(session).build(), who, done.user()))
        .hasValueSatisfying(renewed -> assertThat(fixture.isLive(remembered(renewed))).isTrue());
  }

  @Test
  @DisplayName("AC-2, AC-4 it goes on for the very next epoch only")
  void nextEpochOnly() {
    Started session = fixture.start();
    Authenticated who = fixture.who(session);
    AuthRequest request = get(session).build();
    User same = user();
    User next = raise();
    User afterNext = raise();
    assertThat(fixture.sessions.renew(request, who, same)).isEmpty();
    assertThat(fixture.sessions.renew(request, who, afterNext)).isEmpty();
    // The very next one, but the user has been logged out everywhere since: dead on arrival.
    Started late = remembered(fixture.sessions.renew(request, who, next).orElseThrow());
    fixture.assertStale(late, "old_epoch");
  }

  @Test
  @DisplayName("AC-4 it goes on for the caller's own session only")
  void ownOnly() {
    Started session = fixture.start();
    Started another = fixture.start();
    Started bobs = fixture.start("bob", TestRequest.post("/login").build());
    Authenticated who = fixture.who(session);
    Authenticated bob = fixture.who(bobs);
    Authenticated byPassword =
        Authenticated.builder(who.principal(), "basic").epoch(who.epoch().orElseThrow()).build();
    User changed = raise();
    AuthRequest request = get(session).build();
    assertThat(fixture.sessions.renew(get(another).build(), who, changed)).isEmpty();
    assertThat(fixture.sessions.renew(get(bobs).build(), who, changed)).isEmpty();
    assertThat(fixture.sessions.renew(request, bob, changed)).isEmpty();
    assertThat(fixture.sessions.renew(request, byPassword, changed)).isEmpty();
    assertThat(fixture.sessions.renew(get(bobs).build(), bob, changed)).isEmpty();
    assertThat(fixture.sessions.renew(TestRequest.get("/").build(), who, changed)).isEmpty();
    assertThat(fixture.sessions.renew(request, who, changed)).isPresent();
  }

  @Test
  @DisplayName("AC-4, SE-2 of many renewals at once one wins; after a logout none does")
  void renewalsAtOnce() throws Exception {
    Started session = fixture.start();
    Authenticated who = fixture.who(session);
    User changed = raise();
    AuthRequest request = get(session).build();
    List<Optional<Started>> renewed =
        Race.of(Collections.nCopies(20, () -> fixture.sessions.renew(request, who, changed)));
    assertThat(renewed.stream().filter(Optional::isPresent)).hasSize(1);

    Started second = fixture.start();
    Authenticated again = fixture.who(second);
    fixture.tokens.remove(second.record(), fixture.clock.instant()); // ended by its public id
    assertThat(fixture.sessions.renew(get(second).build(), again, raise())).isEmpty();
  }

  @Test
  @DisplayName("AC-4, SE-2 a renewal that finds a rotation on its way has lost")
  void renewalMeetsRotation() {
    Started session = fixture.start();
    Authenticated who = fixture.who(session);
    AuthRequest request = get(session).build();
    fixture.tokens.before(
        "remove",
        () -> {
          User changed = raise();
          assertThat(fixture.sessions.renew(request, who, changed)).isEmpty();
        });
    Started moved = remembered(fixture.sessions.rotate(request).orElseThrow());
    fixture.assertStale(moved, "old_epoch");
  }
}
