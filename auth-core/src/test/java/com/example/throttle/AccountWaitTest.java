package com.example.throttle;

import static com.example.throttle.ThrottleTest.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long an account waits, and which of that a node remembers. */
class AccountWaitTest {
  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore store = ThrottleStore.inMemory();
  private final Throttle throttle =
      Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
  private final InetAddress here = address("203.0.113.1");

  private Attempt.Granted granted(InetAddress client) {
    Attempt attempt = throttle.reserve("alice", client);
    assertThat(attempt).isInstanceOf(Attempt.Granted.class);
    return (Attempt.Granted) attempt;
  }

  private Duration refused() {
    Attempt attempt = throttle.reserve("alice", here);
    assertThat(attempt).isInstanceOf(Attempt.Refused.class);
    return ((Attempt.Refused) attempt).retryAfter();
  }

  @Test
  @DisplayName("TH-1, row 43 after hundreds of failures the wait still is 15 minutes")
  void staysAtTheLongest() {
    for (int i = 0; i < 300; i++) {
      granted(address("198.51.100." + i / 2)).wrong();
      if (i >= 14) {
        assertThat(refused()).as(i + 1 + " failures").isEqualTo(Duration.ofMinutes(15));
      }
      clock.advance(Duration.ofMinutes(15));
    }
  }

  @Test
  @DisplayName("TH-1 the wait begins with the end of the hash, not with its beginning")
  void fromTheEndOfTheHash() {
    for (int i = 0; i < 5; i++) {
      Attempt.Granted slow = granted(here);
      clock.advance(Duration.ofSeconds(2));
      slow.wrong();
    }
    assertThat(refused()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("TH-1 of what nobody settles the wait begins with the end of its lease, and ends")
  void abandoned() {
    for (int i = 0; i < 5; i++) {
      granted(here);
    }
    clock.advance(Duration.ofSeconds(30));
    assertThat(refused()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    granted(here).wrong();
    assertThat(refused()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("TH-1, row 43 no wait can be set that locks an account for more than a day")
  void longestWait() {
    Throttle.Builder builder = Throttle.builder(AuthEnvironment.standard().withCounts(store));
    Duration day = Duration.ofHours(24);
    assertThat(builder.waits(day, day)).isSameAs(builder);
    assertThatThrownBy(() -> builder.waits(Duration.ofSeconds(1), day.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT24H0.001S");
  }

  @Test
  @DisplayName("TH-4, row 46 a node remembers at most 10,000 waits; what is over makes room")
  void bounded() {
    Throttle strict =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store))
            .failures(1)
            .waits(Duration.ofMinutes(1), Duration.ofMinutes(1))
            .build();
    ((Attempt.Granted) strict.reserve("alice", address("203.0.113.200"))).wrong();
    for (int i = 0; i < 9_999; i++) {
      InetAddress client = address("10.0." + i / 256 + "." + i % 256);
      assertThat(strict.reserve("alice", client)).isInstanceOf(Attempt.Refused.class);
    }
    InetAddress last = address("10.0.0.0");
    assertThat(strict.remembered("alice", last)).contains(Duration.ofMinutes(1));
    assertThat(strict.reserve("alice", here)).isInstanceOf(Attempt.Refused.class);
    assertThat(strict.remembered("alice", here)).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    ((Attempt.Granted) strict.reserve("alice", here)).wrong();
    assertThat(strict.reserve("alice", here)).isInstanceOf(Attempt.Refused.class);
    assertThat(strict.remembered("alice", here)).contains(Duration.ofMinutes(1));
  }
}
