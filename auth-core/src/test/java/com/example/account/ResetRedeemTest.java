package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.NEXT;
import static com.example.account.AccountsFixture.RIGHT;
import static com.example.account.AccountsFixture.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.WatchedStore;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting a new password by a code. */
class ResetRedeemTest {
  private static final Predicate<AccountResult> UNKNOWN =
      Refusals.refusedFor(AccountResult.UNKNOWN_CODE);

  private final ResetFixture fixture = new ResetFixture();
  private final AccountsFixture base = fixture.base;

  private AccountResult redeem(String code) {
    return fixture.reset.redeem(code, NEXT, AccountsFixture.CLIENT);
  }

  private void assertUnchanged() {
    assertThat(base.alice().passwordHash()).contains(":" + RIGHT.reveal());
    assertThat(base.heard.events(AuthEvent.PasswordChanged.class)).isEmpty();
  }

  @Test
  @DisplayName("AC-5, EV-1: the new password is good, the former is not, and it is one event")
  void changes() {
    User told = ((AccountResult.Done) redeem(fixture.code())).user();
    assertThat(told.id()).isEqualTo("1");
    assertThat(told.epoch()).isEqualTo(base.alice().epoch()).isEqualTo(1);
    assertThat(base.heard.events(AuthEvent.PasswordChanged.class))
        .containsExactly(new AuthEvent.PasswordChanged(base.clock.instant(), "1", true));
    assertThat(base.logsIn(RIGHT)).isFalse();
    assertThat(base.logsIn(NEXT)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TokenKind.class)
  @DisplayName("AC-5, AC-2: it ends everything that was issued, exempt tokens too, and cleans up")
  void endsEverything(TokenKind kind) {
    base.issue(kind, "before", base.login(RIGHT));
    User verified = base.login(RIGHT);
    redeem(fixture.code());
    assertThat(base.alice().revocationEpoch()).isEqualTo(base.alice().epoch());
    assertThat(base.isKept(kind, "before")).isFalse();
    base.issue(kind, "late", verified);
    assertThat(base.isGood(kind, "late")).isFalse();
    assertThat(base.isGoodExempt("late")).isFalse();
  }

  @Test
  @DisplayName("AC-5: a code is good once")
  void once() {
    String code = fixture.code();
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
    assertThat(redeem(code)).matches(UNKNOWN);
    assertThat(base.alice().epoch()).isEqualTo(1);
  }

  @Test
  @DisplayName("AC-5: a deactivated user stays so, before the request and after it")
  void deactivated() {
    fixture.users.put(base.alice().toBuilder().active(false));
    User told = ((AccountResult.Done) redeem(fixture.code())).user();
    assertThat(told.isActive()).isFalse();
    assertThat(base.alice().isActive()).isFalse();
    assertThat(base.alice().passwordHash()).contains(":" + NEXT.reveal());
    assertThat(base.logsIn(NEXT)).isFalse();
  }

  @Test
  @DisplayName("AC-5: a code is good until one millisecond before its hour ends")
  void expiry() {
    String code = fixture.code();
    base.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("AC-5: at the end of its hour it no longer is")
  void expired() {
    String code = fixture.code();
    base.clock.advance(Duration.ofHours(1));
    assertThat(redeem(code)).matches(UNKNOWN);
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "\uFF21AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "\u0000AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  @DisplayName("AC-5: what can't be a code costs no question to a store")
  void malformed(String code) {
    assertThat(redeem(code)).matches(UNKNOWN);
    assertThat(fixture.tokens.asked()).isZero();
    assertThat(fixture.users.reads()).isZero();
  }

  @Test
  @DisplayName("AC-5: a code that was never made costs one question, and no hash")
  void never() {
    String code = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assertThat(redeem(code)).matches(UNKNOWN);
    assertThat(fixture.tokens.asked()).isEqualTo(1);
    assertThat(base.hasher.computed()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = TokenKind.class, mode = EnumSource.Mode.EXCLUDE, names = "RESET")
  @DisplayName("AC-5, ST-1: the secret of another kind of record resets nothing")
  void otherKind(TokenKind kind) {
    String secret = "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    base.issue(kind, secret, base.alice());
    assertThat(redeem(secret)).matches(UNKNOWN);
    assertThat(base.isKept(kind, secret)).isTrue();
    assertUnchanged();
  }

  @Test
  @DisplayName("AC-2, AC-5: whatever ends what was issued ends codes, also without housekeeping")
  void epoch() {
    String code = fixture.code();
    base.bare.changePassword("1", RIGHT, WRONG, CLIENT, null);
    assertThat(redeem(code)).matches(UNKNOWN);
    code = fixture.code();
    base.bare.logOutEverywhere("1", null);
    assertThat(redeem(code)).matches(UNKNOWN);
    code = fixture.code();
    base.bare.deactivate("1");
    base.bare.activate("1");
    assertThat(redeem(code)).matches(UNKNOWN);
    assertThat(base.alice().passwordHash()).contains(":" + WRONG.reveal());
    fixture.rest();
    code = fixture.code();
    base.bare.delete("1");
    assertThat(redeem(code)).matches(UNKNOWN);
  }

  @Test
  @DisplayName("AC-2: a request that read the user before the epoch rose makes a code that is dead")
  void requestRaces() {
    fixture.tokens.beforeWrite(
        () -> {
          fixture.tokens.beforeWrite(() -> {});
          base.bare.logOutEverywhere("1", null);
        });
    assertThat(redeem(fixture.code())).matches(UNKNOWN);
    assertUnchanged();
  }

  @Test
  @DisplayName("AC-2: an epoch that rises between the removal of the code and the change wins")
  void epochRaces() {
    String code = fixture.code();
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          base.bare.deactivate("1");
        });
    assertThat(redeem(code)).matches(UNKNOWN);
    assertUnchanged();
    assertThat(base.alice().isActive()).isFalse();
  }

  @Test
  @DisplayName("AC-5: a code that ends between its check and its removal is unknown")
  void endedMeanwhile() {
    String code = fixture.code();
    fixture.tokens.beforeWrite(
        () -> {
          fixture.tokens.beforeWrite(() -> {});
          TokenRecord record =
              fixture
                  .tokens
                  .find(TokenKind.RESET, SecretDigest.of(code), base.clock.instant())
                  .orElseThrow();
          assertThat(fixture.tokens.remove(record, base.clock.instant())).isTrue();
        });
    assertThat(redeem(code)).matches(UNKNOWN);
    assertUnchanged();
  }

  @Test
  @DisplayName("AC-5: a hash that is upgraded, or a name that changes meanwhile, hinders nothing")
  void otherChanges() {
    String code = fixture.code();
    base.hasher.tag("today");
    base.login(RIGHT);
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          base.accounts.rename("1", "bob");
        });
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
    assertThat(base.alice().name()).isEqualTo("bob");
    assertThat(base.alice().passwordHash()).contains("today:" + NEXT.reveal());
  }

