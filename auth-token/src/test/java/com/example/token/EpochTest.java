package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.password.Password;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.TokenResult.Issued;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpochTest {
  private static final Password NEXT = Password.of("through the looking glass");

  /** With the housekeeping of the accounts and without, the outcome is the same. */
  enum Housekeeping {
    REMOVES,
    NONE
  }

  private final TokenFixture standard = new TokenFixture();
  private final TokenFixture exempt =
      TokenFixture.in(
          environment -> environment.withTokensOutlivePasswordChange(true), tokens -> tokens);

  private static Accounts accounts(TokenFixture of, Housekeeping housekeeping) {
    Accounts.Builder builder = Accounts.builder(of.users, of.passwords);
    return switch (housekeeping) {
      case REMOVES -> builder.tokens(of.watched).build();
      case NONE -> builder.build();
    };
  }

  private static void changePassword(TokenFixture of, Accounts by) {
    assertThat(
            by.changePassword(
                of.alice.id(), TokenFixture.PASSWORD, NEXT, TokenFixture.CLIENT, null))
        .isInstanceOf(AccountResult.Done.class);
  }

  private static void reset(TokenFixture of, Accounts by) {
    AtomicReference<String> code = new AtomicReference<>();
    PasswordReset reset =
        PasswordReset.of(by, of.watched, (user, made, expiresAt) -> code.set(made.reveal()));
    reset.request("alice", TokenFixture.CLIENT);
    Secrets.remember(code.get());
    assertThat(reset.redeem(code.get(), NEXT, new Client(InetAddress.getLoopbackAddress(), "")))
        .isInstanceOf(AccountResult.Done.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AC-2 a change of the password ends tokens, unless they are exempt")
  void byDefault(Housekeeping housekeeping) {
    Issued issued = standard.issue();
    changePassword(standard, accounts(standard, housekeeping));
    assertThat(standard.isLive(issued)).isFalse();
    assertThat(standard.records()).isEmpty();
    assertThat(standard.tokens.introspect(issued.token().reveal())).isEmpty();
    assertThat(standard.isLive(standard.issue())).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AC-2 exempt tokens live on, however often the password changes; they are listed")
  void exempt(Housekeeping housekeeping) {
    Issued issued = exempt.issue();
    Accounts accounts = accounts(exempt, housekeeping);
    changePassword(exempt, accounts);
    accounts.changePassword(
        exempt.alice.id(), NEXT, TokenFixture.PASSWORD, TokenFixture.CLIENT, null);
    assertThat(exempt.isLive(issued)).isTrue();
    assertThat(exempt.who(issued).epoch()).hasValue(2);
    assertThat(exempt.records()).hasSize(1);
    assertThat(exempt.isLive(exempt.issue())).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "AC-2 a reset, a logout everywhere and a deactivation end exempt tokens all the same")
  void endedAllTheSame(Housekeeping housekeeping) {
    for (String how : new String[] {"reset", "everywhere", "deactivated", "deleted"}) {
      TokenFixture fresh =
          TokenFixture.in(
              environment -> environment.withTokensOutlivePasswordChange(true), tokens -> tokens);
      Issued before = fresh.issue();
      Accounts accounts = accounts(fresh, housekeeping);
      changePassword(fresh, accounts);
      Issued after = fresh.issue();
      assertThat(fresh.isLive(before) && fresh.isLive(after)).isTrue();
      switch (how) {
        case "reset" -> reset(fresh, accounts);
        case "everywhere" -> accounts.logOutEverywhere(fresh.alice.id(), null);
        case "deactivated" -> accounts.deactivate(fresh.alice.id());
        default -> accounts.delete(fresh.alice.id());
      }
      accounts.activate(fresh.alice.id());
      assertThat(fresh.isLive(before)).as(how).isFalse();
      assertThat(fresh.isLive(after)).as(how).isFalse();
      assertThat(fresh.records()).as(how).isEmpty();
    }
  }

  @Test
  @DisplayName("AC-2, TK-1 exempt tokens that have ended all the same take nobody's place")
  void limit() {
    TokenFixture one =
        TokenFixture.in(
            environment -> environment.withTokensOutlivePasswordChange(true),
            tokens -> tokens.limit(new TokenLimit(1, WhenFull.REFUSE_NEW)));
    Accounts accounts = accounts(one, Housekeeping.NONE);
    one.issue();
    changePassword(one, accounts);
    assertThat(one.tokens.issue(one.user(), NewToken.standard()))
        .isInstanceOf(TokenResult.TooMany.class);
    accounts.logOutEverywhere(one.alice.id(), null);
    assertThat(one.tokens.issue(one.user(), NewToken.standard())).isInstanceOf(Issued.class);
  }

  @Test
  @DisplayName(
      "AC-2 what is issued for a stale proof is dead on arrival after a logout everywhere, exempt or not")
  void staleProof() {
    for (TokenFixture of : new TokenFixture[] {standard, exempt}) {
      var login = of.verified("alice");
      accounts(of, Housekeeping.NONE).logOutEverywhere(of.alice.id(), null);
      of.assertRefused(
          TokenFixture.remembered(of.tokens.issue(login, NewToken.standard())), "old_epoch");
      of.assertRefused(of.issue(of.alice, NewToken.standard()), "old_epoch");
    }
  }

  @Test
  @DisplayName("AC-2 a new name ends nothing, and the token tells it at once")
  void renamed() {
    Issued issued = standard.issue();
    standard.accounts.rename(standard.alice.id(), "alicia");
    assertThat(standard.who(issued).principal().name()).isEqualTo("alicia");
  }
}
