package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link ThrottleStore} promises, as tests to extend. The clock is far ahead, so that a
 * database that drops values by its own clock keeps them all.
 *
 * <pre>{@code
 * class MyCountsTest extends ThrottleContract {
 *   protected ThrottleStore store(Clock clock) { return new MyCounts(emptyDatabase(), clock); }
 * }
 * }</pre>
 */
public abstract class ThrottleContract extends ThrottleRaces {
  private static final Duration HOUR = Duration.ofHours(1);

  /** For subclasses. */
  protected ThrottleContract() {}

  /**
   * A new store without values. It is called once for each test.
   *
   * @param clock what tells the store when a value is over; the tests move it
   * @return the store
   */
  @Override
  protected abstract ThrottleStore store(Clock clock);

  private void assertReplaces(
      String what, String key, Optional<String> expected, Optional<ThrottleStore.Entry> next) {
    assertThat(store.replace(key, expected, next)).as(what).isTrue();
    assertThat(store.find(key))
        .as("what stands there after %s", what)
        .isEqualTo(next.map(ThrottleStore.Entry::value));
  }

  private void assertRefuses(
      String what, String key, Optional<String> expected, Optional<ThrottleStore.Entry> next) {
    Optional<String> before = store.find(key);
    assertThat(store.replace(key, expected, next)).as(what).isFalse();
    assertThat(store.find(key)).as("what stands there after %s", what).isEqualTo(before);
  }

  @Test
  @DisplayName("TH-1, ST-2 a value is replaced if it is the expected one")
  void replaces() {
    assertThat(store.find("key")).as("what stands where nothing was put").isEmpty();
    assertReplaces("a first value", "key", Optional.empty(), lasting("a"));
    assertReplaces("a second value", "key", Optional.of("a"), lasting("b"));
    assertReplaces("a removal", "key", Optional.of("b"), Optional.empty());
    assertReplaces("a removal of nothing", "key", Optional.empty(), Optional.empty());
    assertReplaces("a value where one was removed", "key", Optional.empty(), lasting("a"));
    assertReplaces("a value by itself", "key", Optional.of("a"), lasting("a"));
  }

  @Test
  @DisplayName("TH-1, ST-2 a value that is not the expected one stays")
  void refuses() {
    for (Optional<ThrottleStore.Entry> next :
        List.of(lasting("next"), Optional.<ThrottleStore.Entry>empty())) {
      assertRefuses("a replacement where nothing stands", "key", Optional.of("Value"), next);
      assertRefuses("a replacement of '' where nothing stands", "key", Optional.of(""), next);
    }
    assertReplaces("a first value", "key", Optional.empty(), lasting("Value"));
    for (Optional<ThrottleStore.Entry> next :
        List.of(lasting("next"), Optional.<ThrottleStore.Entry>empty())) {
      assertRefuses("a first value where one stands", "key", Optional.empty(), next);
      for (String other : List.of("", "value", "VALUE", "Value ", " Value", "Valu", "V%", "*")) {
        assertRefuses(
            "a replacement of '" + other + "' where 'Value' stands",
            "key",
            Optional.of(other),
            next);
      }
    }
  }

  @Test
  @DisplayName("ST-7 a millisecond before its end a value stands, at its end it is absent")
  void expires() {
    Instant end = NOW.plus(HOUR);
    assertReplaces("a first value", "key", Optional.empty(), entry("a", end));
    clock.advance(HOUR.minusMillis(1));
    assertThat(store.find("key")).as("a value a millisecond before its end").contains("a");
    assertRefuses(
        "a first value a millisecond before the end of one", "key", Optional.empty(), lasting("b"));
    clock.advance(Duration.ofMillis(1));
    assertThat(store.find("key")).as("a value at its end").isEmpty();
    assertRefuses("a replacement of an expired value", "key", Optional.of("a"), lasting("b"));
    assertRefuses("a removal of an expired value", "key", Optional.of("a"), Optional.empty());
    assertReplaces("a value in the place of an expired", "key", Optional.empty(), lasting("b"));
    clock.advance(HOUR);
    assertThat(store.find("key")).as("a value that took the place of an expired").contains("b");
  }

