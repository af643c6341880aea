package dev.sallyport.testkit;

import static dev.sallyport.store.AccountStore.Change.NAME_TAKEN;
import static dev.sallyport.testkit.AccountFixture.assertDone;
import static dev.sallyport.testkit.UserFixture.assertSame;
import static dev.sallyport.testkit.UserFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AccountStoreContract} for names that are taken, given up and respelled. */
@SuppressWarnings("doclint:missing") // display names say it
interface AccountStoreNames extends CredentialStoreContract {
  AccountStore store();

  @Test
  @DisplayName("AC-3 a name is taken in another spelling too, and the first stands")
  default void nameTaken() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "stra\u00DFe"));
    given.insert(user(id(2), "bob").toBuilder().active(false).build());
    assertThat(accounts.insert(user(id(3), "STRASSE")))
        .as("an insertion of a name that is taken in another spelling")
        .isEqualTo(NAME_TAKEN);
    assertThat(accounts.insert(user(id(3), "Bob")))
        .as("an insertion of the name of a deactivated user")
        .isEqualTo(NAME_TAKEN);
    assertThat(accounts.findById(id(3))).as("the user who was not inserted").isEmpty();
    given.assertNamed("strasse", id(1));
    given.assertNamed("bob", id(2));
  }

  @Test
  @DisplayName("AC-3 a new name takes the new one and frees the old one")
  default void rename() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    given.insert(user(id(2), "bob"));
    assertDone("a renaming", given.rename(id(1), "Carol"));
    given.assertNamed("carol", id(1));
    assertThat(accounts.findByName("alice").map(User::id))
        .as("who still has the name that was given up")
        .isEmpty();
    assertThat(accounts.insert(user(id(3), "CAROL")))
        .as("an insertion of the new name of another")
        .isEqualTo(NAME_TAKEN);
    assertDone("a renaming to a name that was given up", given.rename(id(2), "ALICE"));
    assertDone("an insertion of a name that was given up", accounts.insert(user(id(3), "bob")));
    given.assertNamed("alice", id(2));
    given.assertNamed("bob", id(3));
  }

  @Test
  @DisplayName("AC-3 nobody is renamed to a name that is taken, and nothing changes")
  default void renameToTaken() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    given.insert(user(id(2), "bob"));
    User alice = given.read(id(1));
    for (String taken : List.of("bob", "BOB", "\uFF22ob")) {
      User next = alice.toBuilder().name(taken).epoch(9).build();
      assertThat(accounts.update(alice, next))
          .as("a renaming to a name that is taken")
          .isEqualTo(NAME_TAKEN);
    }
    assertSame(given.read(id(1)), alice);
    given.assertNamed("alice", id(1));
    given.assertNamed("bob", id(2));
    assertDone("an update after a refused one", accounts.update(alice, alice));
  }

  @Test
  @DisplayName("AC-3 a user can take another spelling of their own name")
  default void respell() {
    AccountFixture given = new AccountFixture(store());
    given.insert(user(id(1), "alice"));
    for (String spelling : List.of("ALICE", "\uFF21lice", "alice")) {
      assertDone("another spelling of one's own name", given.rename(id(1), spelling));
      assertThat(given.read(id(1)).name()).as("the name").isEqualTo(spelling);
      given.assertNamed("alice", id(1));
    }
  }
}
