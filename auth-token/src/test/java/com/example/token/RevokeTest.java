package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeTest {
  private final TokenFixture fixture = new TokenFixture();
  private final String alice = fixture.alice.id();

  private List<Issued> issue(String... labels) {
    return Stream.of(labels).map(label -> fixture.issue(NewToken.labelled(label))).toList();
  }

  @Test
  @DisplayName("TK-5 of ten tokens one is lost and revoked: nine go on")
  void nineLeft() {
    List<Issued> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(fixture.issue(NewToken.labelled("device " + i)));
      fixture.clock.advance(Duration.ofSeconds(1));
    }
    Issued lost = ten.remove(3);
    assertThat(fixture.tokens.revoke(alice, lost.record().id())).isTrue();
    fixture.assertRefused(lost, "unknown_or_expired");
    assertThat(ten).allMatch(fixture::isLive);
    assertThat(fixture.records())
        .as("oldest first")
        .extracting(TokenRecord::id)
        .containsExactlyElementsOf(ten.stream().map(token -> token.record().id()).toList());
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(), "token", lost.record().id(), alice, "revoked"));
  }

  @Test
  @DisplayName("TK-5 who revokes twice has revoked once")
  void idempotent() {
    Issued issued = fixture.issue();
    assertThat(fixture.tokens.revoke(alice, issued.record().id())).isTrue();
    assertThat(fixture.tokens.revoke(alice, issued.record().id())).isFalse();
    assertThat(fixture.tokens.revokeAll(alice)).isZero();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).hasSize(1);
    assertThat(fixture.events.events(AuthEvent.SeveralEnded.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "%", "*", "' OR 1=1--", "\u0000", "\uD800"})
  @DisplayName("TK-5 an unknown id ends nothing")
  void garbage(String id) {
    Issued issued = fixture.issue();
    assertThat(fixture.tokens.revoke(alice, id)).isFalse();
    assertThat(fixture.tokens.revoke(id, issued.record().id())).isFalse();
    assertThat(fixture.tokens.revokeAll(id)).isZero();
    assertThat(fixture.tokens.list(id)).isEmpty();
    assertThat(fixture.isLive(issued)).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @Test
  @DisplayName("TK-5 nobody revokes or lists another's; who names the user can")
  void othersToken() {
    Issued alices = fixture.issue();
    Issued bobs = fixture.issue(fixture.bob, NewToken.standard());
    assertThat(fixture.tokens.revoke(fixture.bob.id(), alices.record().id())).isFalse();
    assertThat(fixture.tokens.revoke(alice, bobs.record().id())).isFalse();
    assertThat(fixture.tokens.revoke(alice, alices.token().reveal())).isFalse();
    assertThat(List.of(alices, bobs)).allMatch(fixture::isLive);
    assertThat(fixture.tokens.list(fixture.bob.id()))
        .extracting(TokenRecord::id)
        .containsExactly(bobs.record().id());
    assertThat(fixture.tokens.revoke(fixture.bob.id(), bobs.record().id())).isTrue();
    assertThat(fixture.isLive(alices)).isTrue();
  }

  @Test
  @DisplayName("TK-5 all of a user, and neither another's nor a session")
  void all() {
    List<Issued> three = issue("a", "b", "c");
    Issued bobs = fixture.issue(fixture.bob, NewToken.standard());
    IssuedCredentials sessions =
        IssuedCredentials.builder(
                AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
                TokenKind.SESSION,
                fixture.watched,
                fixture.users)
            .build();
    SecretDigest key = SecretDigest.of("a session of alice's");
    TokenRecord session = sessions.record(key, alice, 0, sessions.now()).build();
    sessions.add(session);
    assertThat(fixture.tokens.revoke(alice, session.id())).isFalse();
    assertThat(fixture.tokens.list(alice)).hasSize(3);
    assertThat(fixture.tokens.revokeAll(alice)).isEqualTo(3);
    assertThat(three).noneMatch(fixture::isLive);
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(sessions.find(key, sessions.now())).isInstanceOf(Lookup.Live.class);
    assertThat(fixture.events.events(AuthEvent.SeveralEnded.class))
        .containsExactly(new AuthEvent.SeveralEnded(fixture.clock.instant(), alice, 3));
  }

  @Test
  @DisplayName("TK-5 by how the label begins, compared exactly")
  void labelled() {
    List<Issued> tokens = issue("ci-1", "ci-2", "CI-3", "my ci-4", "ci", "c%_", "cix");
    Issued bobs = fixture.issue(fixture.bob, NewToken.labelled("ci-1"));
    for (String none : List.of("ci%", "%", "_", "c_-", "ci-1 ", "Ci", "ci.*", "*")) {
      assertThat(fixture.tokens.revokeLabelled(alice, none)).as(none).isZero();
    }
    assertThat(fixture.tokens.revokeLabelled(alice, "ci-")).isEqualTo(2);
    assertThat(tokens.stream().filter(fixture::isLive).map(token -> token.record().label()))
        .containsExactly("CI-3", "my ci-4", "ci", "c%_", "cix");
    assertThat(fixture.tokens.revokeLabelled(alice, "c%")).isEqualTo(1);
    assertThat(fixture.isLive(bobs)).isTrue();
    assertThat(fixture.tokens.list(alice)).hasSize(4);
  }

  @Test
  @DisplayName("TK-5 the list has what is still good, and no more")
  void list() {
    fixture.issue(NewToken.labelled("short").lifetime(Lifetime.of(Duration.ofSeconds(1))));
    fixture.clock.advance(Duration.ofMillis(999));
    assertThat(fixture.records()).hasSize(1);
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(fixture.records()).isEmpty();
    fixture.issue();
    fixture.raise();
    assertThat(fixture.records()).as("ended by the epoch").isEmpty();
    fixture.issue();
    assertThat(fixture.records()).hasSize(1);
    fixture.users.delete(fixture.user());
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("CH-6, TK-5 an outage is no revocation")
  void outage() {
    Issued issued = fixture.issue();
    fixture.watched.down("remove");
    fixture.watched.down("removeAll");
    fixture.watched.down("list");
    String id = issued.record().id();
    assertThatThrownBy(() -> fixture.tokens.revoke(alice, id))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> fixture.tokens.revokeAll(alice))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> fixture.tokens.revokeLabelled(alice, "t"))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> fixture.tokens.list(alice))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
    assertThat(fixture.events.events(AuthEvent.SeveralEnded.class)).isEmpty();
  }
}
