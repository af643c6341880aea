package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
  private final SettableClock clock = SettableClock.create();
  private final ThrottleStore store = ThrottleStore.inMemory();
  private final Throttle throttle =
      Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
  private final InetAddress here = address("203.0.113.1");
  private final InetAddress there = address("203.0.113.2");

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Attempt.Granted granted(String name, InetAddress client) {
    Attempt attempt = throttle.reserve(name, client);
    assertThat(attempt).isInstanceOf(Attempt.Granted.class);
    return (Attempt.Granted) attempt;
  }

  private void fail(String name, InetAddress client, int times) {
    for (int i = 0; i < times; i++) {
      granted(name, client).wrong();
    }
  }

  private Duration refused(String name, InetAddress client) {
    Attempt attempt = throttle.reserve(name, client);
    assertThat(attempt).isInstanceOf(Attempt.Refused.class);
    return ((Attempt.Refused) attempt).retryAfter();
  }

  @Test
  @DisplayName(
      "TH-1, row 41 the fifth failure makes the account wait one second, to the millisecond")
  void waitsFromTheFifth() {
    fail("alice", here, 5);
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofMillis(999));
    assertThat(refused("alice", here)).isEqualTo(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    granted("alice", here);
  }

  @Test
  @DisplayName(
      "TH-1, row 43 the wait doubles up to 15 minutes, and attempts while waiting don't prolong it")
  void doubles() {
    fail("alice", here, 5);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      Duration rest = refused("alice", there);
      refused("alice", there);
      waits.add(rest.toSeconds());
      clock.advance(rest);
      // From ever new addresses, so that the limit of an address stays out of it.
      fail("alice", address("198.51.100." + i), 1);
    }
    assertThat(waits)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
  }

  @Test
  @DisplayName(
      "TH-1, row 42, CVE-2024-4629 while five are counted and one is out, nobody else gets a turn")
  void boundsParallelGuesses() {
    List<Attempt.Granted> out = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      out.add(granted("alice", here));
    }
    for (int i = 0; i < 195; i++) {
      assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(1));
    }
    out.forEach(Attempt.Granted::wrong);
    clock.advance(Duration.ofSeconds(1));
    Attempt.Granted one = granted("alice", here);
    refused("alice", here);
    one.wrong();
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("TH-1, row 45 a right password deletes the account's count and no other")
  void rightDeletes() {
    fail("alice", here, 4);
    fail("bob", here, 4);
    granted("alice", here).right();
    fail("alice", there, 5);
    assertThat(refused("alice", there)).isPositive();
    fail("bob", here, 1);
    assertThat(refused("bob", here)).isPositive();
  }

  @Test
  @DisplayName("TH-1 what is given back was never counted")
  void giveBack() {
    for (int i = 0; i < 300; i++) {
      granted("alice", here).giveBack();
    }
    fail("alice", here, 4);
    granted("alice", here);
  }

  @Test
  @DisplayName("TH-1 a reservation that nobody settles is wrong when its lease of 30 s ends")
  void leaseEnds() {
    fail("alice", here, 4);
    Attempt.Granted lost = granted("alice", here);
    clock.advance(Duration.ofMillis(29_999));
    refused("alice", here);
    clock.advance(Duration.ofMillis(1));
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(1));
    lost.wrong(); // too late: it is counted already
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    granted("alice", here).wrong();
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("TH-1 a count is forgotten 24 hours after its last failure")
  void forgets() {
    fail("alice", here, 4);
    clock.advance(Duration.ofHours(24).minusMillis(1));
    fail("alice", here, 1);
    refused("alice", here);
    clock.advance(Duration.ofHours(24));
    fail("alice", here, 4);
    granted("alice", here);
  }

  @Test
  @DisplayName("TH-2 an address has 100 failures in 15 minutes, whatever the names")
  void limitsAddresses() {
    for (int i = 0; i < 100; i++) {
      fail("user" + i, here, 1);
    }
    assertThat(refused("someone", here)).isEqualTo(Duration.ofMinutes(15));
    granted("someone", there).giveBack();
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    refused("someone", here);
    clock.advance(Duration.ofMillis(1));
    granted("someone", here);
  }

  @Test
  @DisplayName("TH-2 a grant of the address is given back where the account refuses")
  void givesAddressBack() {
    fail("alice", there, 5);
    for (int i = 0; i < 200; i++) {
      refused("alice", here);
    }
    granted("bob", here);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @DisplayName("TH-2 an IPv6 client is its /64")
  @CsvSource({
    "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "203.0.113.1, 203.0.113.2, false",
  })
  void ipv6Networks(String first, String second, boolean same) {
    for (int i = 0; i < 100; i++) {
      fail("user" + i, address(first), 1);
    }
    assertThat(throttle.reserve("someone", address(second)) instanceof Attempt.Refused)
        .isEqualTo(same);
  }

  @Test
  @DisplayName("TH-3 strangers can't lock a user out of an address from which they have logged in")
  void knownAddress() {
    granted("alice", here).right();
    fail("alice", there, 5);
    refused("alice", there);
    fail("alice", here, 4);
    granted("alice", here).right();
    assertThat(refused("alice", there)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("TH-3 a known address has a count of its own, and its failures touch no other")
  void pairCount() {
    granted("alice", here).right();
    fail("alice", here, 5);
    assertThat(refused("alice", here)).isEqualTo(Duration.ofSeconds(1));
    fail("alice", there, 4);
    granted("alice", there).giveBack();
  }

  @Test
  @DisplayName("TH-3 an address is known for 30 days, and the 21st makes the account forget one")
  void forgetsAddresses() {
    granted("alice", here).right();
    clock.advance(Duration.ofDays(30).minusMillis(1));
    fail("alice", there, 5);
    granted("alice", here).giveBack();
    clock.advance(Duration.ofMillis(1));
    refused("alice", here);

    for (int i = 1; i <= 21; i++) {
      granted("bob", address("198.51.100." + i)).right();
    }
    fail("bob", there, 5);
    refused("bob", address("198.51.100.1"));
    granted("bob", address("198.51.100.2")).giveBack();
  }

  @Test
  @DisplayName("TH-4, row 45 names are counted as they are compared")
  void namesAsCompared() {
    fail("alice", here, 2);
    fail("ALICE", here, 2);
    fail("\uFF41lice", here, 1);
    refused("Alice", there);
  }

  @Test
  @DisplayName("BA-6 this node remembers whom it has refused, and asks no store")
  void remembers() {
    assertThat(throttle.remembered("alice", here)).isEmpty();
    fail("alice", here, 4);
    assertThat(throttle.remembered("alice", here)).isEmpty();
    fail("alice", here, 1);
    assertThat(throttle.remembered("ALICE", here)).contains(Duration.ofSeconds(1));
    assertThat(throttle.remembered("alice", there)).isEmpty();
    assertThat(throttle.remembered("bob", here)).isEmpty();
    refused("alice", there);
    assertThat(throttle.remembered("alice", there)).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(throttle.remembered("alice", here)).isEmpty();
  }

  @Test
  @DisplayName("BA-6 a right password forgets the wait, and who is refused for others gets none")
  void forgetsWaits() {
    fail("alice", here, 4);
    Attempt.Granted out = granted("alice", here);
    refused("alice", here);
    assertThat(throttle.remembered("alice", here)).isEmpty();
    out.wrong();
    clock.advance(Duration.ofSeconds(1));
    Attempt.Granted slow = granted("alice", here);
    clock.advance(Duration.ofSeconds(30)); // the lease ends, and counts as wrong
    refused("alice", here);
    assertThat(throttle.remembered("alice", here)).contains(Duration.ofSeconds(2));
    slow.right();
    assertThat(throttle.remembered("alice", here)).isEmpty();
    granted("alice", here);
  }

  @Test
  @DisplayName("BA-6 an address that was refused is remembered for every name")
  void remembersAddresses() {
    for (int i = 0; i < 100; i++) {
      fail("user" + i, here, 1);
    }
    refused("someone", here);
    assertThat(throttle.remembered("another", here)).contains(Duration.ofMinutes(15));
    assertThat(throttle.remembered("another", there)).isEmpty();
  }

  @Test
  @DisplayName(
      "TH-3, TH-6 a node believes what it remembers for 10 s: another may have let them in")
  void asksAgain() {
    fail("alice", there, 5);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(15));
      fail("alice", there, 1);
    }
    refused("alice", here);
    Throttle other =
        Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build();
    other.proved("alice", here);
    assertThat(throttle.remembered("alice", here)).isPresent();
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(throttle.remembered("alice", here)).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(throttle.remembered("alice", here)).isEmpty();
    granted("alice", here);
  }

  @Test
  @DisplayName("TH-2, row 41 figures can be set within their ranges")
  void ranges() {
    Throttle.Builder builder = Throttle.builder(AuthEnvironment.standard().withCounts(store));
    assertThatThrownBy(() -> builder.failures(0)).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> builder.failures(101)).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> builder.address(101, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.waits(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.lease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.known(21, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.forgetAfter(Duration.ofMinutes(59)))
        .isInstanceOf(IllegalArgumentException.class);

    Throttle strict =
        builder.failures(1).waits(Duration.ofMinutes(1), Duration.ofMinutes(1)).build();
    ((Attempt.Granted) strict.reserve("carol", here)).wrong();
    assertThat(strict.reserve("carol", here))
        .isEqualTo(new Attempt.Refused(Duration.ofMinutes(1), true));
  }
}
