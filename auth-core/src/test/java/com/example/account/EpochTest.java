package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.NEXT;
import static com.example.account.AccountsFixture.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.User;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Epochs end what was issued. Nothing is cleaned up here, so that nothing else can. */
class EpochTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final Accounts accounts = fixture.bare;

  private static AccountResult changePassword(Accounts accounts) {
    return accounts.changePassword("1", RIGHT, NEXT, CLIENT, null);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        ending("change of the password", EpochTest::changePassword),
        ending("log out everywhere", accounts -> accounts.logOutEverywhere("1", null)),
        ending("deactivation", accounts -> accounts.deactivate("1")),
        ending(
            "deactivation and activation",
            accounts -> {
              accounts.deactivate("1");
              accounts.activate("1");
            }),
        ending("deletion", accounts -> accounts.delete("1")));
  }

  private static Arguments ending(String name, Consumer<Accounts> ending) {
    return Arguments.of(name, ending);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  @DisplayName("AC-2, row 61: it ends all that was issued before, though the records are there")
  void ends(String name, Consumer<Accounts> ending) {
    for (TokenKind kind : TokenKind.values()) {
      fixture.issue(kind, "before " + kind, fixture.login(RIGHT));
      assertThat(fixture.isGood(kind, "before " + kind)).isTrue();
    }
    ending.accept(accounts);
    for (TokenKind kind : TokenKind.values()) {
      assertThat(fixture.isKept(kind, "before " + kind)).isTrue();
      assertThat(fixture.isGood(kind, "before " + kind)).as("%s", kind).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  @DisplayName("AC-2: a login that was verified before it and issues after it is dead on arrival")
  void deadOnArrival(String name, Consumer<Accounts> ending) {
    User verified = fixture.login(RIGHT);
    ending.accept(accounts);
    fixture.issue(TokenKind.SESSION, "late", verified);
    assertThat(fixture.isGood(TokenKind.SESSION, "late")).isFalse();
  }

  @Test
  @DisplayName("AC-2: what is issued after it is good")
  void after() {
    changePassword(accounts);
    fixture.issue(TokenKind.SESSION, "after", fixture.login(NEXT));
    assertThat(fixture.isGood(TokenKind.SESSION, "after")).isTrue();
  }

  @Test
  @DisplayName("AC-2: each raises the epoch by one, and only a password change not the second one")
  void numbers() {
    changePassword(accounts);
    assertEpochs(1, 0);
    accounts.logOutEverywhere("1", null);
    assertEpochs(2, 2);
    accounts.changePassword("1", NEXT, RIGHT, CLIENT, null);
    assertEpochs(3, 2);
    accounts.deactivate("1");
    assertEpochs(4, 4);
    accounts.activate("1");
    assertEpochs(4, 4);
    accounts.rename("1", "bob");
    assertEpochs(4, 4);
  }

  private void assertEpochs(long epoch, long revocationEpoch) {
    assertThat(fixture.alice().epoch()).isEqualTo(epoch);
    assertThat(fixture.alice().revocationEpoch()).isEqualTo(revocationEpoch);
  }

  @Test
  @DisplayName("AC-2: a token that is exempt outlives a password change, and nothing else")
  void exempt() {
    fixture.issue(TokenKind.TOKEN, "exempt", fixture.alice());
    changePassword(accounts);
    assertThat(fixture.isGood(TokenKind.TOKEN, "exempt")).isFalse();
    assertThat(fixture.isGoodExempt("exempt")).isTrue();
    accounts.logOutEverywhere("1", null);
    assertThat(fixture.isGoodExempt("exempt")).isFalse();
  }

  @Test
  @DisplayName("AC-2: an exempt token that a login issues after a log-out is dead on arrival")
  void exemptDeadOnArrival() {
    changePassword(accounts);
    User verified = fixture.login(NEXT);
    accounts.logOutEverywhere("1", null);
    fixture.issue(TokenKind.TOKEN, "late", verified);
    assertThat(fixture.isGoodExempt("late")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(TokenKind.class)
  @DisplayName("AC-2, PW-3: a hash that is upgraded at a login raises no epoch and ends nothing")
  void upgrade(TokenKind kind) {
    fixture.issue(kind, "before", fixture.alice());
    fixture.hasher.tag("today");
    User verified = fixture.login(RIGHT);
    assertThat(fixture.heard.events(AuthEvent.AccountChanged.class)).hasSize(1);
    assertEpochs(0, 0);
    fixture.issue(kind, "after", verified);
    assertThat(fixture.isGood(kind, "before")).isTrue();
    assertThat(fixture.isGood(kind, "after")).isTrue();
  }

  @Test
  @DisplayName("AC-2: renaming ends nothing")
  void rename() {
    fixture.issue(TokenKind.SESSION, "session", fixture.alice());
    accounts.rename("1", "bob");
    assertThat(fixture.isGood(TokenKind.SESSION, "session")).isTrue();
  }
}