  @Test
  @DisplayName("AC-5, PW-5: the policy comes first, without a hash, and the code stays good")
  void policyFirst() {
    String code = fixture.code();
    AccountResult result =
        fixture.reset.redeem(code, Password.of("short\0"), AccountsFixture.CLIENT);
    assertThat(((AccountResult.Invalid) result).faults())
        .extracting(fault -> fault.field() + " " + fault.code())
        .containsExactly("new_password too_short", "new_password invalid_character");
    assertThat(base.hasher.computed()).isZero();
    assertUnchanged();
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("AC-5: the policy tells nothing to whoever has no code")
  void policyNeedsCode() {
    String code = "CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assertThat(fixture.reset.redeem(code, Password.of(""), AccountsFixture.CLIENT))
        .matches(UNKNOWN);
  }

  @Test
  @DisplayName("AC-5, PW-4: without a turn for hashing the code stays good")
  void busy() {
    String code = fixture.code();
    Thread.currentThread().interrupt();
    AccountResult result = redeem(code);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).matches(Refusals.refusedFor(PasswordResult.NO_TURN));
    assertThat(Refusals.wait(result)).isEqualTo(Duration.ofSeconds(1));
    assertUnchanged();
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("CH-6, EV-1: an outage before the code is removed is one event, and leaves it good")
  void outage() {
    String code = fixture.code();
    fixture.tokens.beforeWrite(WatchedStore::beAway);
    assertThatThrownBy(() -> redeem(code)).isInstanceOf(StoreUnavailableException.class);
    assertThat(base.heard.events(AuthEvent.StoreOutage.class))
        .containsExactly(
            new AuthEvent.StoreOutage(
                base.clock.instant(), "password_reset", StoreUnavailableException.class.getName()));
    assertUnchanged();
    fixture.tokens.beforeWrite(() -> {});
    assertThat(redeem(code)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("AC-5: a code that was removed is used up, even if the user can't be written then")
  void usedUp() {
    String code = fixture.code();
    fixture.users.beforeWrite(WatchedStore::beAway);
    assertThatThrownBy(() -> redeem(code)).isInstanceOf(StoreUnavailableException.class);
    fixture.users.beforeWrite(() -> {});
    assertThat(redeem(code)).matches(UNKNOWN);
    assertUnchanged();
  }

  @RepeatedTest(20)
  @DisplayName("AC-5: of 50 redemptions of one code at once exactly one changes the password")
  void race() {
    String code = fixture.code();
    List<AccountResult> results =
        Race.of(
            50,
            i ->
                fixture.reset.redeem(
                    code, Password.of("new password no " + i), AccountsFixture.CLIENT));
    List<AccountResult> changed =
        results.stream().filter(AccountResult.Done.class::isInstance).toList();
    assertThat(changed).hasSize(1);
    assertThat(results.stream().filter(UNKNOWN)).hasSize(49);
    assertThat(base.alice().epoch()).isEqualTo(1);
    assertThat(((AccountResult.Done) changed.get(0)).user().passwordHash())
        .isEqualTo(base.alice().passwordHash());
    assertThat(base.heard.events(AuthEvent.PasswordChanged.class)).hasSize(1);
  }

  @RepeatedTest(100)
  @DisplayName("AC-5, AC-2: a reset that races a deactivation never ends with an active user")
  void raceDeactivation() {
    String code = fixture.code();
    List<Object> results = Race.of(2, i -> i == 0 ? redeem(code) : base.accounts.deactivate("1"));
    boolean changed = results.get(0) instanceof AccountResult.Done;
    assertThat(base.alice().isActive()).isFalse();
    assertThat(base.alice().epoch()).isEqualTo(changed ? 2 : 1);
    assertThat(base.alice().passwordHash())
        .contains(":" + (changed ? NEXT.reveal() : RIGHT.reveal()));
  }

  @Test
  @DisplayName("PW-6: neither result nor event shows the code or the password")
  void hides() {
    String code = fixture.code();
    String shown =
        fixture.reset.redeem(code, Password.of("alice"), AccountsFixture.CLIENT).toString()
            + redeem(code);
    assertThat(shown + base.heard.events()).doesNotContain(code, NEXT.reveal());
  }
}
