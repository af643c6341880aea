package com.example.jwt;

import static com.example.jwt.AskedServer.assertActive;
import static com.example.jwt.AskedServer.assertRefused;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.IntrospectionResult;
import dev.sallyport.jwt.token.TokenIntrospector;
import dev.sallyport.testkit.Race;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
class IntrospectorFlightTest {
  private final AskedServer asked = new AskedServer();

  @AfterEach
  void stop() {
    asked.close();
  }

  private static FutureTask<IntrospectionResult> start(TokenIntrospector by, String token) {
    FutureTask<IntrospectionResult> task = new FutureTask<>(() -> by.introspect(token));
    Thread thread = new Thread(task);
    thread.start();
    until(() -> thread.getState() == Thread.State.TIMED_WAITING || task.isDone());
    return task;
  }

  @Test
  @DisplayName("RFC 7662 section 4 who presents a token that is being asked about waits for that")
  void oneAtATime() throws Exception {
    TokenIntrospector introspector = asked.builder().build();
    asked.activate("t");
    CountDownLatch slow = new CountDownLatch(1);
    asked.server.holdBack(slow);
    List<FutureTask<IntrospectionResult>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(start(introspector, "t"));
    }
    slow.countDown();
    for (FutureTask<IntrospectionResult> one : waiting) {
      assertThat(one.get()).isInstanceOf(IntrospectedToken.class);
    }
    assertThat(asked.requests).hasSize(1);
  }

  @Test
  @DisplayName("RFC 7662 section 4 threads that come at the same moment ask once, in 50 rounds")
  void race() {
    HttpClient client = HttpClient.newHttpClient();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    TokenIntrospector introspector = asked.builder().client(client).build();
    for (int round = 1; round <= 50; round++) {
      String token = "t" + round;
      asked.activate(token);
      Callable<IntrospectionResult> ask = () -> introspector.introspect(token);
      assertThat(Race.of(pool, Collections.nCopies(4, ask)))
          .allMatch(IntrospectedToken.class::isInstance);
      assertThat(asked.requests).hasSize(round);
    }
    pool.shutdownNow();
  }

  @Test
  @DisplayName(
      "RFC 7662 section 4 where too many wait the rest is an outage at once, but not for"
          + " tokens that are remembered")
  void bounded() throws Exception {
    TokenIntrospector introspector = asked.builder().maxWaiting(2).build();
    asked.activate("known");
    assertActive(introspector, "known");
    CountDownLatch slow = new CountDownLatch(1);
    asked.server.holdBack(slow);
    FutureTask<IntrospectionResult> first = start(introspector, "a");
    FutureTask<IntrospectionResult> second = start(introspector, "b");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> introspector.introspect("c"))
        .withMessageContaining("2 threads")
        .withMessageContaining(asked.server.uri().toString());
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> introspector.introspect("a"));
    assertActive(introspector, "known");
    slow.countDown();
    assertThat(first.get()).isEqualTo(new IntrospectionResult.Refused("inactive"));
    assertThat(second.get()).isEqualTo(new IntrospectionResult.Refused("inactive"));
    assertRefused(introspector, "c", "inactive");
  }

  @Test
  @DisplayName("CH-6 a thread that is interrupted while it waits gives up and stays interrupted")
  void interrupted() throws Exception {
    TokenIntrospector introspector = asked.builder().maxWaiting(1).build();
    CountDownLatch slow = new CountDownLatch(1);
    asked.server.holdBack(slow);
    boolean[] flag = new boolean[1];
    Throwable[] thrown = new Throwable[1];
    Thread waiting =
        new Thread(
            () -> {
              try {
                introspector.introspect("t");
              } catch (StoreUnavailableException e) {
                thrown[0] = e;
                flag[0] = Thread.currentThread().isInterrupted();
              }
            });
    waiting.start();
    until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    waiting.interrupt();
    waiting.join();
    assertThat(thrown[0]).hasMessageContaining("nterrupted");
    assertThat(flag[0]).isTrue();
    slow.countDown();
    until(() -> asked.requests.size() == 1);
    assertRefused(introspector, "t", "inactive"); // its place is free again
  }
}
