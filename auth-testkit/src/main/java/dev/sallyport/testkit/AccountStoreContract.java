package dev.sallyport.testkit;

import static dev.sallyport.store.AccountStore.Change.NAME_TAKEN;
import static dev.sallyport.store.AccountStore.Change.STALE;
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

/**
 * What every {@link AccountStore} promises, as tests to extend: all that {@link
 * CredentialStoreContract} asks, and changes.
 *
 * <pre>{@code
 * class MyAccountsTest extends AccountStoreContract {
 *   protected AccountStore store() { return new MyAccounts(emptyDatabase()); }
 * }
 * }</pre>
 */
public abstract class AccountStoreContract extends AccountStoreRaces {
  /** For subclasses. */
  protected AccountStoreContract() {}

  /**
   * A new store without users. It is called once for each test.
   *
   * @return the store
   */
  @Override
  protected abstract AccountStore store();

  /**
   * Whether the store can keep a user with such an id.
   *
   * @param id an id that nobody in their right mind gives out
   * @return false if an insertion is refused by {@link IllegalArgumentException}; whoever asks for
   *     such an id must be told that there is none all the same
   */
  @Override
  protected boolean keeps(String id) {
    return true;
  }

  private void assertNobody(String id, String name) {
    assertThat(accounts.findById(id).map(User::name)).as("who has the id %s", id).isEmpty();
    assertThat(accounts.findByName(name).map(User::id)).as("who has the name %s", name).isEmpty();
  }

  @Test
  @DisplayName("AC-3 a name is taken in another spelling too, and the first stands")
  void nameTaken() {
    insert(user(id(1), "stra\u00DFe"));
    insert(user(id(2), "bob").toBuilder().active(false).build());
    assertThat(accounts.insert(user(id(3), "STRASSE")))
        .as("an insertion of a name that is taken in another spelling")
        .isEqualTo(NAME_TAKEN);
    assertThat(accounts.insert(user(id(3), "Bob")))
        .as("an insertion of the name of a deactivated user")
        .isEqualTo(NAME_TAKEN);
    assertThat(accounts.findById(id(3))).as("the user who was not inserted").isEmpty();
    assertNamed("strasse", id(1));
    assertNamed("bob", id(2));
  }

  @Test
  @DisplayName("ST-1 an id stands once; a second user of it is the caller's fault")
  void idTaken() {
    insert(user(id(1), "alice"));
    User before = read(id(1));
    assertThatIllegalArgumentException()
        .as("an insertion of an id that is there")
        .isThrownBy(() -> accounts.insert(user(id(1), "bob")));
    assertThat(accounts.findByName("bob")).as("the user who was not inserted").isEmpty();
    assertSame(read(id(1)), before);
    insert(user(id(2), "bob"));
  }

  @Test
  @DisplayName("ST-2 an update of the version that was read is made, and raises it by one")
  void update() {
    insert(user(id(1), "alice"));
    insert(user(id(2), "bob"));
    User bob = read(id(2));
    User before = read(id(1));
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
    assertSame(read(id(1)), expected);
    assertSame(accounts.findByName("carol").orElseThrow(), expected);
    assertThat(before.name()).as("what was read before").isEqualTo("alice");
    assertSame(read(id(2)), bob);
    User bare = User.builder(id(1), "Carol").build();
    assertDone("an update that takes all away", accounts.update(read(id(1)), bare));
    assertSame(read(id(1)), asKept(bare).toBuilder().version(before.version() + 2).build());
  }

  @Test
  @DisplayName("ST-2 an update that changes nothing is made, and raises the version all the same")
  void emptyUpdate() {
    insert(user(id(1), "alice"));
    User before = read(id(1));
    assertDone("an update that changes nothing", accounts.update(before, before));
    assertThat(accounts.update(before, before))
        .as("a second update of the same version")
        .isEqualTo(STALE);
    assertThat(read(id(1)).version()).as("the version").isEqualTo(before.version() + 1);
  }

  @Test
  @DisplayName("ST-2 an update of an older version, or of a user who is gone, changes nothing")
  void staleUpdate() {
    insert(user(id(1), "alice"));
    User old = read(id(1));
    assertDone("an update", accounts.update(old, old.toBuilder().epoch(1).build()));
    assertThat(accounts.update(old, old.toBuilder().name("x").epoch(9).build()))
        .as("an update of an older version")
        .isEqualTo(STALE);
    assertThat(read(id(1)).epoch()).as("the epoch").isEqualTo(1);
    assertNamed("alice", id(1));
    assertThat(accounts.findByName("x")).as("the name of an update of an older version").isEmpty();
    User nobody = user(id(2), "nobody");
    assertThat(accounts.update(nobody, nobody)).as("an update of nobody").isEqualTo(STALE);
    assertNobody(id(2), "nobody");
  }

  @Test
  @DisplayName("ST-2 an update can't make another user of one")
  void updateOfAnotherId() {
    insert(user(id(1), "alice"));
    insert(user(id(2), "bob"));
    User alice = read(id(1));
    User bob = read(id(2));
    for (User other : List.of(user(id(3), "alice"), bob, bob.toBuilder().name("x").build())) {
      assertThatIllegalArgumentException()
          .as("an update of one user by a user of another id")
          .isThrownBy(() -> accounts.update(alice, other));
    }
    assertSame(read(id(1)), alice);
    assertSame(read(id(2)), bob);
    assertNobody(id(3), "x");
  }

