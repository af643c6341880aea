package dev.sallyport.testkit;

import static dev.sallyport.testkit.ThrottleFixture.HOUR;
import static dev.sallyport.testkit.ThrottleFixture.NOW;
import static dev.sallyport.testkit.ThrottleFixture.ascii;
import static dev.sallyport.testkit.ThrottleFixture.entry;
import static dev.sallyport.testkit.ThrottleFixture.lasting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests of {@link ThrottleContract} for values, keys and expiry. */
@SuppressWarnings("doclint:missing") // display names say it
interface ThrottleValues {
  ThrottleStore store();

  @Test
  @DisplayName("TH-1, ST-2 a value is replaced if it is the expected one")
  default void replaces() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    assertThat(store.find("key", given.clock.instant()))
        .as("what stands where nothing was put")
        .isEmpty();
    given.assertReplaces("a first value", "key", Optional.empty(), lasting("a"));
    given.assertReplaces("a second value", "key", Optional.of("a"), lasting("b"));
    given.assertReplaces("a removal", "key", Optional.of("b"), Optional.empty());
    given.assertReplaces("a removal of nothing", "key", Optional.empty(), Optional.empty());
    given.assertReplaces("a value where one was removed", "key", Optional.empty(), lasting("a"));
    given.assertReplaces("a value by itself", "key", Optional.of("a"), lasting("a"));
  }

  @Test
  @DisplayName("TH-1, ST-2 a value that is not the expected one stays")
  default void refuses() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    for (Optional<ThrottleStore.Entry> next :
        List.of(lasting("next"), Optional.<ThrottleStore.Entry>empty())) {
      given.assertRefuses("a replacement where nothing stands", "key", Optional.of("Value"), next);
      given.assertRefuses("a replacement of '' where nothing stands", "key", Optional.of(""), next);
    }
    given.assertReplaces("a first value", "key", Optional.empty(), lasting("Value"));
    for (Optional<ThrottleStore.Entry> next :
        List.of(lasting("next"), Optional.<ThrottleStore.Entry>empty())) {
      given.assertRefuses("a first value where one stands", "key", Optional.empty(), next);
      for (String other : List.of("", "value", "VALUE", "Value ", " Value", "Valu", "V%", "*")) {
        given.assertRefuses(
            "a replacement of '" + other + "' where 'Value' stands",
            "key",
            Optional.of(other),
            next);
      }
    }
  }

  @Test
  @DisplayName("ST-7 a millisecond before its end a value stands, at its end it is absent")
  default void expires() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    SettableClock clock = given.clock;
    Instant end = NOW.plus(HOUR);
    given.assertReplaces("a first value", "key", Optional.empty(), entry("a", end));
    clock.advance(HOUR.minusMillis(1));
    assertThat(store.find("key", given.clock.instant()))
        .as("a value a millisecond before its end")
        .contains("a");
    given.assertRefuses(
        "a first value a millisecond before the end of one", "key", Optional.empty(), lasting("b"));
    clock.advance(Duration.ofMillis(1));
    assertThat(store.find("key", given.clock.instant())).as("a value at its end").isEmpty();
    given.assertRefuses("a replacement of an expired value", "key", Optional.of("a"), lasting("b"));
    given.assertRefuses("a removal of an expired value", "key", Optional.of("a"), Optional.empty());
    given.assertReplaces(
        "a value in the place of an expired", "key", Optional.empty(), lasting("b"));
    clock.advance(HOUR);
    assertThat(store.find("key", given.clock.instant()))
        .as("a value that took the place of an expired")
        .contains("b");
  }

  @Test
  @DisplayName("ST-7 the removal of what has expired is a removal of nothing")
  default void removesExpired() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    SettableClock clock = given.clock;
    given.assertReplaces("a first value", "key", Optional.empty(), entry("a", NOW.plusMillis(1)));
    clock.advance(Duration.ofMillis(1));
    given.assertReplaces("a removal of nothing", "key", Optional.empty(), Optional.empty());
    given.assertReplaces("the same value again", "key", Optional.empty(), lasting("a"));
  }

  @Test
  @DisplayName("ST-7 with a replacement comes a new end, later or earlier, though the value stays")
  default void newEnd() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    SettableClock clock = given.clock;
    Instant end = NOW.plus(HOUR);
    given.assertReplaces("a first value", "key", Optional.empty(), entry("a", end));
    given.assertReplaces("the same value", "key", Optional.of("a"), entry("a", end.plus(HOUR)));
    clock.advance(HOUR.plus(HOUR).minusMillis(1));
    assertThat(store.find("key", given.clock.instant()))
        .as("a value before its later end")
        .contains("a");
    Instant sooner = clock.instant().plusMillis(2);
    given.assertReplaces("a last value", "key", Optional.of("a"), lasting("b"));
    given.assertReplaces("a last value", "key", Optional.of("b"), entry("c", sooner));
    clock.advance(Duration.ofMillis(2));
    assertThat(store.find("key", given.clock.instant()))
        .as("a value after its earlier end")
        .isEmpty();
  }

  @Test
  @DisplayName("ST-7 each value has its own end")
  default void ownEnds() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    ThrottleStore store = given.store;
    SettableClock clock = given.clock;
    for (int i = 1; i <= 10; i++) {
      store.replace(
          "key " + i, Optional.empty(), entry("a", NOW.plusMillis(i)), given.clock.instant());
    }
    for (int now = 0; now <= 10; now++) {
      for (int i = 1; i <= 10; i++) {
        assertThat(store.find("key " + i, given.clock.instant()).isPresent())
            .as("whether the value that ends at %s is there at %s", i, now)
            .isEqualTo(now < i);
      }
      clock.advance(Duration.ofMillis(1));
    }
  }

  @Test
  @DisplayName("TH-1 values have up to 2,000 characters of printable ASCII, and none at the least")
  default void values() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    String ascii = ascii(' ', '~');
    String longest = ascii.repeat(22).substring(0, 1999);
    String before = "";
    given.assertReplaces("an empty value", "key", Optional.empty(), lasting(before));
    for (String value : List.of(ascii, longest + "a", longest + "b", "' OR ''='", " a ")) {
      given.assertReplaces("a value of all kinds", "key", Optional.of(before), lasting(value));
      given.assertRefuses("of the value before", "key", Optional.of(before), lasting("x"));
      before = value;
    }
    given.assertReplaces("a removal", "key", Optional.of(before), Optional.empty());
  }

  @TestFactory
  @DisplayName("TH-1 keys have up to 64 characters of printable ASCII and are compared exactly")
  default Stream<DynamicTest> keys() {
    ThrottleFixture given = new ThrottleFixture(this::store);
    String longest = "k".repeat(63);
    List<String> keys =
        List.of(
            "k",
            "K",
            "k ",
            " k",
            "kk",
            "k'",
            "k\"",
            "k%",
            "k_",
            "k*",
            "k?",
            "k\\",
            "k\\\\",
            "k;--",
            "%",
            "_",
            "*",
            "?",
            "'",
            "\\",
            " ",
            "0",
            "00",
            "null",
            "{k}",
            "[k]",
            "k:1",
            "../k",
            longest,
            longest + "k",
            longest + "K",
            longest + " ",
            ascii(' ', 'O'),
            ascii('P', '~'));
    return keys.stream()
        .map(
            key ->
                DynamicTest.dynamicTest(
                    keys.indexOf(key) + " '" + key + "'", () -> isOnlyItself(given, key, keys)));
  }

  private static void isOnlyItself(ThrottleFixture given, String key, List<String> keys) {
    ThrottleStore store = given.store;
    for (String each : keys) {
      if (store.find(each, given.clock.instant()).isEmpty()) {
        store.replace(each, Optional.empty(), lasting("of " + each), given.clock.instant());
      }
    }
    given.assertReplaces(
        "a removal of '" + key + "'", key, Optional.of("of " + key), Optional.empty());
    assertOthers(given, key, keys);
    given.assertReplaces("a value under '" + key + "'", key, Optional.empty(), lasting("mine"));
    assertOthers(given, key, keys);
    given.assertReplaces("a last removal", key, Optional.of("mine"), Optional.empty());
  }

  private static void assertOthers(ThrottleFixture given, String key, List<String> keys) {
    ThrottleStore store = given.store;
    for (String other : keys) {
      if (!other.equals(key)) {
        assertThat(store.find(other, given.clock.instant()))
            .as("what stands under '%s', where only '%s' has changed", other, key)
            .contains("of " + other);
      }
    }
  }
}
