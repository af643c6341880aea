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
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A new password for whoever knows the current one. */
class PasswordChangeTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final Accounts accounts = fixture.accounts;

  private AccountResult change(Password current, Password next) {
    return accounts.changePassword("1", current, next, CLIENT, null);
  }

  private static String reason(AccountResult result) {
    return ((AccountResult.Refused) result).reason().name();
  }

  @Test
  @DisplayName("AC-1, EV-1: the new password is good, the former is not, and it is one event")
  void changes() {
    User told = ((AccountResult.Done) change(RIGHT, NEXT)).user();
    assertThat(told.epoch()).isEqualTo(1).isEqualTo(fixture.alice().epoch());
    assertThat(told.passwordHash()).isEqualTo(fixture.alice().passwordHash());
    assertThat(fixture.heard.events())
        .containsExactly(new AuthEvent.PasswordChanged(fixture.clock.instant(), "1", false));
    assertThat(fixture.logsIn(RIGHT)).isFalse();
    assertThat(fixture.logsIn(NEXT)).isTrue();
  }

  @Test
  @DisplayName("AC-4, row 38: without the current password nothing changes")
  void wrong() {
    assertThat(reason(change(WRONG, NEXT))).isEqualTo("wrong_password");
    assertThat(fixture.heard.events())
        .containsExactly(
            new AuthEvent.AuthenticationFailed(
                fixture.clock.instant(),
                "password_change",
                "wrong_password",
                "alice",
                CLIENT.address()));
    assertThat(fixture.alice().epoch()).isZero();
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("AC-4, TH-1, row 38: wrong ones are failed attempts; the sixth is throttled")
  void throttled() {
    for (int i = 0; i < 5; i++) {
      assertThat(reason(change(WRONG, NEXT))).isEqualTo("wrong_password");
    }
    int computed = fixture.hasher.computed();
    AccountResult refused = change(RIGHT, NEXT);
    assertThat(refused).matches(Refusals.refusedFor(PasswordResult.THROTTLED));
    assertThat(Refusals.wait(refused)).isEqualTo(Duration.ofSeconds(1));
    assertThat(fixture.hasher.computed()).isEqualTo(computed);
    assertThat(fixture.heard.events(AuthEvent.Throttled.class))
        .containsExactly(
            new AuthEvent.Throttled(
                fixture.clock.instant(), "password_change", "alice", CLIENT.address()));
    assertThat(fixture.logsIn(RIGHT)).as("one count for both").isFalse();
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(change(RIGHT, NEXT)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName(
      "PW-5, AC-4: the policy comes first; the current password is neither read nor counted")
  void policyFirst() {
    for (int i = 0; i < 20; i++) {
      AccountResult result = change(WRONG, Password.of("short\0"));
      assertThat(((AccountResult.Invalid) result).faults())
          .extracting(fault -> fault.field() + " " + fault.code())
          .containsExactly("new_password too_short", "new_password invalid_character");
    }
    assertThat(change(RIGHT, Password.of("alice"))).isInstanceOf(AccountResult.Invalid.class);
    assertThat(fixture.hasher.computed()).isZero();
    assertThat(fixture.heard.events()).isEmpty();
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("PW-5: the policy is that of the account's own name")
  void policyOfName() {
    fixture.users.put(fixture.alice().toBuilder().name("alice in wonderland"));
    AccountResult result = change(RIGHT, Password.of("ALICE in Wonderland"));
    assertThat(result).isInstanceOf(AccountResult.Invalid.class);
  }

  @Test
  @DisplayName("AC-1: whoever is gone or deactivated changes nothing")
  void nobody() {
    assertThat(accounts.changePassword("2", RIGHT, NEXT, CLIENT, null))
        .matches(Refusals.refusedFor(AccountResult.ACCOUNT_CHANGED));
    fixture.users.put(fixture.alice().toBuilder().active(false));
    assertThat(reason(change(RIGHT, NEXT))).isEqualTo("user_deactivated");
    assertThat(fixture.alice().passwordHash()).contains(":" + RIGHT.reveal());
  }

  @Test
  @DisplayName(
      "AC-2, PW-3: it works right after a login that has upgraded the hash, and while one does")
  void upgraded() {
    fixture.hasher.tag("today");
    fixture.login(RIGHT);
    assertThat(change(RIGHT, NEXT)).isInstanceOf(AccountResult.Done.class);
    fixture.hasher.tag("tomorrow");
    assertThat(change(NEXT, RIGHT)).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.heard.events(AuthEvent.AccountChanged.class)).hasSize(2);
    assertThat(fixture.alice().passwordHash()).contains("tomorrow:" + RIGHT.reveal());
    assertThat(fixture.alice().epoch()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "AC-2: a row that was changed without a raise meanwhile is changed from what it is now")
  void otherChangeMeanwhile() {
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          accounts.rename("1", "bob");
        });
    assertThat(change(RIGHT, NEXT)).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.alice().name()).isEqualTo("bob");
    assertThat(fixture.alice().passwordHash()).contains(":" + NEXT.reveal());
  }

  @Test
  @DisplayName("AC-2: whatever has raised the epoch since the check supersedes it")
  void superseded() {
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          accounts.logOutEverywhere("1", null);
        });
    assertThat(change(RIGHT, NEXT)).matches(Refusals.refusedFor(AccountResult.ACCOUNT_CHANGED));
    assertThat(fixture.alice().passwordHash()).contains(":" + RIGHT.reveal());
    assertThat(fixture.heard.events(AuthEvent.PasswordChanged.class)).isEmpty();
  }

  @Test
  @DisplayName("AC-2: so does what raises it while the new hash is computed")
  void supersededWhileHashing() {
    fixture.hasher.whileComputing(
        () -> {
          if (fixture.hasher.computed() == 2) {
            accounts.logOutEverywhere("1", null);
          }
        });
    assertThat(change(RIGHT, NEXT)).matches(Refusals.refusedFor(AccountResult.ACCOUNT_CHANGED));
    assertThat(fixture.alice().passwordHash()).contains(":" + RIGHT.reveal());
  }

  @Test
  @DisplayName("AC-2: a name that went to somebody else meanwhile changes the password of neither")
  void nameOfAnother() {
    fixture.users.put(User.builder("2", "bob").passwordHash(":" + RIGHT.reveal()));
    int before = fixture.users.reads();
    fixture.users.beforeRead(
        () -> {
          if (fixture.users.reads() == before + 2) { // between the look-ups by id and by name
            fixture.users.put(fixture.alice().toBuilder().name("carol"));
            fixture.users.put(fixture.users.get("2").toBuilder().name("alice"));
          }
        });
    assertThat(change(RIGHT, NEXT)).matches(Refusals.refusedFor(AccountResult.ACCOUNT_CHANGED));
    assertThat(fixture.alice().passwordHash()).contains(":" + RIGHT.reveal());
    assertThat(fixture.users.get("2").passwordHash()).contains(":" + RIGHT.reveal());
  }

  @Test
  @DisplayName("PW-4: without a turn for the new hash it is to be tried again, and nothing changes")
  void busy() {
    fixture.hasher.whileComputing(() -> Thread.currentThread().interrupt());
    AccountResult result = change(RIGHT, NEXT);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).matches(Refusals.refusedFor(PasswordResult.NO_TURN));
    assertThat(Refusals.wait(result)).isEqualTo(Duration.ofSeconds(1));
    assertThat(fixture.alice().epoch()).isZero();
    assertThat(fixture.alice().passwordHash()).isEqualTo(Optional.of(":" + RIGHT.reveal()));
  }

  @Test
  @DisplayName("CH-6, EV-1: an outage is one event, comes through, and is no failed attempt")
  void outage() {
    fixture.users.beforeRead(WatchedStore::beAway);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> change(WRONG, NEXT)).isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(fixture.heard.events())
        .hasSize(10)
        .containsOnly(
            new AuthEvent.StoreOutage(
                fixture.clock.instant(),
                "password_change",
                StoreUnavailableException.class.getName()));
    fixture.users.beforeRead(() -> {});
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("PW-6: neither result nor event shows a password or a hash")
  void hides() {
    assertThat(change(WRONG, NEXT).toString() + change(RIGHT, NEXT) + change(RIGHT, WRONG))
        .doesNotContain(RIGHT.reveal(), WRONG.reveal(), NEXT.reveal());
    assertThat(fixture.heard.events().toString())
        .doesNotContain(RIGHT.reveal(), WRONG.reveal(), NEXT.reveal());
  }
}
