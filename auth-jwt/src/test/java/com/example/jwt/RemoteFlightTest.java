package com.example.jwt;

import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RemoteFlightTest {
  private final RemoteKeys remote = new RemoteKeys();
  private final String token = Pairs.token(remote.first);

  @AfterEach
  void stop() {
    remote.close();
  }

  @Test
  @DisplayName("JW-5 while an attempt is under way there is no second, however long it takes")
  void oneAtATime() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    remote.server.holdBack(slow);
    List<FutureTask<JwtResult>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<JwtResult> one = new FutureTask<>(() -> remote.verifier.verify(token));
      Thread thread = new Thread(one);
      thread.start();
      until(() -> remote.server.hits() == 1 && thread.getState() == Thread.State.TIMED_WAITING);
      waiting.add(one);
      remote.clock.advance(Duration.ofSeconds(31));
    }
    assertThat(remote.server.hits()).isEqualTo(1);
    slow.countDown();
    for (FutureTask<JwtResult> one : waiting) {
      assertThat(one.get()).isInstanceOf(VerifiedJwt.class);
    }
    assertThat(remote.server.hits()).isEqualTo(1);
  }

  @Test
  @DisplayName("JW-5 threads that come first at the same moment make one attempt, in 50 rounds")
  void race() {
    HttpClient client = HttpClient.newHttpClient();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    for (int round = 1; round <= 50; round++) {
      RemoteKeySet keys = remote.builder().client(client).build();
      JwtVerifier verifier = Forge.builder(remote.clock, keys).build();
      Race.of(
          pool,
          List.of(
              () -> verifier.verify(token),
              () -> verifier.verify(token),
              () -> verifier.verify(token),
              () -> verifier.verify(token)));
      assertThat(remote.server.hits()).isEqualTo(round);
    }
    pool.shutdownNow();
  }
}
