package dev.sallyport.testkit;

import static dev.sallyport.store.AccountStore.Change.STALE;
import static dev.sallyport.testkit.AccountFixture.assertDone;
import static dev.sallyport.testkit.UserFixture.assertSame;
import static dev.sallyport.testkit.UserFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests of {@link AccountStoreContract} for insertions, updates and removals. */
@SuppressWarnings("doclint:missing") // display names say it
interface AccountStoreChanges extends CredentialStoreContract {
  AccountStore store();

  @Test
  @DisplayName("ST-1 an id stands once; a second user of it is the caller's fault")
  default void idTaken() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User before = given.read(id(1));
    assertThatIllegalArgumentException()
        .as("an insertion of an id that is there")
        .isThrownBy(() -> accounts.insert(user(id(1), "bob")));
    assertThat(accounts.findByName("bob")).as("the user who was not inserted").isEmpty();
    assertSame(given.read(id(1)), before);
    given.insert(user(id(2), "bob"));
  }

  @Test
  @DisplayName("ST-2 an update of the version that was read is made, and raises it by one")
  default void update() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    given.insert(user(id(2), "bob"));
    User bob = given.read(id(2));
    User before = given.read(id(1));
    User next =
        before.toBuilder()
            .name("Carol")
            .roles(Set.of("admin", "a b"))
            .passwordHash("another")
            .active(false)
            .epoch(3)
            .revocationEpoch(2)
            .version(99)
            .build();
    assertDone("an update", accounts.update(before, next));
    User expected = asKept(next).toBuilder().version(before.version() + 1).build();
    assertSame(given.read(id(1)), expected);
    assertSame(accounts.findByName("carol").orElseThrow(), expected);
    assertThat(before.name()).as("what was read before").isEqualTo("alice");
    assertSame(given.read(id(2)), bob);
    User bare = User.builder(id(1), "Carol").build();
    assertDone("an update that takes all away", accounts.update(given.read(id(1)), bare));
    assertSame(given.read(id(1)), asKept(bare).toBuilder().version(before.version() + 2).build());
  }

  @Test
  @DisplayName("ST-2 an update that changes nothing is made, and raises the version all the same")
  default void emptyUpdate() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User before = given.read(id(1));
    assertDone("an update that changes nothing", accounts.update(before, before));
    assertThat(accounts.update(before, before))
        .as("a second update of the same version")
        .isEqualTo(STALE);
    assertThat(given.read(id(1)).version()).as("the version").isEqualTo(before.version() + 1);
  }

  @Test
  @DisplayName("ST-2 an update of an older version, or of a user who is gone, changes nothing")
  default void staleUpdate() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User old = given.read(id(1));
    assertDone("an update", accounts.update(old, old.toBuilder().epoch(1).build()));
    assertThat(accounts.update(old, old.toBuilder().name("x").epoch(9).build()))
        .as("an update of an older version")
        .isEqualTo(STALE);
    assertThat(given.read(id(1)).epoch()).as("the epoch").isEqualTo(1);
    given.assertNamed("alice", id(1));
    assertThat(accounts.findByName("x")).as("the name of an update of an older version").isEmpty();
    User nobody = user(id(2), "nobody");
    assertThat(accounts.update(nobody, nobody)).as("an update of nobody").isEqualTo(STALE);
    given.assertNobody(id(2), "nobody");
  }

  @Test
  @DisplayName("ST-2 an update can't make another user of one")
  default void updateOfAnotherId() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    given.insert(user(id(2), "bob"));
    User alice = given.read(id(1));
    User bob = given.read(id(2));
    for (User other : List.of(user(id(3), "alice"), bob, bob.toBuilder().name("x").build())) {
      assertThatIllegalArgumentException()
          .as("an update of one user by a user of another id")
          .isThrownBy(() -> accounts.update(alice, other));
    }
    assertSame(given.read(id(1)), alice);
    assertSame(given.read(id(2)), bob);
    given.assertNobody(id(3), "x");
  }

  @Test
  @DisplayName("AC-1, ST-2 the user who was read is removed, and the name is free again")
  default void delete() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "Alice"));
    given.insert(user(id(2), "bob"));
    User alice = given.read(id(1));
    User bob = given.read(id(2));
    assertDone("a removal", accounts.delete(alice));
    given.assertNobody(id(1), "alice");
    assertSame(given.read(id(2)), bob);
    assertThat(accounts.delete(alice)).as("a second removal").isEqualTo(STALE);
    assertThat(accounts.update(alice, alice)).as("an update of who is gone").isEqualTo(STALE);
    assertThat(accounts.replaceHash(id(1), "hash of " + id(1), "new"))
        .as("a replacement of the hash of who is gone")
        .isFalse();
    given.assertNobody(id(1), "alice");
    assertDone("an insertion of a name that is free", accounts.insert(user(id(3), "ALICE")));
    assertDone("an insertion of an id that is free", accounts.insert(user(id(1), "carol")));
    given.assertNamed("alice", id(3));
    given.assertNamed("carol", id(1));
  }

  @Test
  @DisplayName("AC-1, ST-2 a user who has changed since they were read is not removed")
  default void staleDelete() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User old = given.read(id(1));
    assertDone("a renaming", given.rename(id(1), "carol"));
    assertThat(accounts.delete(old)).as("a removal by an older version").isEqualTo(STALE);
    given.assertNamed("carol", id(1));
    assertThat(accounts.delete(user(id(2), "carol"))).as("a removal of nobody").isEqualTo(STALE);
    given.assertNamed("carol", id(1));
    assertDone("a removal", accounts.delete(given.read(id(1))));
    given.assertNobody(id(1), "carol");
  }

  @Test
  @DisplayName("PW-3, ST-2 a replaced hash raises the version, so that no update undoes it")
  default void replaceHashRaisesVersion() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    assumeTrue(replacesHashes());
    given.insert(user(id(1), "alice"));
    User before = given.read(id(1));
    assertThat(accounts.replaceHash(id(1), "hash of " + id(1), "new")).as("replaced").isTrue();
    User after = given.read(id(1));
    assertThat(after.version()).as("the version").isEqualTo(before.version() + 1);
    assertThat(accounts.update(before, before))
        .as("an update by what was read before the hash was replaced")
        .isEqualTo(STALE);
    assertThat(accounts.delete(before))
        .as("a removal by what was read before the hash was replaced")
        .isEqualTo(STALE);
    assertSame(given.read(id(1)), after);
  }

  @TestFactory
  @DisplayName("ST-1 hostile ids are kept like others, or refused")
  default Stream<DynamicTest> hostileChanges() {
    AccountFixture given = new AccountFixture(store());
    given.insert(user(id(1), "alice"));
    User alice = given.read(id(1));
    return HostileTexts.ALL.stream()
        .filter(text -> !text.isEmpty())
        .map(
            text ->
                DynamicTest.dynamicTest(
                    "id " + HostileTexts.ALL.indexOf(text),
                    () -> {
                      isJustData(given, text);
                      assertSame(given.read(id(1)), alice);
                    }));
  }

  private void isJustData(AccountFixture given, String id) {
    AccountStore accounts = given.accounts;
    User user = user(id, "bob");
    assertThat(accounts.update(user, user)).as("an update of a hostile stranger").isEqualTo(STALE);
    assertThat(accounts.delete(user)).as("a removal of a hostile stranger").isEqualTo(STALE);
    if (keeps(id)) {
      given.insert(user);
      assertDone("a renaming", given.rename(id, "carol"));
      given.assertNamed("carol", id);
      Change change = accounts.delete(given.read(id));
      assertDone("a removal", change);
    } else {
      assertThatIllegalArgumentException()
          .as("an insertion of an id that the store says it can't keep")
          .isThrownBy(() -> accounts.insert(user));
    }
    given.assertNobody(id, "bob");
    given.assertNobody(id, "carol");
  }
}
