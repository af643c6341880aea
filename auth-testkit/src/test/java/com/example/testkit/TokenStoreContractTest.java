package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.testkit.Contracts.Part;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TokenStoreContract;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract against a store that keeps it, and against some that break it. */
class TokenStoreContractTest {
  private static final String EXPIRES =
      "ST-7, SE-3 a millisecond before its end a record is live, at its end it is not";
  private static final String KINDS = "ST-1 a record of one kind is unknown under any other";
  private static final String REMOVES_LIVE =
      "ST-7 a millisecond before its end a record can be removed, at its end it is gone";
  private static final String LIMIT =
      "SE-6, ST-2 of 50 insertions at once exactly as many as may be are made";

  /** The store that {@link UnderTest} makes. */
  private static Supplier<TokenStore> made = PassingTokens::new;

  static class UnderTest implements TokenStoreContract {
    @Override
    public TokenStore store() {
      return made.get();
    }
  }

  @Test
  @DisplayName("ST-5 a token store that keeps the contract passes all of it")
  void good() {
    made = PassingTokens::new;
    assertThat(Contracts.failures(UnderTest.class, Part.NO_RACES)).isEmpty();
  }

  private static Arguments wrong(Supplier<TokenStore> store, Part part, String test, String said) {
    return Arguments.of(store.get().getClass().getSimpleName(), store, part, Map.of(test, said));
  }

  private static Arguments wrong(Supplier<TokenStore> store, String test, String said) {
    return wrong(store, Part.NO_RACES, test, said);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(WrongTokens.CountsThenInserts::new, Part.RACES, LIMIT, "expected: 20"),
        wrong(WrongTokens.FindsExpired::new, EXPIRES, "[an expired record]"),
        wrong(WrongTokens.FindsExpiredWithUser::new, EXPIRES, "an expired record, with its user"),
        wrong(WrongTokens.ListsExpired::new, EXPIRES, "the list, with an expired record"),
        wrong(WrongTokens.UsesExpired::new, EXPIRES, "a use of an expired record"),
        wrong(
            WrongTokens.ListsResets::new,
            "ST-1 reset codes stand in no list, even where they are asked for",
            "the list of reset codes"),
        wrong(
            WrongTokens.TouchBringsBack::new,
            Part.RACES,
            "SE-7, ST-2 a use that races a removal never brings the record back, 1,000 times",
            "Expecting value to be false but was true"),
        wrong(
            WrongTokens.TouchGoesBack::new,
            "SE-3 an earlier use changes nothing; a use without an end leaves the end",
            "the last use of"),
        wrong(
            WrongTokens.TouchShortensLives::new,
            "SE-3 an earlier use changes nothing; a use without an end leaves the end",
            "it lives on after an earlier use"),
        wrong(
            WrongTokens.TouchRaisesTheVersion::new,
            "SE-3 a use sets the two times, raises no version and changes nothing else",
            "the version"),
        wrong(
            WrongTokens.ReplacesAnyVersion::new,
            "ST-2 of an older version, or of what is gone, nothing is replaced",
            "a replacement of an older version"),
        wrong(
            WrongTokens.ReplacesAnyVersion::new,
            Part.RACES,
            "ST-2, JW-7 of 50 replacements of one version exactly one is made",
            "true"),
        wrong(
            WrongTokens.ReplaceUndoesUses::new,
            "ST-2, SE-3 a replacement does not undo a use that was noted after it was read",
            "the last use"),
        wrong(
            WrongTokens.RemovesAnybodys::new,
            "SE-7 nobody removes what is another user's by knowing its id",
            "a removal of alice's record by 'bob'"),
        wrong(WrongTokens.IgnoresTheKind::new, KINDS, "found as another kind"),
        wrong(WrongTokens.RemovesAnyKind::new, KINDS, "removed as another kind"),
        wrong(WrongTokens.RemovesExpired::new, REMOVES_LIVE, "[a removal of an expired record]"),
        wrong(WrongTokens.RemovesExpiredByTheirIds::new, REMOVES_LIVE, "record by its id"),
        wrong(WrongTokens.CountsExpired::new, REMOVES_LIVE, "how many were removed where one"),
        wrong(
            WrongTokens.RemovesByTheVersion::new,
            "SE-7 a record is removed by any version of it that was found",
            "a removal by an older version"),
        wrong(
            WrongTokens.UsesByTheVersion::new,
            "SE-3 a use counts whatever version of the record the user's request has found",
            "a use by an older version"),
        wrong(
            WrongTokens.KeepsDoubles::new,
            "ST-1 numbers that a double can't hold are kept, compared and counted",
            "the epoch"),
        wrong(
            WrongTokens.AsksTheOldest::new,
            "SE-6, AC-2 in any mix of epochs, ends and limits the same are let in and leave",
            "insertion"),
        wrong(
            WrongTokens.TakesLabelsForPatterns::new,
            "SE-7 how a label begins is compared exactly; % and _ are characters",
            "how many labels begin with a%_"),
        wrong(
            WrongTokens.OverwritesTheKey::new,
            "ST-2 a key stands once; a second record of it changes nothing",
            "a second record of one key"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  @DisplayName("ST-5 a token store that breaks the contract fails the test that says so")
  void wrong(String name, Supplier<TokenStore> store, Part part, Map<String, String> expected) {
    made = store;
    Contracts.assertFails(UnderTest.class, part, expected);
  }
}
