package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ThrottleRaceTest {
  private final SettableClock clock = SettableClock.create();
  private final InetAddress client = InetAddress.getLoopbackAddress();

  @RepeatedTest(20)
  @DisplayName("TH-1, row 42, CVE-2024-4629 of 200 guesses at once on two nodes, five are made")
  void exactUnderConcurrency() throws Exception {
    ThrottleStore store = ThrottleStore.inMemory();
    List<Throttle> nodes =
        List.of(
            Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store)).build(),
            Throttle.builder(AuthEnvironment.standard().withClock(clock).withCounts(store))
                .build());
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Attempt>> guesses = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Throttle node = nodes.get(i % 2);
        guesses.add(
            () -> {
              Attempt attempt = node.reserve("alice", client);
              if (attempt instanceof Attempt.Granted granted) {
                granted.wrong();
              }
              return attempt;
            });
      }
      int made = 0;
      for (Future<Attempt> guess : threads.invokeAll(guesses)) {
        made += guess.get() instanceof Attempt.Granted ? 1 : 0;
      }
      assertThat(made).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<ThrottleStore.Entry> entry(String value, Instant hold, Instant forget) {
    return Optional.of(new ThrottleStore.Entry(value, hold, forget));
  }

  @Test
  @DisplayName("TH-4, row 46 a flood fills bounded memory and pushes out no count that waits")
  void flood() {
    ThrottleStore store = ThrottleStore.inMemory();
    Instant now = clock.instant();
    Instant later = now.plus(Duration.ofHours(1));
    store.replace("waits", Optional.empty(), entry("w", later, later), clock.instant());
    store.replace("idle", Optional.empty(), entry("i", now, later), clock.instant());
    for (int i = 0; i < 150_000; i++) {
      assertThat(store.replace("n" + i, Optional.empty(), entry("1", now, later), clock.instant()))
          .isTrue();
    }
    assertThat(store.find("waits", clock.instant())).contains("w");
    assertThat(store.find("idle", clock.instant())).isEmpty();
    assertThat(store.find("n0", clock.instant())).isEmpty();
    assertThat(store.find("n149999", clock.instant())).contains("1");
  }

  @Test
  @DisplayName("TH-4 where all counts wait, new names share counts and are never uncounted")
  void sharedBuckets() {
    ThrottleStore store = ThrottleStore.inMemory(100_000);
    Instant later = clock.instant().plus(Duration.ofHours(1));
    for (int i = 0; i < 100_000; i++) {
      store.replace("n" + i, Optional.empty(), entry("1", later, later), clock.instant());
    }
    int shared = 0;
    for (int i = 0; i < 3000; i++) {
      Optional<String> found = store.find("new" + i, clock.instant());
      shared += found.isPresent() ? 1 : 0;
      assertThat(store.replace("new" + i, found, entry("2", later, later), clock.instant()))
          .isTrue();
      assertThat(store.find("new" + i, clock.instant())).contains("2");
    }
    assertThat(shared).isBetween(3000 - 1024, 2999);
    assertThat(store.find("n0", clock.instant())).contains("1");
    assertThat(store.find("n99999", clock.instant())).contains("1");
  }
}
