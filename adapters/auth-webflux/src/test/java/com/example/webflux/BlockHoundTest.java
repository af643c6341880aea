package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.eventloop.MixedRequests;
import com.example.eventloop.SiteOptions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** No thread of Reactor's that must not block does so. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BlockHoundTest {
  private static final String FLAG = "-XX:+AllowRedefinitionToAddDeleteMethods";
  private static final int REQUESTS = 10_000;

  private static final SiteOptions OPTIONS =
      SiteOptions.standard().passwords(builder -> builder.maxConcurrentHashes(2).rememberNone());

  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void install() {
    assumeTrue(
        ManagementFactory.getRuntimeMXBean().getInputArguments().contains(FLAG),
        "BlockHound needs " + FLAG);
    BlockHound.install(
        builder ->
            builder
                // Two who offer to a queue at once: one waits for the other's few instructions.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                .blockingMethodCallback(method -> report(method.toString())));
  }

  /** A worker of a pool that waits for work blocks nobody. */
  private static void report(String method) {
    String stack = Arrays.toString(Thread.currentThread().getStackTrace());
    if (!stack.contains("ThreadPoolExecutor.getTask")) {
      REPORTS.add(Thread.currentThread().getName() + ": " + method + stack);
    }
  }

  @BeforeEach
  void forget() {
    REPORTS.clear();
  }

  /** As a store and a hash do. */
  private static void block() {
    LockSupport.parkNanos(1);
  }

  private static void blockWhenAsked(Site site, AtomicInteger asked) {
    site.tokens()
        .before(
            "find+user",
            () -> {
              blockWhenAsked(site, asked);
              asked.incrementAndGet();
              block();
            });
  }

  @Test
  @DisplayName("AD-9 10,000 requests of all schemes, right and wrong: no event loop is blocked")
  void neverBlocked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Site site = new Site(OPTIONS)) {
      MixedRequests requests = MixedRequests.to(site);
      site.hasher().whileChecking(BlockHoundTest::block);
      blockWhenAsked(site, asked);
      requests.send(300); // classes are loaded, and connections made
      REPORTS.clear();
      assertThat(requests.send(REQUESTS)).containsOnlyKeys(200, 401);
    }
    assertThat(asked.get()).as("how often a store was asked").isGreaterThan(1000);
    assertThat(REPORTS).isEmpty();
  }

  @Test
  @DisplayName("AD-9 a check in the thread itself would be reported")
  void wouldBeReported() {
    Mono.fromRunnable(BlockHoundTest::block).subscribeOn(Schedulers.parallel()).block();
    assertThat(REPORTS).hasSize(1).first().asString().startsWith("parallel-").contains("park");
  }
}
