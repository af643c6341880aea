package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One chain, many threads. */
@Timeout(60)
class ChainConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 2_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private <T> List<T> together(List<Callable<T>> calls) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> result : threads.invokeAll(calls)) {
      results.add(result.get());
    }
    return results;
  }

  @Test
  @DisplayName("CH-10 each of many threads gets the answer to its own request")
  void ownAnswers() throws Exception {
    RecordingListener heard = new RecordingListener();
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(heard),
            Probe.of("none", request -> NotAttempted.NO_CREDENTIALS),
            Probe.of("header", request -> Probe.user(request.headers("X-User").get(0))));
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String name = "user-" + t;
      calls.add(
          () -> {
            AuthRequest request = TestRequest.get("/").header("X-User", name).build();
            start.await();
            int own = 0;
            for (int i = 0; i < ROUNDS; i++) {
              Authenticated who = (Authenticated) chain.authenticate(request);
              own += who.principal().name().equals(name) ? 1 : 0;
            }
            return own;
          });
    }
    assertThat(together(calls)).containsOnly(ROUNDS);
    // A copying list of 16,000 is slow to read often: read it once.
    List<AuthEvent> events = heard.events();
    assertThat(events).hasSize(THREADS * ROUNDS);
  }

  @Test
  @DisplayName("CH-10 no lock is held while a member waits for its store")
  void noLock() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            Probe.of(
                "slow",
                request -> {
                  if (!request.headers("X-Slow").isEmpty()) {
                    waiting.countDown();
                    await(release);
                  }
                  return Probe.user("alice");
                }));
    AuthRequest slow = TestRequest.get("/").header("X-Slow", "1").build();
    Future<?> held = threads.submit(() -> chain.authenticate(slow));
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(chain.authenticate(TestRequest.get("/").build())).isInstanceOf(Authenticated.class);
    assertThat(chain.trace(TestRequest.get("/").build()).steps()).hasSize(1);
    assertThat(held.isDone()).isFalse();

    release.countDown();
    assertThat(held.get()).isInstanceOf(Authenticated.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("CH-10 one request can be split by many threads at once")
  void oneRequest() throws Exception {
    AuthenticatorChain chain =
        AuthenticatorChain.of(Probe.abstaining("bearer", Challenge.of("Bearer", "api")));
    for (int round = 0; round < 200; round++) {
      AuthRequest request = TestRequest.get("/").header("Authorization", "Bearer x").build();
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<String>> calls = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        calls.add(
            () -> {
              start.await();
              Authorization split = request.authorization();
              return split.scheme() + split.credentials() + chain.authenticate(request);
            });
      }
      assertThat(together(calls)).containsOnly("BearerxRejected[bearer, unclaimed_token]");
    }
  }
}