  @Test
  @DisplayName("ST-7 the removal of what has expired is a removal of nothing")
  void removesExpired() {
    assertReplaces("a first value", "key", Optional.empty(), entry("a", NOW.plusMillis(1)));
    clock.advance(Duration.ofMillis(1));
    assertReplaces("a removal of nothing", "key", Optional.empty(), Optional.empty());
    assertReplaces("the same value again", "key", Optional.empty(), lasting("a"));
  }

  @Test
  @DisplayName("ST-7 with a replacement comes a new end, later or earlier, though the value stays")
  void newEnd() {
    Instant end = NOW.plus(HOUR);
    assertReplaces("a first value", "key", Optional.empty(), entry("a", end));
    assertReplaces("the same value", "key", Optional.of("a"), entry("a", end.plus(HOUR)));
    clock.advance(HOUR.plus(HOUR).minusMillis(1));
    assertThat(store.find("key")).as("a value before its later end").contains("a");
    Instant sooner = clock.instant().plusMillis(2);
    assertReplaces("a last value", "key", Optional.of("a"), lasting("b"));
    assertReplaces("a last value", "key", Optional.of("b"), entry("c", sooner));
    clock.advance(Duration.ofMillis(2));
    assertThat(store.find("key")).as("a value after its earlier end").isEmpty();
  }

  @Test
  @DisplayName("ST-7 each value has its own end")
  void ownEnds() {
    for (int i = 1; i <= 10; i++) {
      store.replace("key " + i, Optional.empty(), entry("a", NOW.plusMillis(i)));
    }
    for (int now = 0; now <= 10; now++) {
      for (int i = 1; i <= 10; i++) {
        assertThat(store.find("key " + i).isPresent())
            .as("whether the value that ends at %s is there at %s", i, now)
            .isEqualTo(now < i);
      }
      clock.advance(Duration.ofMillis(1));
    }
  }

  @Test
  @DisplayName("TH-1 values have up to 2,000 characters of printable ASCII, and none at the least")
  void values() {
    String ascii = ascii(' ', '~');
    String longest = ascii.repeat(22).substring(0, 1999);
    String before = "";
    assertReplaces("an empty value", "key", Optional.empty(), lasting(before));
    for (String value : List.of(ascii, longest + "a", longest + "b", "' OR ''='", " a ")) {
      assertReplaces("a value of all kinds", "key", Optional.of(before), lasting(value));
      assertRefuses("of the value before", "key", Optional.of(before), lasting("x"));
      before = value;
    }
    assertReplaces("a removal", "key", Optional.of(before), Optional.empty());
  }

  private static String ascii(char from, char to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @TestFactory
  @DisplayName("TH-1 keys have up to 64 characters of printable ASCII and are compared exactly")
  Stream<DynamicTest> keys() {
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
                    keys.indexOf(key) + " '" + key + "'", () -> isOnlyItself(key, keys)));
  }

  private void isOnlyItself(String key, List<String> keys) {
    for (String each : keys) {
      if (store.find(each).isEmpty()) {
        store.replace(each, Optional.empty(), lasting("of " + each));
      }
    }
    assertReplaces("a removal of '" + key + "'", key, Optional.of("of " + key), Optional.empty());
    assertOthers(key, keys);
    assertReplaces("a value under '" + key + "'", key, Optional.empty(), lasting("mine"));
    assertOthers(key, keys);
    assertReplaces("a last removal", key, Optional.of("mine"), Optional.empty());
  }

  private void assertOthers(String key, List<String> keys) {
    for (String other : keys) {
      if (!other.equals(key)) {
        assertThat(store.find(other))
            .as("what stands under '%s', where only '%s' has changed", other, key)
            .contains("of " + other);
      }
    }
  }
}
