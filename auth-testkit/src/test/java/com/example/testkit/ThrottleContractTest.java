package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.testkit.Contracts.Part;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.ThrottleContract;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract against a store that keeps it, and against some that break it. */
class ThrottleContractTest {
  private static final String COMPARES = "TH-1, ST-2 a value that is not the expected one stays";
  private static final String EXPIRES =
      "ST-7 a millisecond before its end a value stands, at its end it is absent";
  private static final String KEYS =
      "TH-1 keys have up to 64 characters of printable ASCII and are compared exactly";

  /** The store that {@link UnderTest} makes. */
  private static Supplier<ThrottleStore> made = PlainThrottle::new;

  static class UnderTest implements ThrottleContract {
    @Override
    public ThrottleStore store() {
      return made.get();
    }
  }

  @Test
  @DisplayName("ST-5 a throttle's store that keeps the contract passes all of it")
  void good() {
    made = PlainThrottle::new;
    assertThat(Contracts.failures(UnderTest.class, Part.ALL)).isEmpty();
  }

  private static Arguments wrong(
      Supplier<ThrottleStore> store, Part part, Map<String, String> expected) {
    return Arguments.of(store.get().getClass().getSimpleName(), store, part, expected);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            WrongThrottles.ReplacesWithoutCompare::new,
            Part.ALL,
            Map.of(
                COMPARES,
                "a replacement where nothing stands",
                "TH-1, ST-2 of 50 replacements of one value at once exactly one is made",
                "which replacements of the same at once were made",
                "TH-1 of 200 wrong guesses at once, by two nodes that share the store, 5 are made",
                "how many guesses were granted")),
        wrong(
            WrongThrottles.ReadsThenWrites::new,
            Part.RACES,
            Map.of(
                "TH-1, ST-2 of 50 replacements of one value at once exactly one is made",
                "which replacements of the same at once were made",
                "TH-1, ST-2 of 50 that put the first value under a key at once exactly one does",
                "which replacements of the same at once were made",
                "ST-7, ST-2 of 50 that put a value in the place of an expired one exactly one does",
                "which replacements of the same at once were made",
                "TH-1, ST-2 of 50 who count at once, beginning with nothing, none is lost",
                "what each counted",
                "TH-1 of 200 wrong guesses at once, by two nodes that share the store, 5 are made",
                "how many guesses were granted")),
        wrong(
            WrongThrottles.ReturnsExpired::new,
            Part.NO_RACES,
            Map.of(EXPIRES, "a value at its end", "ST-7 each value has its own end", "ends at 1")),
        wrong(
            WrongThrottles.ForgetsTooLate::new,
            Part.NO_RACES,
            Map.of(EXPIRES, "a value at its end", "ST-7 each value has its own end", "ends at 1")),
        wrong(
            WrongThrottles.TripsOverExpired::new,
            Part.NO_RACES,
            Map.of(
                EXPIRES,
                "a value in the place of an expired",
                "TH-1 what is given back is not counted, and a count is forgotten after a day",
                "refused again and again")),
        wrong(
            WrongThrottles.ReplacesExpired::new,
            Part.NO_RACES,
            Map.of(EXPIRES, "a replacement of an expired value")),
        wrong(
            WrongThrottles.KeepsTheFirstEnd::new,
            Part.NO_RACES,
            Map.of(
                "ST-7 with a replacement comes a new end, later or earlier, though the value stays",
                "a value before its later end")),
        wrong(
            WrongThrottles.FoldsKeys::new,
            Part.NO_RACES,
            Map.of(KEYS, "what stands under 'K', where only 'k' has changed")),
        wrong(
            WrongThrottles.TrimsKeys::new,
            Part.NO_RACES,
            Map.of(KEYS, "what stands under 'k ', where only 'k' has changed")),
        wrong(
            WrongThrottles.ClipsValues::new,
            Part.NO_RACES,
            Map.of(
                "TH-1 values have up to 2,000 characters of printable ASCII, and none at the least",
                "what stands there after a value of all kinds")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  @DisplayName("ST-5 a throttle's store that breaks the contract fails the test that says so")
  void wrong(String name, Supplier<ThrottleStore> store, Part part, Map<String, String> expected) {
    made = store;
    Contracts.assertFails(UnderTest.class, part, expected);
  }
}
