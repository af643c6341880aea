package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.TokenRecord;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first node's store is away; the second's shows what has become of the family. */
class OutageTest {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  /** Which call of an exchange fails. */
  enum Call {
    LOOK,
    SWAP,
    LOOK_AFTER;

    void fail(Node node) {
      switch (this) {
        case LOOK -> node.store.down("find+user");
        case SWAP -> node.store.down("replace");
        case LOOK_AFTER -> node.store.before("replace", () -> node.store.down("find+user"));
      }
    }
  }

  private void assertOutage(Runnable work, String during) {
    assertThatThrownBy(work::run).isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class))
        .last()
        .isEqualTo(
            new AuthEvent.StoreOutage(
                fixture.clock.instant(), during, StoreUnavailableException.class.getName()));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CH-6, JW-7 an outage at any call of an exchange is none of its answers; ask again")
  void exchange(Call call) {
    call.fail(fixture.first);
    assertOutage(() -> fixture.first.refresh(pair), "refresh");
    assertThat(fixture.events.events(AuthEvent.StoreOutage.class)).hasSize(1);
    fixture.clock.advance(JwtFixture.GRACE);
    TokenPair next = fixture.second.next(pair);
    assertThat(fixture.second.next(pair).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
    fixture.second.next(next);
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @Test
  @DisplayName("JW-7 within the grace, too; nothing is written and nobody hears of a use")
  void graced() {
    TokenPair next = fixture.first.next(pair);
    fixture.first.store.down("find+user");
    assertOutage(() -> fixture.first.refresh(pair), "refresh");
    assertThat(fixture.rotated(true)).isEmpty();
    assertThat(fixture.second.next(pair).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
  }

  @Test
  @DisplayName("JW-7, row 103 theft that meets an outage is told by the next use, and ends it then")
  void theft() {
    TokenPair newest = fixture.first.next(fixture.first.next(pair));
    fixture.first.store.down("remove");
    assertOutage(() -> fixture.first.refresh(pair), "refresh");
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
    JwtFixture.assertRefused(fixture.second.refresh(pair), "reused");
    JwtFixture.assertRefused(fixture.second.refresh(newest), "unknown_or_expired");
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Revocation.class)
  @DisplayName("CH-6 an outage at any call of a revocation surfaces; a later one ends the family")
  void revoke(Revocation failing) {
    fixture.first.store.down(failing.operation);
    assertOutage(() -> fixture.first.families.revoke(pair.refreshToken().reveal()), "revoke");
    assertThat(fixture.isKept(pair)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
    assertThat(fixture.second.families.revoke(pair.refreshToken().reveal())).isTrue();
  }

  /** The calls of a revocation. */
  enum Revocation {
    LOOK("find+user"),
    REMOVAL("remove");

    private final String operation;

    Revocation(String operation) {
      this.operation = operation;
    }
  }

  @Test
  @DisplayName("CH-6 a login that can't be kept is none, with an event")
  void login() {
    fixture.first.store.down("insert");
    assertOutage(
        () -> fixture.first.families.start(fixture.alice, fixture.clock.instant(), CLIENT, null),
        "family");
    assertThat(fixture.records()).extracting(TokenRecord::id).containsExactly(pair.family().id());
    assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(1);
  }

  @Test
  @DisplayName("CH-6 an outage while a logout is planned or carried out surfaces, and ends nothing")
  void logout() {
    fixture.first.store.down("remove");
    assertThatThrownBy(
            () ->
                fixture
                    .first
                    .authenticator
                    .planLogout(Node.bearer(pair.accessToken().reveal()).build())
                    .carryOut())
        .isInstanceOf(StoreUnavailableException.class);
    fixture.first.store.down("find+user");
    assertThatThrownBy(
            () ->
                fixture.first.authenticator.planLogout(
                    Node.bearer(pair.accessToken().reveal()).build()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.isKept(pair)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @Test
  @DisplayName("CH-6 lists and ends by id surface an outage, with an event")
  void holdings() {
    for (String operation : List.of("list", "remove", "removeAll")) {
      fixture.first.store.down(operation);
    }
    String id = pair.family().id();
    assertOutage(() -> fixture.first.families.credentials().list("id-alice"), "user_credentials");
    assertOutage(
        () -> fixture.first.families.credentials().end("id-alice", id), "user_credentials");
    assertOutage(() -> fixture.first.families.credentials().endAll("id-alice"), "user_credentials");
    assertThat(fixture.isKept(pair)).isTrue();
  }

  @Test
  @DisplayName("JW-6 while the store is away, access tokens are as good as ever")
  void accessToken() {
    for (String operation : List.of("find", "find+user", "replace", "insert", "remove")) {
      fixture.first.store.down(operation);
    }
    assertThat(fixture.first.takes(pair)).isTrue();
  }
}
