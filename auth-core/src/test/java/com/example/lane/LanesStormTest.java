package com.example.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.password.ScriptedHasher;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Plan;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Clients that come and go, stores that fail, hashes that throw: and no turn is lost by it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LanesStormTest {
  private static final int TURNS = 3;
  private static final int CLIENTS = 8;
  private static final int CHECKS = 400;

  private final AtomicInteger dice = new AtomicInteger();
  private final Queue<CompletableFuture<String>> outstanding = new ConcurrentLinkedQueue<>();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final CredentialStore nobody = new FailingStore(dice);
  private final Sallyport auth =
      Sallyport.of(AuthEnvironment.standard(), nobody, TokenStore.inMemory())
          .withPasswords(
              options ->
                  options
                      .hasher(hasher)
                      .maxConcurrentHashes(TURNS)
                      .maxWait(Duration.ofMinutes(1))
                      .rememberNone());
  private final Lanes lanes = Lanes.builder(auth).storeThreads(4).storeQueue(4000).build();

  /** A store without users, which is now and then away. */
  private record FailingStore(AtomicInteger dice) implements CredentialStore {
    @Override
    public Optional<User> findByName(String username) {
      if (dice.incrementAndGet() % 11 == 0) {
        throw new StoreUnavailableException("away");
      }
      return Optional.empty();
    }

    @Override
    public Optional<User> findById(String id) {
      return Optional.empty();
    }
  }

  @AfterEach
  void end() {
    lanes.close();
  }

  /** Checks a password, which no user has; the result is not more than that there was one. */
  private CompletableFuture<String> check(String name, int client, int network) {
    byte[] address = {10, (byte) client, (byte) network, 1};
    Client from;
    try {
      from = new Client(InetAddress.getByAddress(address), "");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    Plan<String> plan =
        auth.passwords()
            .planRepeated(name, Password.of("wrong"), from)
            .then(verdict -> Plan.done("answered"));
    return lanes.run(plan, () -> "full").toCompletableFuture();
  }

  /** Asks much, four times each, and goes away from some checks at another point of each. */
  private List<CompletableFuture<String>> ask(int client) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < CHECKS; i++) {
      CompletableFuture<String> check = check("nobody" + client + "-" + i / 4, client, i / 4);
      all.add(check);
      outstanding.add(check);
      if (i % 4 == 1) {
        all.get(i - i % 7).cancel(false);
      }
    }
    return all;
  }

  /** While this one has its turn, others wait for theirs: some of them go away. */
  private void hashInTheStorm() {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<String> other = outstanding.poll();
      if (other != null && dice.incrementAndGet() % 3 > 0) {
        other.cancel(false);
      }
      Thread.onSpinWait();
    }
    if (dice.incrementAndGet() % 13 == 0) {
      throw new IllegalStateException("a defect");
    }
  }

  /** Each check ends in one way or another. */
  private static String end(CompletableFuture<String> check) {
    try {
      return check.get(60, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      return "cancelled";
    } catch (ExecutionException e) {
      return e.getCause() instanceof StoreUnavailableException ? "outage" : "defect";
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("A check never ended", e);
    }
  }

  @RepeatedTest(3)
  @DisplayName("AD-9, PW-4 after a storm of cancellations, outages and defects all turns are there")
  void noTurnIsLost() throws Exception {
    hasher.whileComputing(this::hashInTheStorm);
    List<List<CompletableFuture<String>>> all = Race.of(CLIENTS, this::ask);
    List<String> ends = all.stream().flatMap(List::stream).map(LanesStormTest::end).toList();
    assertThat(ends).contains("answered", "cancelled", "outage", "defect");
    awaitIdle();
    assertAllTurns();
  }

  /** The last threads may still be on their way out of checks that nobody waits for. */
  private void awaitIdle() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!lanes.toString().matches("Lanes\\[store=0/.*, hash=0/.*")) {
      assertThat(System.nanoTime()).as(lanes.toString()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** As many hash at a time as may, and not one more. */
  private void assertAllTurns() throws Exception {
    CountDownLatch full = new CountDownLatch(TURNS);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    hasher.whileComputing(
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          awaitQuietly(go);
          running.decrementAndGet();
        });
    dice.set(0);
    List<CompletableFuture<String>> last = new ArrayList<>();
    for (int i = 0; i < 2 * TURNS; i++) {
      last.add(check("last" + i, 200, i));
    }
    assertThat(full.await(30, TimeUnit.SECONDS)).as("all turns are taken").isTrue();
    go.countDown();
    for (CompletableFuture<String> check : last) {
      assertThat(end(check)).isEqualTo("answered");
    }
    assertThat(most).hasValue(TURNS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
