package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.WatchedStore;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.ActiveLogins;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a user is logged in. */
class ActiveLoginsTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final ActiveLogins devices = fixture.accounts.activeLogins().orElseThrow();

  private void issue(TokenKind kind, String id, User user) {
    fixture.issue(kind, id, user);
    fixture.clock.advance(Duration.ofSeconds(1));
  }

  private List<String> listed() {
    return devices.list("1").stream().map(TokenRecord::id).toList();
  }

  @Test
  @DisplayName("SE-7: without a store of what was issued there is nothing to list")
  void none() {
    assertThat(fixture.bare.activeLogins()).isEmpty();
  }

  @Test
  @DisplayName(
      "SE-7, row 61: a user's sessions and families are listed, oldest first, no one else's")
  void lists() {
    fixture.users.put(User.builder("2", "bob"));
    issue(TokenKind.FAMILY, "family", fixture.alice());
    issue(TokenKind.SESSION, "session", fixture.alice());
    issue(TokenKind.TOKEN, "token", fixture.alice());
    issue(TokenKind.RESET, "reset", fixture.alice());
    issue(TokenKind.SESSION, "bob's", fixture.users.get("2"));
    assertThat(listed()).containsExactly("family", "session");
    assertThat(devices.list("nobody")).isEmpty();
  }

  @Test
  @DisplayName("SE-7, AC-2: what has expired, or what the epoch has ended, is not listed")
  void listsGoodOnes() {
    issue(TokenKind.SESSION, "ended", fixture.alice());
    fixture.bare.logOutEverywhere("1", null);
    fixture.tokens.insert(
        TokenRecord.builder(
                TokenKind.SESSION, SecretDigest.of("old"), "old", "1", fixture.clock.instant())
            .epoch(1)
            .expiresAt(fixture.clock.instant().plusSeconds(60))
            .build(),
        TokenLimit.NONE,
        fixture.clock.instant());
    issue(TokenKind.SESSION, "good", fixture.alice());
    assertThat(listed()).containsExactly("old", "good");
    fixture.clock.advance(Duration.ofSeconds(59));
    assertThat(listed()).containsExactly("good");
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenKind.class,
      names = {"SESSION", "FAMILY"})
  @DisplayName("SE-7, EV-1, row 61: one is ended, once, with one event, and the others stay")
  void ends(TokenKind kind) {
    issue(kind, "one", fixture.alice());
    issue(kind, "other", fixture.alice());
    assertThat(devices.end("1", "one")).isTrue();
    assertThat(devices.end("1", "one")).isFalse();
    assertThat(fixture.isGood(kind, "one")).isFalse();
    assertThat(fixture.isGood(kind, "other")).isTrue();
    assertThat(fixture.heard.events())
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(),
                kind == TokenKind.SESSION ? "session" : "family",
                "one",
                "1",
                "revoked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob's", "token", "reset", "", "\u0000", "nothing"})
  @DisplayName("SE-7: nobody ends what is another's, or no session or family, or not there")
  void endsNothing(String id) {
    fixture.users.put(User.builder("2", "bob"));
    issue(TokenKind.SESSION, "bob's", fixture.users.get("2"));
    issue(TokenKind.TOKEN, "token", fixture.alice());
    issue(TokenKind.RESET, "reset", fixture.alice());
    assertThat(devices.end("1", id)).isFalse();
    assertThat(fixture.isKept(TokenKind.SESSION, "bob's")).isTrue();
    assertThat(fixture.isKept(TokenKind.TOKEN, "token")).isTrue();
    assertThat(fixture.isKept(TokenKind.RESET, "reset")).isTrue();
    assertThat(fixture.heard.events()).isEmpty();
  }

  @RepeatedTest(20)
  @DisplayName("SE-7: of 20 who end the same at once, one is told that it has")
  void race() {
    issue(TokenKind.SESSION, "one", fixture.alice());
    List<Boolean> ended = Race.of(20, i -> devices.end("1", "one"));
    assertThat(Collections.frequency(ended, true)).isEqualTo(1);
    assertThat(fixture.heard.events(AuthEvent.Ended.class)).hasSize(1);
  }

  @Test
  @DisplayName("CH-6: an outage comes through")
  void outage() {
    issue(TokenKind.SESSION, "one", fixture.alice());
    fixture.tokens.beforeRead(WatchedStore::beAway);
    assertThatThrownBy(() -> devices.list("1")).isInstanceOf(StoreUnavailableException.class);
    fixture.tokens.beforeWrite(WatchedStore::beAway);
    assertThatThrownBy(() -> devices.end("1", "one")).isInstanceOf(StoreUnavailableException.class);
  }
}
