package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What {@link ThrottleContract} asks where many replace the same at once. */
abstract class ThrottleRaces extends ThrottleGuesses {
  private static final int ROUNDS = 300;

  /** More refusals than 50 who count under one key can cause. */
  private static final int MANY = 1000;

  private void assertOneReplaces(String key, Optional<String> expected) {
    List<Boolean> replaced =
        Race.of(THREADS, i -> store.replace(key, expected, lasting("of " + i)));
    assertThat(replaced)
        .as("which replacements of the same at once were made")
        .containsOnlyOnce(true);
    assertThat(store.find(key)).as("the value").contains("of " + replaced.indexOf(true));
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 that put the first value under a key at once exactly one does")
  void insertRace() {
    assertOneReplaces("key", Optional.empty());
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 replacements of one value at once exactly one is made")
  void replaceRace() {
    store.replace("key", Optional.empty(), lasting("first"));
    assertOneReplaces("key", Optional.of("first"));
  }

  @RepeatedTest(20)
  @DisplayName("ST-7, ST-2 of 50 that put a value in the place of an expired one exactly one does")
  void expiredRace() {
    store.replace("key", Optional.empty(), entry("first", NOW.plusMillis(5)));
    clock.advance(Duration.ofMillis(5));
    assertOneReplaces("key", Optional.empty());
  }

  @RepeatedTest(20)
  @DisplayName("TH-1, ST-2 of 50 removals and replacements of one value exactly one is made")
  void removeRace() {
    store.replace("key", Optional.empty(), lasting("first"));
    List<Boolean> made =
        Race.of(
            THREADS,
            i ->
                store.replace(
                    "key",
                    Optional.of("first"),
                    i % 2 == 0 ? Optional.empty() : lasting("of " + i)));
    assertThat(made).as("which removals and replacements were made").containsOnlyOnce(true);
    int winner = made.indexOf(true);
    assertThat(store.find("key"))
        .as("the value")
        .isEqualTo(winner % 2 == 0 ? Optional.empty() : Optional.of("of " + winner));
  }

  private int addOne(String key) {
    for (int tries = 0; tries < MANY; tries++) {
      Optional<String> found = store.find(key);
      int next = found.map(Integer::parseInt).orElse(0) + 1;
      if (store.replace(key, found, lasting(Integer.toString(next)))) {
        return next;
      }
    }
    throw new AssertionError("No replacement of what was read was made, tried " + MANY + " times");
  }

  @RepeatedTest(3)
  @DisplayName("TH-1, ST-2 of 50 who count at once, beginning with nothing, none is lost")
  void counts() {
    List<Integer> numbers = Race.of(THREADS, i -> addOne("key"));
    assertThat(numbers).as("what each counted").doesNotHaveDuplicates();
    assertThat(store.find("key")).as("the count").contains(Integer.toString(THREADS));
  }

  @Test
  @DisplayName("TH-1, ST-2 two count on three keys, 300 times each, and none is lost")
  void twoCount() {
    Race.of(
        2,
        i -> {
          for (int round = 0; round < ROUNDS; round++) {
            addOne("key " + round % 3);
          }
          return true;
        });
    for (int i = 0; i < 3; i++) {
      assertThat(store.find("key " + i))
          .as("the count of key %s", i)
          .contains(Integer.toString(2 * ROUNDS / 3));
    }
  }

  @Test
  @DisplayName("TH-1, ST-2 a removal that races a replacement of the next value, 200 times")
  void removeAgainstReplace() {
    for (int round = 0; round < 200; round++) {
      Optional<String> found = store.find("key");
      assertThat(store.replace("key", found, lasting("first"))).isTrue();
      List<Boolean> made =
          Race.of(
              2,
              i ->
                  store.replace(
                      "key", Optional.of("first"), i == 0 ? Optional.empty() : lasting("second")));
      assertThat(made).as("a removal against a replacement").containsOnlyOnce(true);
      assertThat(store.find("key").isPresent()).isEqualTo(made.get(1));
    }
  }
}
