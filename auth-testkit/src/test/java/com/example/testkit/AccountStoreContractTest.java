package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.testkit.Contracts.Part;
import dev.sallyport.store.AccountStore;
import dev.sallyport.testkit.AccountStoreContract;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract against a store that keeps it, and against some that break it. */
class AccountStoreContractTest {
  private static final String UPDATE =
      "ST-2 an update of the version that was read is made, and raises it by one";
  private static final String STALE =
      "ST-2 an update of an older version, or of a user who is gone, changes nothing";
  private static final String RENAME = "AC-3 a new name takes the new one and frees the old one";

  /** The store that {@link UnderTest} makes. */
  private static Supplier<AccountStore> made = PlainAccounts::new;

  static class UnderTest implements AccountStoreContract {
    @Override
    public AccountStore store() {
      return made.get();
    }
  }

  /** Says that it keeps no hostile ids. */
  static class KeepsNone extends UnderTest {
    @Override
    public boolean keeps(String id) {
      return false;
    }
  }

  @Test
  @DisplayName("ST-5 an account store that keeps the contract passes all of it")
  void good() {
    made = PlainAccounts::new;
    assertThat(Contracts.failures(UnderTest.class, Part.ALL)).isEmpty();
  }

  @Test
  @DisplayName("ST-5 a store that says it keeps no hostile ids must refuse them")
  void saysItDoesNot() {
    made = PlainAccounts::new;
    Contracts.assertFails(
        KeepsNone.class,
        Part.NO_RACES,
        Map.of(
            "ST-1 hostile ids are kept like others, or refused",
            "an insertion of an id that the store says it can't keep"));
  }

  private static Arguments wrong(
      Supplier<AccountStore> store, Part part, Map<String, String> expected) {
    return Arguments.of(store.get().getClass().getSimpleName(), store, part, expected);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            WrongAccounts.UpdatesAnyVersion::new,
            Part.ALL,
            Map.of(
                STALE,
                "an update of an older version",
                "ST-2 of 50 updates of one version exactly one is made",
                "updates of one version at once",
                "AC-2, ST-2 of 50 raises of the epoch none is lost, and it never goes back",
                "the epoch after",
                "AC-1, ST-2 a user who has changed since they were read is not removed",
                "a removal by an older version")),
        wrong(
            WrongAccounts.ChecksThenInserts::new,
            Part.RACES,
            Map.of(
                "AC-3, ST-2 of 50 insertions of one name at once, in many spellings, one is made",
                "insertions of one name at once",
                "AC-3, ST-2 of two registrations of one name exactly one is made, 200 times",
                "two registrations of one name",
                "ST-1, ST-2 of 50 insertions of one id at once one is made, and the rest refused",
                "insertions of one id")),
        wrong(
            WrongAccounts.ChecksThenUpdates::new,
            Part.RACES,
            Map.of(
                "ST-2 of 50 updates of one version exactly one is made",
                "updates of one version at once",
                "AC-2, ST-2 of 50 raises of the epoch none is lost, and it never goes back",
                "the epoch after",
                "AC-3, ST-2 of 50 users who take one name at once one gets it",
                "renamings to one name at once",
                "AC-1, ST-2 an update that races a removal never brings a user back, 200 times",
                "a removal against an update",
                "PW-3, ST-2 an update that races a replacement of the hash loses none, 200 times",
                "is there")),
        wrong(
            WrongAccounts.BringsBack::new,
            Part.NO_RACES,
            Map.of(
                STALE,
                "an update of nobody",
                "AC-1, ST-2 the user who was read is removed, and the name is free again",
                "an update of who is gone")),
        wrong(
            WrongAccounts.TakesTheVersionOfNext::new,
            Part.NO_RACES,
            Map.of(UPDATE, "the version of the user of id id-1")),
        wrong(
            WrongAccounts.OverwritesTheId::new,
            Part.NO_RACES,
            Map.of(
                "ST-1 an id stands once; a second user of it is the caller's fault",
                "an insertion of an id that is there")),
        wrong(
            WrongAccounts.KeepsTheOldName::new,
            Part.NO_RACES,
            Map.of(RENAME, "who still has the name that was given up")),
        wrong(
            WrongAccounts.RenamesToTaken::new,
            Part.NO_RACES,
            Map.of(
                "AC-3 nobody is renamed to a name that is taken, and nothing changes",
                "a renaming to a name that is taken")),
        wrong(
            WrongAccounts.ForgetsItself::new,
            Part.NO_RACES,
            Map.of(
                "AC-3 a user can take another spelling of their own name",
                "another spelling of one's own name")),
        wrong(
            WrongAccounts.DeletesAnyVersion::new,
            Part.NO_RACES,
            Map.of(
                "AC-1, ST-2 a user who has changed since they were read is not removed",
                "a removal by an older version")),
        wrong(
            WrongAccounts.HashLeavesTheVersion::new,
            Part.NO_RACES,
            Map.of(
                "PW-3, ST-2 a replaced hash raises the version, so that no update undoes it",
                "the version")),
        wrong(
            WrongUsers.TrimsNames::new,
            Part.NO_RACES,
            Map.of(
                "AC-3, ST-1 a name of another key is unknown: none is trimmed, no accent dropped",
                "who has the name 'alice '")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  @DisplayName("ST-5 an account store that breaks the contract fails the test that says so")
  void wrong(String name, Supplier<AccountStore> store, Part part, Map<String, String> expected) {
    made = store;
    Contracts.assertFails(UnderTest.class, part, expected);
  }
}
