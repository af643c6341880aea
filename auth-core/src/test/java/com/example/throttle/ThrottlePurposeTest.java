package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Throttles of several purposes on one store. */
class ThrottlePurposeTest {
  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore counts = ThrottleStore.inMemory();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final InetAddress here = ThrottleTest.address("203.0.113.1");
  private final InetAddress there = ThrottleTest.address("203.0.113.2");
  private final Throttle passwords = builder().build();
  private final Throttle codes = builder().purpose("codes").build();

  private Throttle.Builder builder() {
    return Throttle.builder(
        AuthEnvironment.standard().withClock(clock).withCounts(new Recording()));
  }

  /** Keeps the keys that it is asked for. */
  private final class Recording implements ThrottleStore {
    @Override
    public Optional<String> find(String key, Instant now) {
      keys.add(key);
      return counts.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      keys.add(key);
      return counts.replace(key, expected, next, now);
    }
  }

  private static boolean fails(Throttle throttle, String name, InetAddress client) {
    Attempt attempt = throttle.reserve(name, client);
    if (attempt instanceof Attempt.Granted granted) {
      granted.wrong();
    }
    return attempt instanceof Attempt.Granted;
  }

  @Test
  @DisplayName("TH-1, TH-2 what fails for one purpose counts for no other, by account or address")
  void apart() {
    for (int i = 0; i < 5; i++) {
      assertThat(fails(codes, "alice", there)).isTrue();
    }
    assertThat(fails(codes, "alice", here)).isFalse();
    assertThat(fails(passwords, "alice", here)).isTrue();
    for (int i = 0; i < 100; i++) {
      fails(codes, "user" + i, there);
    }
    assertThat(fails(codes, "bob", there)).isFalse();
    assertThat(fails(passwords, "bob", there)).isTrue();
  }

  @Test
  @DisplayName("TH-1, TH-3 what is right for one purpose resets no other, nor makes known there")
  void rightApart() {
    for (int i = 0; i < 5; i++) {
      fails(codes, "alice", there);
    }
    ((Attempt.Granted) passwords.reserve("alice", there)).right();
    assertThat(fails(codes, "alice", there)).isFalse();
  }

  @Test
  @DisplayName("TH-3 an address is known per purpose")
  void known() {
    ((Attempt.Granted) codes.reserve("alice", here)).right();
    for (int i = 0; i < 5; i++) {
      fails(codes, "alice", there);
    }
    assertThat(fails(codes, "alice", here)).isTrue();
    assertThat(fails(codes, "alice", there)).isFalse();
  }

  @Test
  @DisplayName("TH-2 throttles of one purpose count together")
  void together() {
    Throttle another = builder().purpose("codes").build();
    for (int i = 0; i < 5; i++) {
      fails(i % 2 == 0 ? codes : another, "alice", there);
    }
    assertThat(fails(another, "alice", there)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(fails(codes, "alice", there)).isTrue();
  }

  @Test
  @DisplayName("ST-7 with the longest purpose a key has at most 64 printable characters")
  void keys() {
    Throttle longest = builder().purpose("abcdefghijkl").build();
    ((Attempt.Granted) longest.reserve("alice", here)).right();
    fails(longest, "alice", here);
    assertThat(keys).hasSize(4).allMatch(key -> key.matches("abcdefghijkl:[!-~]{1,51}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcdefghijklm", "Reset", "a b", "a:", "r\u00E9set", "a\n"})
  @DisplayName("TH-2 a purpose is 1 to 12 lower case letters")
  void refused(String purpose) {
    assertThatThrownBy(() -> builder().purpose(purpose))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 12");
  }
}
