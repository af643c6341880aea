package com.example.account;

import static com.example.account.AccountsFixture.CLIENT;
import static com.example.account.AccountsFixture.NEXT;
import static com.example.account.AccountsFixture.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.account.AccountResult;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** Changes of one account at the same moment. */
class AccountRaceTest {
  private static final int ROUNDS = 100;

  /** A throttle that lets all of them check, so that the row alone decides. */
  private final AccountsFixture fixture = new AccountsFixture(throttle -> throttle.failures(100));

  private AccountResult change(Password next) {
    return fixture.accounts.changePassword("1", RIGHT, next, CLIENT, null);
  }

  @RepeatedTest(10)
  @DisplayName("AC-2: of 50 changes with the right current password exactly one is made")
  void changes() {
    List<AccountResult> results = Race.of(50, i -> change(Password.of("new password no " + i)));
    List<User> changed =
        results.stream()
            .filter(AccountResult.Done.class::isInstance)
            .map(result -> ((AccountResult.Done) result).user())
            .toList();
    assertThat(changed).hasSize(1);
    assertThat(changed.get(0).passwordHash()).isEqualTo(fixture.alice().passwordHash());
    assertThat(fixture.alice().epoch()).isEqualTo(1);
    assertThat(fixture.heard.events(AuthEvent.PasswordChanged.class)).hasSize(1);
    assertThat(results)
        .allMatch(
            result ->
                result instanceof AccountResult.Done || result instanceof AccountResult.Refused);
  }

  @RepeatedTest(ROUNDS)
  @DisplayName("AC-2: a deactivation that races a password change always deactivates, as the last")
  void deactivation() {
    List<Object> results =
        Race.of(2, i -> i == 0 ? change(NEXT) : fixture.accounts.deactivate("1"));
    boolean changed = results.get(0) instanceof AccountResult.Done;
    assertThat(results.get(1)).isInstanceOf(AccountResult.Done.class);
    User alice = fixture.alice();
    assertThat(alice.isActive()).isFalse();
    assertThat(alice.passwordHash()).contains(":" + (changed ? NEXT.reveal() : RIGHT.reveal()));
    assertThat(alice.epoch()).isEqualTo(changed ? 2 : 1);
    assertThat(alice.revocationEpoch()).isEqualTo(alice.epoch());
  }

  @RepeatedTest(ROUNDS)
  @DisplayName("AC-2: a deletion that races a password change always deletes")
  void deletion() {
    List<Object> results = Race.of(2, i -> i == 0 ? change(NEXT) : fixture.accounts.delete("1"));
    assertThat(results.get(1)).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.users.findById("1")).isEmpty();
    assertThat(fixture.users.findByName("alice")).isEmpty();
  }

  @RepeatedTest(ROUNDS)
  @DisplayName("AC-2, PW-3: an upgrade of the hash that races a password change never undoes it")
  void upgrade() {
    fixture.hasher.tag("today");
    List<Object> results =
        Race.of(2, i -> i == 0 ? change(NEXT) : fixture.accounts.verify("alice", RIGHT, CLIENT));
    assertThat(results.get(0)).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.alice().passwordHash()).contains("today:" + NEXT.reveal());
    assertThat(fixture.alice().epoch()).isEqualTo(1);
  }

  @RepeatedTest(ROUNDS)
  @DisplayName("AC-2: a login that races a password change with the former password issues nothing")
  void login() {
    Race.of(
        2,
        i -> {
          if (i == 0) {
            return change(NEXT);
          }
          PasswordResult verdict = fixture.accounts.verify("alice", RIGHT, CLIENT);
          if (verdict instanceof PasswordResult.Verified verified) {
            fixture.issue(TokenKind.SESSION, "racing", verified.user());
          }
          return verdict;
        });
    assertThat(fixture.isGood(TokenKind.SESSION, "racing")).isFalse();
  }

  @RepeatedTest(10)
  @DisplayName("AC-3: of 20 who take one name at once, in several spellings, one has it")
  void renaming() {
    for (int i = 0; i < 20; i++) {
      fixture.users.put(User.builder("u" + i, "user " + i));
    }
    List<String> spellings = List.of("Stra\u00DFe", "STRASSE", "\uFF33trasse", "strasse");
    List<AccountResult> results =
        Race.of(20, i -> fixture.accounts.rename("u" + i, spellings.get(i % spellings.size())));
    assertThat(results.stream().filter(AccountResult.Done.class::isInstance)).hasSize(1);
    assertThat(results.stream().filter(Refusals.refusedFor(AccountResult.USERNAME_TAKEN)))
        .hasSize(19);
    assertThat(fixture.users.findByName("strasse")).isPresent();
  }
}
