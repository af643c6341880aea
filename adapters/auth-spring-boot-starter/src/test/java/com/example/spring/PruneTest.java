package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.WatchedTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

@DisplayName("Spring Boot: expired records are removed for good")
class PruneTest {
  private final SettableClock clock = SettableClock.create();
  private final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  private final Turns turns = new Turns();

  /** Counts who asks for a turn. */
  private static final class Turns implements ThrottleStore {
    private final ThrottleStore kept = ThrottleStore.inMemory();
    private final CountDownLatch asked = new CountDownLatch(20);
    private final AtomicInteger given = new AtomicInteger();

    @Override
    public Optional<String> find(String key, Instant now) {
      return kept.find(key, now);
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      boolean replaced = kept.replace(key, expected, next, now);
      given.addAndGet(replaced ? 1 : 0);
      asked.countDown();
      return replaced;
    }
  }

  private ConfigurableApplicationContext node() {
    Quiet.hosts();
    SpringApplication node = new SpringApplication(RunningApp.Boot.class);
    node.setRegisterShutdownHook(false);
    node.addInitializers(
        context -> {
          GenericApplicationContext beans = (GenericApplicationContext) context;
          beans.registerBean(Clock.class, () -> clock);
          beans.registerBean(TokenStore.class, () -> tokens);
          beans.registerBean(ThrottleStore.class, () -> turns);
        });
    return node.run(
        "--server.port=0",
        "--sallyport.prune-every=5ms",
        "--sallyport.users.alice.password=" + RunningApp.PASSWORD,
        "--spring.main.banner-mode=off",
        "--spring.autoconfigure.exclude=" + RunningApp.NO_JETTY + "," + RunningApp.NO_DATA_SOURCE);
  }

  @Test
  @DisplayName("ST-7 of two nodes that share their counts, one prunes in each half period")
  void oneNode() throws InterruptedException {
    try (ConfigurableApplicationContext one = node();
        ConfigurableApplicationContext other = node()) {
      assertThat(turns.asked.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(turns.given).hasValue(1);
      assertThat(tokens.calls()).containsOnlyOnce("prune");
      assertThat(one).isNotSameAs(other);
    }
  }

  @Test
  @DisplayName("ST-7 when the turn is over, the next is taken")
  void nextTurn() throws InterruptedException {
    try (ConfigurableApplicationContext one = node()) {
      assertThat(turns.asked.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(one.isRunning()).isTrue();
      clock.advance(Duration.ofMillis(5));
      while (turns.given.get() < 2) {
        Thread.onSpinWait();
      }
    }
  }
}
