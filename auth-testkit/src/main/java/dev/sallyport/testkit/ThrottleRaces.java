package dev.sallyport.testkit;

import static dev.sallyport.testkit.ThrottleFixture.NOW;
import static dev.sallyport.testkit.ThrottleFixture.THREADS;
import static dev.sallyport.testkit.ThrottleFixture.entry;
import static dev.sallyport.testkit.ThrottleFixture.lasting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests of {@link ThrottleContract} for many concurrent replacements of the same value. */
@SuppressWarnings("doclint:missing") // display names say it
interface ThrottleRaces {
  ThrottleStore store();

  private static void assertOneReplaces(
      ThrottleFixture given, String key, Optional<String> expected) {
    ThrottleStore store = given.store;
    List<Boolean> replaced =
        Race.of(
            THREADS, i -> store.replace(key, expected, lasting("of " + i), given.clock.instant()));
    assertThat(replaced)
        .as("which replacements of the same at once were made")
        .containsOnlyOnce(true);
    assertThat(store.find(key, given.clock.instant()))
        .as("the value")
        .contains("of " + replaced.indexOf(true));
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 that put the first value under a key at once exactly one does")
  default void insertRace() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    assertOneReplaces(given, "key", Optional.empty());
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 replacements of one value at once exactly one is made")
  default void replaceRace() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    store.replace("key", Optional.empty(), lasting("first"), given.clock.instant());
    assertOneReplaces(given, "key", Optional.of("first"));
  }

  @RepeatedTest(20)
  @DisplayName("ST-7, ST-2 of 50 that put a value in the place of an expired one exactly one does")
  default void expiredRace() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    SettableClock clock = given.clock;
    store.replace(
        "key", Optional.empty(), entry("first", NOW.plusMillis(5)), given.clock.instant());
    clock.advance(Duration.ofMillis(5));
    assertOneReplaces(given, "key", Optional.empty());
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 removals and replacements of one value exactly one is made")
  default void removeRace() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    store.replace("key", Optional.empty(), lasting("first"), given.clock.instant());
    List<Boolean> made =
        Race.of(
            THREADS,
            i ->
                store.replace(
                    "key",
                    Optional.of("first"),
                    i % 2 == 0 ? Optional.empty() : lasting("of " + i),
                    given.clock.instant()));
    assertThat(made).as("which removals and replacements were made").containsOnlyOnce(true);
    int winner = made.indexOf(true);
    assertThat(store.find("key", given.clock.instant()))
        .as("the value")
        .isEqualTo(winner % 2 == 0 ? Optional.empty() : Optional.of("of " + winner));
  }

  private static int addOne(ThrottleFixture given, String key) {
    ThrottleStore store = given.store;
    // More refusals than 50 threads that count under one key can cause.
    for (int tries = 0; tries < 1000; tries++) {
      Optional<String> found = store.find(key, given.clock.instant());
      int next = found.map(Integer::parseInt).orElse(0) + 1;
      if (store.replace(key, found, lasting(Integer.toString(next)), given.clock.instant())) {
        return next;
      }
    }
    throw new AssertionError("No replacement of what was read was made, tried 1,000 times");
  }

  @RepeatedTest(3)
  @DisplayName("TH-1, ST-2 of 50 who count at once, beginning with nothing, none is lost")
  default void counts() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    List<Integer> numbers = Race.of(THREADS, i -> addOne(given, "key"));
    assertThat(numbers).as("what each counted").doesNotHaveDuplicates();
    assertThat(store.find("key", given.clock.instant()))
        .as("the count")
        .contains(Integer.toString(THREADS));
  }

  @Test
  @DisplayName("TH-1, ST-2 two count on three keys, 300 times each, and none is lost")
  default void twoCount() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    Race.of(
        2,
        i -> {
          for (int round = 0; round < 300; round++) {
            addOne(given, "key " + round % 3);
          }
          return true;
        });
    for (int i = 0; i < 3; i++) {
      assertThat(store.find("key " + i, given.clock.instant()))
          .as("the count of key %s", i)
          .contains(Integer.toString(200));
    }
  }

  @Test
  @DisplayName("TH-1, ST-2 a removal that races a replacement of the next value, 200 times")
  default void removeAgainstReplace() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    for (int round = 0; round < 200; round++) {
      Optional<String> found = store.find("key", given.clock.instant());
      assertThat(store.replace("key", found, lasting("first"), given.clock.instant())).isTrue();
      List<Boolean> made =
          Race.of(
              2,
              i ->
                  store.replace(
                      "key",
                      Optional.of("first"),
                      i == 0 ? Optional.empty() : lasting("second"),
                      given.clock.instant()));
      assertThat(made).as("a removal against a replacement").containsOnlyOnce(true);
      assertThat(store.find("key", given.clock.instant()).isPresent()).isEqualTo(made.get(1));
    }
  }
}
