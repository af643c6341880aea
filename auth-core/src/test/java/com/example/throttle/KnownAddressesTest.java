package com.example.throttle;

import static com.example.throttle.ThrottleTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Addresses from which an account has logged in, and what others do meanwhile. */
class KnownAddressesTest {
  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore counts = ThrottleStore.inMemory();
  private final AtomicReference<Runnable> beforeNext = new AtomicReference<>();
  private final Throttle throttle =
      Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(new Interrupted()))
          .build();
  private final InetAddress here = address("203.0.113.1");
  private final InetAddress there = address("203.0.113.2");
  private final InetAddress strangers = address("203.0.113.3");

  /** Lets others in before a replacement. */
  private final class Interrupted implements ThrottleStore {
    @Override
    public Optional<String> find(String key, Instant now) {
      return counts.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      Runnable others = beforeNext.getAndSet(null);
      if (others != null) {
        others.run();
      }
      return counts.replace(key, expected, next, now);
    }
  }

  private Attempt.Granted granted(InetAddress client) {
    Attempt attempt = throttle.reserve("alice", client);
    assertThat(attempt).isInstanceOf(Attempt.Granted.class);
    return (Attempt.Granted) attempt;
  }

  private void lockOut() {
    for (int i = 0; i < 5; i++) {
      granted(strangers).wrong();
    }
    assertThat(throttle.reserve("alice", strangers)).isInstanceOf(Attempt.Refused.class);
  }

  @Test
  @DisplayName("TH-3 a login from elsewhere prolongs no other address")
  void eachByItself() {
    granted(here).right();
    clock.advance(Duration.ofDays(29));
    granted(there).right();
    clock.advance(Duration.ofDays(1));
    lockOut();
    assertThat(throttle.reserve("alice", here)).isInstanceOf(Attempt.Refused.class);
    granted(there).giveBack();
  }

  @Test
  @DisplayName("TH-3 of two logins at once both addresses are known")
  void both() {
    Attempt.Granted first = granted(here);
    Attempt.Granted second = granted(there);
    granted(strangers).wrong();
    // The first replacement deletes the count, the second is the address, the third its own key.
    beforeNext.set(() -> beforeNext.set(() -> beforeNext.set(second::right)));
    first.right();
    assertThat(beforeNext.get()).isNull();
    lockOut();
    granted(here).giveBack();
    granted(there).giveBack();
  }

  @Test
  @DisplayName("TH-1 a right password deletes the count also where a failure comes in between")
  void deletedAllTheSame() {
    for (int i = 0; i < 3; i++) {
      granted(strangers).wrong();
    }
    Attempt.Granted right = granted(here);
    Attempt.Granted wrong = granted(strangers);
    beforeNext.set(wrong::wrong);
    right.right();
    for (int i = 0; i < 4; i++) {
      granted(strangers).wrong();
    }
    granted(strangers).giveBack();
  }

  @Test
  @DisplayName(
      "TH-3 a right password clears the pair, also where the address was known once before")
  void clearsPair() {
    granted(here).right();
    for (int i = 0; i < 4; i++) {
      granted(here).wrong();
    }
    clock.advance(Duration.ofHours(23));
    for (int i = 0; i < 20; i++) {
      granted(address("198.51.100." + i)).right();
    }
    granted(here).right();
    granted(here).wrong();
    granted(here).giveBack();
  }
}
