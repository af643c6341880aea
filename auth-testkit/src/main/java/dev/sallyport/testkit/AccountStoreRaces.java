package dev.sallyport.testkit;

import static dev.sallyport.store.AccountStore.Change.DONE;
import static dev.sallyport.store.AccountStore.Change.NAME_TAKEN;
import static dev.sallyport.store.AccountStore.Change.STALE;
import static dev.sallyport.testkit.AccountFixture.assertDone;
import static dev.sallyport.testkit.AccountFixture.assertOneDone;
import static dev.sallyport.testkit.UserFixture.THREADS;
import static dev.sallyport.testkit.UserFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests of {@link AccountStoreContract} for many concurrent changes of the same user or name. */
@SuppressWarnings("doclint:missing") // display names say it
interface AccountStoreRaces extends CredentialStoreContract {
  AccountStore store();

  @RepeatedTest(20)
  @DisplayName("AC-3, ST-2 of 50 insertions of one name at once, in many spellings, one is made")
  default void insertRace() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    List<String> spellings = List.of("alice", "Alice", "ALICE", "\uFF41lice");
    List<Change> changes =
        Race.of(
            THREADS, i -> accounts.insert(user(id(i + 1), spellings.get(i % spellings.size()))));
    int winner = assertOneDone("insertions of one name at once", changes, NAME_TAKEN);
    given.assertNamed("alice", id(winner + 1));
    for (int i = 0; i < THREADS; i++) {
      assertThat(accounts.findById(id(i + 1)).isPresent())
          .as("whether the user is there: %s", i)
          .isEqualTo(i == winner);
    }
  }

  @Test
  @DisplayName("AC-3, ST-2 of two registrations of one name exactly one is made, 200 times")
  default void twoRegistrations() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    for (int round = 0; round < 200; round++) {
      String name = "user " + round;
      int first = 2 * round + 1;
      List<Change> changes = Race.of(2, i -> accounts.insert(user(id(first + i), name)));
      int winner = assertOneDone("two registrations of one name", changes, NAME_TAKEN);
      given.assertNamed(name, id(first + winner));
      assertThat(accounts.findById(id(first + 1 - winner))).as("who was too late").isEmpty();
    }
  }

  @RepeatedTest(10)
  @DisplayName("ST-1, ST-2 of 50 insertions of one id at once one is made, and the rest refused")
  default void idRace() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    List<Optional<Change>> changes =
        Race.of(
            THREADS,
            i -> {
              try {
                return Optional.of(accounts.insert(user(id(1), "name " + i)));
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
    assertThat(changes).as("insertions of one id").containsOnlyOnce(Optional.of(DONE));
    assertThat(changes).containsOnly(Optional.of(DONE), Optional.empty());
    int winner = changes.indexOf(Optional.of(DONE));
    assertThat(given.read(id(1)).name()).isEqualTo("name " + winner);
    for (int i = 0; i < THREADS; i++) {
      assertThat(accounts.findByName("name " + i).isPresent())
          .as("whether the name is there: %s", i)
          .isEqualTo(i == winner);
    }
  }

  @RepeatedTest(20)
  @DisplayName("ST-2 of 50 updates of one version exactly one is made")
  default void updateRace() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User before = given.read(id(1));
    List<Change> changes =
        Race.of(THREADS, i -> accounts.update(before, before.toBuilder().epoch(i + 1).build()));
    int winner = assertOneDone("updates of one version at once", changes, STALE);
    assertThat(given.read(id(1)).epoch()).as("the epoch").isEqualTo(winner + 1);
    assertThat(given.read(id(1)).version()).as("the version").isEqualTo(before.version() + 1);
  }

  @RepeatedTest(5)
  @DisplayName("AC-2, ST-2 of 50 raises of the epoch none is lost, and it never goes back")
  default void counts() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User start = given.read(id(1));
    Race.of(
        THREADS,
        i -> {
          long seen = start.epoch();
          int tries = 0;
          User read = given.read(id(1));
          while (accounts.update(read, read.toBuilder().revokeAll().build()) != DONE) {
            // More refusals than 50 concurrent changes of one user can cause.
            assertThat(++tries).as("how often an update was refused").isLessThan(1000);
            assertThat(read.epoch()).as("the epoch, read again").isGreaterThanOrEqualTo(seen);
            seen = read.epoch();
            read = given.read(id(1));
          }
          assertThat(given.read(id(1)).epoch())
              .as("the epoch after a raise")
              .isGreaterThan(read.epoch());
          return true;
        });
    User end = given.read(id(1));
    assertThat(end.epoch()).as("the epoch after 50 raises").isEqualTo(start.epoch() + THREADS);
    assertThat(end.revocationEpoch()).as("the revocation epoch").isEqualTo(end.epoch());
    assertThat(end.version()).as("the version").isEqualTo(start.version() + THREADS);
  }

  @RepeatedTest(10)
  @DisplayName("AC-3, ST-2 of 50 users who take one name at once one gets it")
  default void renameRace() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    for (int i = 0; i < THREADS; i++) {
      given.insert(user(id(i + 1), "user" + i));
    }
    List<Change> changes = Race.of(THREADS, i -> given.rename(id(i + 1), "star"));
    int winner = assertOneDone("renamings to one name at once", changes, NAME_TAKEN);
    given.assertNamed("star", id(winner + 1));
    for (int i = 0; i < THREADS; i++) {
      boolean keptOwn = accounts.findByName("user" + i).isPresent();
      assertThat(keptOwn).as("whether the old name is there: %s", i).isNotEqualTo(i == winner);
    }
  }

  @Test
  @DisplayName("AC-3, ST-2 two who want each other's name are told that it is taken, 100 times")
  default void swap() {
    AccountFixture given = new AccountFixture(store());
    given.insert(user(id(1), "alice"));
    given.insert(user(id(2), "bob"));
    for (int round = 0; round < 100; round++) {
      List<Change> changes = Race.of(2, i -> given.rename(id(i + 1), i == 0 ? "bob" : "alice"));
      assertThat(changes).as("renamings to each other's name").containsOnly(NAME_TAKEN);
    }
    given.assertNamed("alice", id(1));
    given.assertNamed("bob", id(2));
  }

  @RepeatedTest(20)
  @DisplayName("AC-1, ST-2 of 50 changes and removals of one version exactly one is made")
  default void deleteRace() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    given.insert(user(id(1), "alice"));
    User before = given.read(id(1));
    List<Change> changes =
        Race.of(
            THREADS,
            i ->
                i % 2 == 0
                    ? accounts.delete(before)
                    : accounts.update(before, before.toBuilder().name("name" + i).build()));
    int winner = assertOneDone("changes and removals of one version", changes, STALE);
    boolean renamed = winner % 2 == 1;
    assertThat(accounts.findById(id(1)).isPresent()).as("is there").isEqualTo(renamed);
    assertThat(accounts.findByName("alice")).as("the old name").isEmpty();
    assertThat(accounts.findByName("name" + winner).isPresent()).isEqualTo(renamed);
  }

  @Test
  @DisplayName("AC-1, ST-2 an update that races a removal never brings a user back, 200 times")
  default void neverResurrects() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    for (int round = 0; round < 200; round++) {
      given.insert(user(id(1), "alice"));
      User before = given.read(id(1));
      User next = before.toBuilder().revokeAll().build();
      List<Change> changes =
          Race.of(2, i -> i == 0 ? accounts.delete(before) : accounts.update(before, next));
      int winner = assertOneDone("a removal against an update", changes, STALE);
      Optional<User> after = accounts.findById(id(1));
      assertThat(after.isPresent()).as("whether the user is there").isEqualTo(winner == 1);
      after.ifPresent(user -> assertDone("a removal", accounts.delete(user)));
      assertThat(accounts.findByName("alice")).as("who was removed").isEmpty();
    }
  }

  @Test
  @DisplayName("PW-3, ST-2 an update that races a replacement of the hash loses none, 200 times")
  default void updateAgainstReplaceHash() {
    AccountFixture given = new AccountFixture(store());
    AccountStore accounts = given.accounts;
    assumeTrue(replacesHashes());
    given.insert(user(id(1), "alice").toBuilder().passwordHash("hash 0").build());
    for (int round = 0; round < 200; round++) {
      User before = given.read(id(1));
      String old = before.passwordHash().orElseThrow();
      String role = "role " + round;
      String hash = "hash " + (round + 1);
      User next = before.toBuilder().roles(Set.of(role)).build();
      List<Boolean> made =
          Race.of(
              2,
              i ->
                  i == 0
                      ? accounts.update(before, next) == DONE
                      : accounts.replaceHash(id(1), old, hash));
      User after = given.read(id(1));
      assertThat(made.get(0) || made.get(1)).as("one of the two is made").isTrue();
      assertThat(after.principal().roles().contains(role))
          .as("whether the update that was told 'done' is there")
          .isEqualTo(made.get(0));
      assertThat(after.passwordHash().orElseThrow().equals(hash))
          .as("whether the hash that was told 'replaced' is there")
          .isEqualTo(made.get(1));
      assertThat(after.version() - before.version())
          .as("how often the version rose")
          .isEqualTo((made.get(0) ? 1 : 0) + (made.get(1) ? 1 : 0));
    }
  }
}
