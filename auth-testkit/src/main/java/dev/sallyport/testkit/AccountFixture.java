package dev.sallyport.testkit;

import static dev.sallyport.store.AccountStore.Change.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.User;
import java.util.List;

/** A store under test, with helpers in the words of the tests; one for each test. */
final class AccountFixture {
  final AccountStore accounts;

  AccountFixture(AccountStore accounts) {
    this.accounts = accounts;
  }

  void insert(User user) {
    assertDone("an insertion", accounts.insert(user));
  }

  User read(String id) {
    return UserFixture.read(accounts, id);
  }

  Change rename(String id, String name) {
    User user = read(id);
    return accounts.update(user, user.toBuilder().name(name).build());
  }

  static void assertDone(String what, Change change) {
    assertThat(change).as(what).isEqualTo(DONE);
  }

  void assertNamed(String name, String id) {
    assertThat(accounts.findByName(name).map(User::id))
        .as("who has the name %s", name)
        .contains(id);
  }

  /** Checks that one insertion succeeds and the others are refused; returns the winner. */
  static int assertOneDone(String what, List<Change> changes, Change others) {
    assertThat(changes).as(what).containsOnlyOnce(DONE);
    assertThat(changes).as(what).containsOnly(DONE, others);
    return changes.indexOf(DONE);
  }

  void assertNobody(String id, String name) {
    assertThat(accounts.findById(id).map(User::name)).as("who has the id %s", id).isEmpty();
    assertThat(accounts.findByName(name).map(User::id)).as("who has the name %s", name).isEmpty();
  }
}
