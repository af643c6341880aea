package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.counts.ThrottleStore.WhenFull;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Counts in memory. */
class ThrottleStoreTest {
  private final SettableClock clock = SettableClock.create();
  private final Instant later = clock.instant().plus(Duration.ofHours(1));

  private Optional<ThrottleStore.Entry> held(String value) {
    return Optional.of(new ThrottleStore.Entry(value, later, later));
  }

  @Test
  @DisplayName("TH-1, row 42 of 80,000 replacements by eight threads none is lost")
  void atomic() throws Exception {
    ThrottleStore store = ThrottleStore.inMemory();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> adder =
          () -> {
            for (int i = 0; i < 10_000; i++) {
              addOne(store, "k" + i % 7);
            }
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, adder))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      sum += Integer.parseInt(store.find("k" + i, clock.instant()).orElseThrow());
    }
    assertThat(sum).isEqualTo(80_000);
  }

  private void addOne(ThrottleStore store, String key) {
    Optional<String> found;
    do {
      found = store.find(key, clock.instant());
    } while (!store.replace(key, found, held(plusOne(found)), clock.instant()));
  }

  private static String plusOne(Optional<String> number) {
    return Integer.toString(number.map(Integer::parseInt).orElse(0) + 1);
  }

  @Test
  @DisplayName("TH-4, row 46 which names share a count where all wait is known to nobody outside")
  void secretBuckets() {
    assertThat(namesThatShare()).isNotEmpty().isNotEqualTo(namesThatShare());
  }

  /** Those of 20,000 names that share the count of one, in a new store that is full. */
  private List<String> namesThatShare() {
    ThrottleStore store = ThrottleStore.inMemory(100_000);
    for (int i = 0; i < 100_000; i++) {
      store.replace("n" + i, Optional.empty(), held("1"), clock.instant());
    }
    store.replace("victim", Optional.empty(), held("shared"), clock.instant());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (store.find("name" + i, clock.instant()).isPresent()) {
        names.add("name" + i);
      }
    }
    return names;
  }

  @Test
  @DisplayName("TH-4 where a space is full: counts are shared, others are dropped or refused")
  void whenFull() {
    ThrottleStore store = ThrottleStore.inMemory(1);
    Instant now = clock.instant();
    assertThat(store.replace("a:1", Optional.empty(), held("1"), now)).isTrue();
    assertThat(store.replace("a:2", Optional.empty(), held("2"), now)).isTrue();
    assertThat(store.find("a:2", now)).contains("2");
    assertThat(store.replace("b:1", Optional.empty(), held("1", WhenFull.DROP), now)).isTrue();
    assertThat(store.replace("b:2", Optional.empty(), held("2", WhenFull.DROP), now)).isTrue();
    assertThat(store.find("b:1", now)).contains("1");
    assertThat(store.find("b:2", now)).isEmpty();
    assertThat(store.replace("c:1", Optional.empty(), held("1", WhenFull.REFUSE), now)).isTrue();
    assertThat(store.replace("c:2", Optional.empty(), held("2", WhenFull.REFUSE), now)).isFalse();
    assertThat(store.find("c:2", now)).isEmpty();
    assertThat(store.replace("c:1", Optional.empty(), held("2", WhenFull.REFUSE), now)).isFalse();
    assertThat(store.replace("c:2", Optional.empty(), held("2", WhenFull.REFUSE), later)).isTrue();
    assertThat(store.find("c:2", now)).contains("2");
  }

  private Optional<ThrottleStore.Entry> held(String value, WhenFull whenFull) {
    return Optional.of(new ThrottleStore.Entry(value, later, later, whenFull));
  }
}
