package com.example.account;

import static com.example.account.AccountsFixture.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.WatchedStore;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to an account without its password, and what each way of doing it ends with. */
class AccountChangesTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final Accounts accounts = fixture.accounts;

  @BeforeEach
  void roles() {
    fixture.users.put(fixture.alice().toBuilder().roles(Set.of("admin")));
  }

  private void assertHeard(String what) {
    assertThat(fixture.heard.events())
        .containsExactly(new AuthEvent.AccountChanged(fixture.clock.instant(), "1", what));
  }

  private static void assertSame(AccountResult change, User stored) {
    User told = ((AccountResult.Done) change).user();
    assertThat(told.id()).isEqualTo(stored.id());
    assertThat(told.isActive()).isEqualTo(stored.isActive());
    assertThat(told.epoch()).isEqualTo(stored.epoch());
    assertThat(told.version()).isEqualTo(stored.version());
    assertThat(told.revocationEpoch()).isEqualTo(stored.revocationEpoch());
    assertThat(told.principal()).isEqualTo(stored.principal());
  }

  @Test
  @DisplayName("AC-1, EV-1: a deactivated user can't log in, keeps all else, and it is one event")
  void deactivates() {
    assertSame(accounts.deactivate("1"), fixture.alice());
    assertThat(fixture.alice().isActive()).isFalse();
    assertThat(fixture.alice().passwordHash()).contains(":" + RIGHT.reveal());
    assertThat(fixture.alice().principal().roles()).containsExactly("admin");
    assertHeard("deactivated");
    assertThat(fixture.logsIn(RIGHT)).isFalse();
  }

  @Test
  @DisplayName("AC-1: whoever is active again logs in with the former password")
  void activates() {
    fixture.users.put(fixture.alice().toBuilder().active(false));
    assertSame(accounts.activate("1"), fixture.alice());
    assertThat(fixture.alice().isActive()).isTrue();
    assertHeard("activated");
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("AC-1: a change that was made already is made")
  void twice() {
    accounts.deactivate("1");
    assertThat(accounts.deactivate("1")).isInstanceOf(AccountResult.Done.class);
    accounts.activate("1");
    assertThat(accounts.activate("1")).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.alice().isActive()).isTrue();
  }

  @Test
  @DisplayName("AC-1: whoever is logged out everywhere can log in again")
  void logsOut() {
    assertSame(accounts.logOutEverywhere("1", null), fixture.alice());
    assertHeard("logged_out_everywhere");
    assertThat(fixture.alice().isActive()).isTrue();
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("AC-1: a deleted user is gone, and the name is free")
  void deletes() {
    User before = fixture.alice();
    assertSame(accounts.delete("1"), before);
    assertHeard("deleted");
    assertThat(fixture.users.findById("1")).isEmpty();
    assertThat(fixture.users.findByName("alice")).isEmpty();
    assertThat(fixture.logsIn(RIGHT)).isFalse();
    assertThat(accounts.rename("1", "bob"))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.register("ALICE", RIGHT)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("AC-2: a deletion that races a change is made all the same")
  void deletesChanged() {
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          accounts.activate("1");
        });
    assertThat(accounts.delete("1")).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.users.findById("1")).isEmpty();
  }

  @Test
  @DisplayName("AC-1, AC-3: a user is renamed as typed, and nothing else changes")
  void renames() {
    User renamed = ((AccountResult.Done) accounts.rename("1", "Alice Smith")).user();
    assertThat(renamed.name()).isEqualTo("Alice Smith");
    assertThat(fixture.alice().name()).isEqualTo("Alice Smith");
    assertThat(fixture.alice().epoch()).isZero();
    assertThat(fixture.alice().principal().roles()).containsExactly("admin");
    assertThat(fixture.users.findByName("alice SMITH")).isPresent();
    assertThat(fixture.users.findByName("alice")).isEmpty();
    assertHeard("renamed");
  }

  @Test
  @DisplayName("AC-1, EV-1: a user gets other roles in place of all former ones, and logins go on")
  void changesRoles() {
    assertSame(accounts.changeRoles("1", Set.of("staff", "press")), fixture.alice());
    assertThat(fixture.alice().principal().roles()).containsExactlyInAnyOrder("staff", "press");
    assertThat(fixture.alice().epoch()).isZero();
    assertThat(fixture.alice().name()).isEqualTo("alice");
    assertHeard("roles_changed");
    assertThat(accounts.changeRoles("1", Set.of())).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.alice().principal().roles()).isEmpty();
    assertThat(fixture.logsIn(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("AC-1, AC-2: roles and a deactivation that race are both there, neither is lost")
  void rolesRace() {
    fixture.users.beforeWrite(
        () -> {
          fixture.users.beforeWrite(() -> {});
          accounts.deactivate("1");
        });
    assertThat(accounts.changeRoles("1", Set.of("staff"))).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.alice().isActive()).isFalse();
    assertThat(fixture.alice().principal().roles()).containsExactly("staff");
  }

  @Test
  @DisplayName("AC-3: a user can take another spelling of their own name")
  void respells() {
    assertThat(accounts.rename("1", "ALICE")).isInstanceOf(AccountResult.Done.class);
    assertThat(fixture.users.findByName("alice").orElseThrow().name()).isEqualTo("ALICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Stra\u00DFe", "STRASSE", "strasse", "\uFF33trasse", "STRA\u1E9EE"})
  @DisplayName("AC-3: a name that somebody has, in any spelling, is taken")
  void taken(String spelling) {
    fixture.users.put(User.builder("2", "Stra\u00DFe"));
    assertThat(accounts.rename("1", spelling))
        .matches(Refusals.refusedFor(AccountResult.USERNAME_TAKEN));
    assertThat(fixture.alice().name()).isEqualTo("alice");
    assertThat(fixture.heard.events()).isEmpty();
  }

  @Test
  @DisplayName("AC-3: a name that can't be one is refused, and no store is asked")
  void invalidName() {
    assertThat(accounts.rename("1", "a:b"))
        .isEqualTo(
            new AccountResult.Invalid(
                List.of(new Fault("username", "colon", "A username can't contain a colon."))));
    assertThat(accounts.rename("1", "")).isInstanceOf(AccountResult.Invalid.class);
    assertThat(fixture.users.reads()).isZero();
  }

  @Test
  @DisplayName("AC-1: nobody of that id: told, no event")
  void unknown() {
    assertThat(accounts.deactivate("2")).matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.activate("2")).matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.delete("2")).matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.changeRoles("2", Set.of("admin")))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.logOutEverywhere("2", null))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(accounts.rename("2", "bob"))
        .matches(Refusals.refusedFor(AccountResult.UNKNOWN_USER));
    assertThat(fixture.heard.events()).isEmpty();
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        operation("deactivated", accounts -> accounts.deactivate("1")),
        operation("activated", accounts -> accounts.activate("1")),
        operation("logged_out_everywhere", accounts -> accounts.logOutEverywhere("1", null)),
        operation("deleted", accounts -> accounts.delete("1")),
        operation("roles_changed", accounts -> accounts.changeRoles("1", Set.of("staff"))),
        operation("renamed", accounts -> accounts.rename("1", "bob")));
  }

  private static Arguments operation(String name, Function<Accounts, Object> operation) {
    return Arguments.of(name, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  @DisplayName("CH-6, EV-1: an outage is one event, comes through, and nothing has changed")
  void outage(String name, Function<Accounts, Object> operation) {
    fixture.users.beforeWrite(WatchedStore::beAway);
    assertThatThrownBy(() -> operation.apply(accounts))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(fixture.heard.events())
        .containsExactly(
            new AuthEvent.StoreOutage(
                fixture.clock.instant(), name, StoreUnavailableException.class.getName()));
    assertThat(fixture.alice().epoch()).isZero();
    assertThat(fixture.alice().isActive()).isTrue();
  }
}
