package com.example.throttle;

import static com.example.throttle.ThrottleTest.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client's address may do, whatever the names. */
class AddressLimitTest {
  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore store = ThrottleStore.inMemory();
  private final Throttle throttle =
      Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
  private final InetAddress here = address("203.0.113.1");

  private Attempt.Granted granted(String name) {
    Attempt attempt = throttle.reserve(name, here);
    assertThat(attempt).isInstanceOf(Attempt.Granted.class);
    return (Attempt.Granted) attempt;
  }

  /** One failure each for so many names. */
  private void fail(int names) {
    for (int i = 0; i < names; i++) {
      granted("user" + i).wrong();
    }
  }

  private void assertWaits(Duration rest) {
    assertThat(throttle.reserve("someone", here)).isEqualTo(new Attempt.Refused(rest, true));
  }

  @Test
  @DisplayName("TH-2, row 45 a right password doesn't reset what the address has failed")
  void rightKeepsAddress() {
    fail(99);
    granted("alice").right();
    granted("bob").wrong();
    assertWaits(Duration.ofMinutes(15));
  }

  @Test
  @DisplayName("TH-2 right passwords count nothing against an address, not even later")
  void rightCountsNothing() {
    for (int i = 0; i < 150; i++) {
      granted("user" + i).right();
    }
    clock.advance(Duration.ofSeconds(31));
    granted("someone").giveBack();
  }

  @Test
  @DisplayName("TH-2 the 15 minutes begin with the first failure, and no later one prolongs them")
  void windowStandsStill() {
    fail(99);
    clock.advance(Duration.ofMinutes(10));
    granted("alice").wrong();
    assertWaits(Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5));
    fail(99);
    granted("bob");
  }

  @Test
  @DisplayName("TH-2 the 15 minutes end also while a password is being checked")
  void windowEndsMeanwhile() {
    fail(99);
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    Attempt.Granted out = granted("alice");
    assertThat(throttle.reserve("someone", here))
        .isEqualTo(new Attempt.Refused(Duration.ofSeconds(1), false));
    clock.advance(Duration.ofMillis(1));
    granted("bob").wrong();
    out.wrong();
    fail(97);
    granted("carol").wrong();
    assertWaits(Duration.ofMinutes(15));
  }

  @Test
  @DisplayName("TH-2 a grant of the address is given back where the account can't be asked")
  void outageOfAccount() {
    boolean[] down = {true};
    ThrottleStore failing =
        new ThrottleStore() {
          @Override
          public Optional<String> find(String key, Instant now) {
            if (down[0] && key.startsWith("account:")) {
              throw new StoreUnavailableException("down");
            }
            return store.find(key, now);
          }

          @Override
          public boolean replace(
              String key, Optional<String> expected, Optional<Entry> next, Instant now) {
            return store.replace(key, expected, next, now);
          }
        };
    Throttle fragile =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(failing)).build();
    for (int i = 0; i < 150; i++) {
      String name = "user" + i;
      assertThatThrownBy(() -> fragile.reserve(name, here))
          .isInstanceOf(StoreUnavailableException.class);
    }
    down[0] = false;
    assertThat(fragile.reserve("alice", here)).isInstanceOf(Attempt.Granted.class);
  }
}