  @Test
  @DisplayName("AC-3 a new name takes the new one and frees the old one")
  void rename() {
    insert(user(id(1), "alice"));
    insert(user(id(2), "bob"));
    assertDone("a renaming", rename(id(1), "Carol"));
    assertNamed("carol", id(1));
    assertThat(accounts.findByName("alice").map(User::id))
        .as("who still has the name that was given up")
        .isEmpty();
    assertThat(accounts.insert(user(id(3), "CAROL")))
        .as("an insertion of the new name of another")
        .isEqualTo(NAME_TAKEN);
    assertDone("a renaming to a name that was given up", rename(id(2), "ALICE"));
    assertDone("an insertion of a name that was given up", accounts.insert(user(id(3), "bob")));
    assertNamed("alice", id(2));
    assertNamed("bob", id(3));
  }

  @Test
  @DisplayName("AC-3 nobody is renamed to a name that is taken, and nothing changes")
  void renameToTaken() {
    insert(user(id(1), "alice"));
    insert(user(id(2), "bob"));
    User alice = read(id(1));
    for (String taken : List.of("bob", "BOB", "\uFF22ob")) {
      User next = alice.toBuilder().name(taken).epoch(9).build();
      assertThat(accounts.update(alice, next))
          .as("a renaming to a name that is taken")
          .isEqualTo(NAME_TAKEN);
    }
    assertSame(read(id(1)), alice);
    assertNamed("alice", id(1));
    assertNamed("bob", id(2));
    assertDone("an update after a refused one", accounts.update(alice, alice));
  }

  @Test
  @DisplayName("AC-3 a user can take another spelling of their own name")
  void respell() {
    insert(user(id(1), "alice"));
    for (String spelling : List.of("ALICE", "\uFF21lice", "alice")) {
      assertDone("another spelling of one's own name", rename(id(1), spelling));
      assertThat(read(id(1)).name()).as("the name").isEqualTo(spelling);
      assertNamed("alice", id(1));
    }
  }

  @Test
  @DisplayName("AC-1, ST-2 the user who was read is removed, and the name is free again")
  void delete() {
    insert(user(id(1), "Alice"));
    insert(user(id(2), "bob"));
    User alice = read(id(1));
    User bob = read(id(2));
    assertDone("a removal", accounts.delete(alice));
    assertNobody(id(1), "alice");
    assertSame(read(id(2)), bob);
    assertThat(accounts.delete(alice)).as("a second removal").isEqualTo(STALE);
    assertThat(accounts.update(alice, alice)).as("an update of who is gone").isEqualTo(STALE);
    assertThat(accounts.replaceHash(id(1), "hash of " + id(1), "new"))
        .as("a replacement of the hash of who is gone")
        .isFalse();
    assertNobody(id(1), "alice");
    assertDone("an insertion of a name that is free", accounts.insert(user(id(3), "ALICE")));
    assertDone("an insertion of an id that is free", accounts.insert(user(id(1), "carol")));
    assertNamed("alice", id(3));
    assertNamed("carol", id(1));
  }

  @Test
  @DisplayName("AC-1, ST-2 a user who has changed since they were read is not removed")
  void staleDelete() {
    insert(user(id(1), "alice"));
    User old = read(id(1));
    assertDone("a renaming", rename(id(1), "carol"));
    assertThat(accounts.delete(old)).as("a removal by an older version").isEqualTo(STALE);
    assertNamed("carol", id(1));
    assertThat(accounts.delete(user(id(2), "carol"))).as("a removal of nobody").isEqualTo(STALE);
    assertNamed("carol", id(1));
    assertDone("a removal", accounts.delete(read(id(1))));
    assertNobody(id(1), "carol");
  }

  @Test
  @DisplayName("PW-3, ST-2 a replaced hash raises the version, so that no update undoes it")
  void replaceHashRaisesVersion() {
    assumeTrue(replacesHashes());
    insert(user(id(1), "alice"));
    User before = read(id(1));
    assertThat(accounts.replaceHash(id(1), "hash of " + id(1), "new")).as("replaced").isTrue();
    User after = read(id(1));
    assertThat(after.version()).as("the version").isEqualTo(before.version() + 1);
    assertThat(accounts.update(before, before))
        .as("an update by what was read before the hash was replaced")
        .isEqualTo(STALE);
    assertThat(accounts.delete(before))
        .as("a removal by what was read before the hash was replaced")
        .isEqualTo(STALE);
    assertSame(read(id(1)), after);
  }

  @TestFactory
  @DisplayName("ST-1 hostile ids are kept like others, or refused")
  Stream<DynamicTest> hostileChanges() {
    insert(user(id(1), "alice"));
    User alice = read(id(1));
    return HostileTexts.ALL.stream()
        .filter(text -> !text.isEmpty())
        .map(
            text ->
                DynamicTest.dynamicTest(
                    "id " + HostileTexts.ALL.indexOf(text),
                    () -> {
                      isJustData(text);
                      assertSame(read(id(1)), alice);
                    }));
  }

  private void isJustData(String id) {
    User user = user(id, "bob");
    assertThat(accounts.update(user, user)).as("an update of a hostile stranger").isEqualTo(STALE);
    assertThat(accounts.delete(user)).as("a removal of a hostile stranger").isEqualTo(STALE);
    if (keeps(id)) {
      insert(user);
      assertDone("a renaming", rename(id, "carol"));
      assertNamed("carol", id);
      Change change = accounts.delete(read(id));
      assertDone("a removal", change);
    } else {
      assertThatIllegalArgumentException()
          .as("an insertion of an id that the store says it can't keep")
          .isThrownBy(() -> accounts.insert(user));
    }
    assertNobody(id, "bob");
    assertNobody(id, "carol");
  }
}
