package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GuessingTest {
  private static final int THREADS = 50;
  private static final int GUESSES = 3;

  @Test
  @Timeout(120)
  @DisplayName(
      "PW-4 50 threads that guess passwords get 401, 429 or 503, and the public route answers")
  void guessing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (RunningDemo demo = RunningDemo.start()) {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch guessing = new CountDownLatch(THREADS);
      List<Future<Integer>> guesses = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String authorization = basic("admin", "a-wrong-guess-" + i);
        guesses.add(
            threads.submit(
                () -> {
                  go.await();
                  int refused = 0;
                  for (int j = 0; j < GUESSES; j++) {
                    guessing.countDown();
                    HttpResponse<String> response =
                        demo.get("/api/hello", "Authorization", authorization);
                    switch (response.statusCode()) {
                      case 503 -> assertProblem(response, 503, "temporarily_unavailable");
                      case 429 -> assertProblem(response, 429, "throttled");
                      default -> {
                        assertProblem(response, 401, "invalid_credentials");
                        refused++;
                      }
                    }
                    if (response.statusCode() != 401) {
                      assertThat(response.headers().firstValue("Retry-After").orElse(""))
                          .matches("[1-9][0-9]*");
                    }
                  }
                  return refused;
                }));
      }
      go.countDown();
      assertThat(guessing.await(60, TimeUnit.SECONDS)).isTrue();
      int answered = 0;
      do {
        assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
        answered++;
      } while (answered < THREADS || !guesses.stream().allMatch(Future::isDone));

      int refused = 0;
      for (Future<Integer> guess : guesses) {
        refused += guess.get();
      }
      assertThat(refused).as("guesses that were hashed").isPositive();
    } finally {
      threads.shutdownNow();
    }
  }
}
