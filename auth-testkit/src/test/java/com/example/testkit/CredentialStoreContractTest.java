package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.testkit.Contracts.Part;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CredentialStoreContract;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract against a store that keeps it, and against some that break it. */
class CredentialStoreContractTest {
  private static final String SPELLINGS =
      "AC-3, ST-1 a name is found in each spelling that has the same key";
  private static final String OTHERS =
      "AC-3, ST-1 a name of another key is unknown: none is trimmed, no accent dropped";
  private static final String STRANGERS =
      "ST-1 hostile names and ids that nobody has are unknown, and are no error";
  private static final String REPLACES =
      "PW-3, AC-2 a hash is replaced if it is the expected one, and nothing else changes";
  private static final String RACE =
      "PW-3, ST-2 of 50 replacements of one hash exactly one is made";

  /** The store that {@link UnderTest} makes. */
  private static Supplier<AccountStore> made = PlainAccounts::new;

  static class UnderTest implements CredentialStoreContract {
    @Override
    public CredentialStore store(List<User> users) {
      AccountStore store = made.get();
      users.forEach(store::insert);
      return store;
    }
  }

  /** Says that it replaces no hashes. */
  static class NoReplacing extends UnderTest {
    @Override
    public boolean replacesHashes() {
      return false;
    }
  }

  @Test
  @DisplayName("ST-5 a credential store that keeps the contract passes all of it")
  void good() {
    made = PlainAccounts::new;
    assertThat(Contracts.failures(UnderTest.class, Part.ALL)).isEmpty();
  }

  @Test
  @DisplayName("ST-5 a store that says it replaces no hashes must not")
  void saysItDoesNot() {
    made = PlainAccounts::new;
    Contracts.assertFails(NoReplacing.class, Part.NO_RACES, Map.of(REPLACES, "replacesHashes()"));
  }

  private static Arguments wrong(Supplier<AccountStore> store, String test, String said) {
    return Arguments.of(store.get().getClass().getSimpleName(), store, Map.of(test, said));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            WrongUsers.ComparesNamesExactly::new, SPELLINGS, "the user Alice, asked for as ALICE"),
        wrong(WrongUsers.ComparesNamesByCaseOnly::new, SPELLINGS, "asked for as STRASSE"),
        wrong(WrongUsers.TrimsNames::new, OTHERS, "who has the name 'alice '"),
        wrong(WrongUsers.DropsAccents::new, OTHERS, "who has the name '\u00E1lice'"),
        wrong(WrongUsers.TakesNamesForPatterns::new, OTHERS, "who has the name 'ali%'"),
        wrong(WrongUsers.TakesNamesForPatterns::new, STRANGERS, "hostile name that nobody has"),
        wrong(WrongUsers.FailsOnNul::new, STRANGERS, "invalid byte sequence"),
        wrong(WrongUsers.EncodesBadly::new, STRANGERS, "hostile name that nobody has"),
        wrong(
            WrongUsers.FoldsIds::new,
            "ST-1 an id is compared exactly, and is no name",
            "who has the id 'ID-1', where there is but 'id-1'"),
        wrong(
            WrongUsers.HidesDeactivated::new,
            "ST-1 a deactivated user is found, and is not active",
            "There is no user of id id-1"),
        wrong(
            WrongUsers.MakesEmptyHashes::new,
            "ST-1 no password is no password, and no empty one",
            "the hash of a user without a password"),
        wrong(
            WrongUsers.JoinsRoles::new,
            "ST-1 roles are kept apart and exactly, however odd",
            "the roles of the user of id id-1"),
        wrong(
            WrongUsers.ReplacesAnyHash::new, REPLACES, "a replacement of '', where 'Hash' stands"),
        wrong(WrongUsers.ReplacesAnyHash::new, RACE, "which replacements of one hash were made"),
        wrong(WrongUsers.ReplacesTheHashOfAll::new, REPLACES, "of an unknown user's"),
        wrong(
            WrongUsers.ComparesThenReplaces::new, RACE, "which replacements of one hash were made"),
        wrong(WrongUsers.HashRaisesTheEpoch::new, REPLACES, "the epoch of the user of id id-1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  @DisplayName("ST-5 a credential store that breaks the contract fails the test that says so")
  void wrong(String name, Supplier<AccountStore> store, Map<String, String> expected) {
    made = store;
    Part part = expected.containsKey(RACE) ? Part.RACES : Part.NO_RACES;
    Contracts.assertFails(UnderTest.class, part, expected);
  }
}
