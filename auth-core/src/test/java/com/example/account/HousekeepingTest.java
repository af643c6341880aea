package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.NEXT;
import static com.example.account.AccountsFixture.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.password.WatchedStore;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.User;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the store of tokens has no more use for after a change. */
class HousekeepingTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final Accounts accounts = fixture.accounts;

  @BeforeEach
  void issue() {
    for (TokenKind kind : TokenKind.values()) {
      fixture.issue(kind, "mine " + kind, fixture.alice());
    }
    fixture.issue(TokenKind.SESSION, "this one", fixture.alice());
    fixture.users.put(User.builder("2", "bob"));
    fixture.issue(TokenKind.SESSION, "bob's", fixture.users.get("2"));
    User later = fixture.alice().toBuilder().revokeAll().build();
    fixture.issue(TokenKind.SESSION, "later", later);
  }

  private AccountResult changePassword(Accounts accounts, String kept) {
    return accounts.changePassword("1", RIGHT, NEXT, CLIENT, kept);
  }

  private void assertKept(TokenKind... kinds) {
    for (TokenKind kind : TokenKind.values()) {
      assertThat(fixture.isKept(kind, "mine " + kind))
          .as("%s", kind)
          .isEqualTo(List.of(kinds).contains(kind));
    }
    assertThat(fixture.isKept(TokenKind.SESSION, "bob's")).isTrue();
    assertThat(fixture.isKept(TokenKind.SESSION, "later")).isTrue();
  }

  private void assertRemoved(int count) {
    assertThat(fixture.heard.events(AuthEvent.SeveralEnded.class))
        .containsExactly(new AuthEvent.SeveralEnded(fixture.clock.instant(), "1", count));
  }

  @Test
  @DisplayName("AC-2, AC-4, row 38: a password change removes what it has ended, but for one")
  void passwordChange() {
    changePassword(accounts, "this one");
    assertKept();
    assertRemoved(4);
    assertThat(fixture.isKept(TokenKind.SESSION, "this one")).isTrue();
    assertThat(fixture.isGood(TokenKind.SESSION, "this one"))
        .as("before it goes on under a new id")
        .isFalse();
  }

  @Test
  @DisplayName("AC-4: without a session that is kept, none is")
  void keepsNone() {
    changePassword(accounts, null);
    assertKept();
    assertRemoved(5);
    assertThat(fixture.isKept(TokenKind.SESSION, "this one")).isFalse();
  }

  @Test
  @DisplayName("SE-7: log out everywhere removes all, or all others")
  void logOutEverywhere() {
    accounts.logOutEverywhere("1", "this one");
    assertKept();
    assertRemoved(4);
    assertThat(fixture.isKept(TokenKind.SESSION, "this one")).isTrue();
  }

  @Test
  @DisplayName("AC-2, row 61: deactivation and deletion remove all")
  void deactivation() {
    accounts.deactivate("1");
    assertKept();
    assertRemoved(5);
  }

  @Test
  @DisplayName("AC-2, row 61: deletion removes all")
  void deletion() {
    accounts.delete("1");
    assertKept();
    assertRemoved(5);
  }

  @Test
  @DisplayName("AC-2: renaming removes nothing, and where nothing is removed there is no event")
  void nothing() {
    accounts.rename("1", "carol");
    accounts.activate("1");
    assertKept(TokenKind.values());
    assertThat(fixture.heard.events(AuthEvent.SeveralEnded.class)).isEmpty();
  }

  @Test
  @DisplayName("AC-2: tokens that are exempt stay at a password change, and go at anything else")
  void exempt() {
    Accounts exempting =
        fixture
            .builder(fixture.environment.withTokensOutlivePasswordChange(true))
            .tokens(fixture.tokens)
            .build();
    changePassword(exempting, null);
    assertKept(TokenKind.TOKEN);
    assertRemoved(4);
    exempting.logOutEverywhere("1", null);
    assertThat(fixture.isKept(TokenKind.TOKEN, "mine TOKEN")).isFalse();
  }

  @Test
  @DisplayName("AC-5, AC-2: a reset removes exempt tokens too")
  void exemptAtReset() {
    Accounts exempting =
        fixture
            .builder(fixture.environment.withTokensOutlivePasswordChange(true))
            .tokens(fixture.tokens)
            .build();
    AtomicReference<String> code = new AtomicReference<>();
    PasswordReset reset =
        PasswordReset.of(
            exempting, fixture.tokens, (user, made, expiresAt) -> code.set(made.reveal()));
    reset.request("alice", CLIENT);
    assertThat(reset.redeem(code.get(), NEXT, AccountsFixture.CLIENT))
        .isInstanceOf(AccountResult.Done.class);
    assertKept();
  }

  @Test
  @DisplayName("AC-2, EV-1: an outage of the token store leaves the change standing, with an event")
  void outage() {
    fixture.tokens.beforeWrite(WatchedStore::beAway);
    assertThat(changePassword(accounts, null)).isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.logOutEverywhere("1", null)).isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.deactivate("1")).isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.delete("1")).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.heard.events(AuthEvent.StoreOutage.class))
        .hasSize(4)
        .containsOnly(
            new AuthEvent.StoreOutage(
                fixture.clock.instant(),
                "housekeeping",
                StoreUnavailableException.class.getName()));
    assertThat(fixture.heard.events(AuthEvent.PasswordChanged.class)).hasSize(1);
    assertThat(fixture.heard.events(AuthEvent.AccountChanged.class)).hasSize(3);
    assertThat(fixture.isGood(TokenKind.SESSION, "this one")).isFalse();
  }
}
