package com.example.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Plan;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.PasswordResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How requests on lanes end that are not simply answered: cancelled, failed, or closed. */
class LanesEndTest extends LanesFixture {
  @Test
  @DisplayName("AD-9 who is cancelled in the queue leaves it, and never begins")
  void cancelledInQueue() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    List<CompletionStage<String>> all = fillStoreLane(begun);
    CompletableFuture<String> queued =
        all.stream()
            .map(CompletionStage::toCompletableFuture)
            .reduce((one, next) -> next)
            .orElseThrow();
    assertThat(queued.cancel(false)).isTrue();
    CompletionStage<String> next = run(Plan.store(() -> Plan.done("in its place")));
    go.countDown();
    assertThat(get(next)).isEqualTo("in its place");
    assertThat(begun).hasValue(2);
  }

  @Test
  @DisplayName("AD-9 who is cancelled in a store is not interrupted there, and goes no further")
  void cancelledInStore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CompletableFuture<String> stage =
        run(Plan.<String>store(
                () -> {
                  begun.countDown();
                  waitForGo();
                  interrupted.complete(Thread.currentThread().isInterrupted());
                  return Plan.hash(
                      () -> {
                        throw new AssertionError("it goes on");
                      });
                }))
            .toCompletableFuture();
    begun.await();
    stage.cancel(true);
    go.countDown();
    assertThat(get(interrupted)).isFalse();
    assertThat(hasher.computed()).isZero();
    assertThat(stage).isCancelled();
  }

  @Test
  @DisplayName("AD-9, PW-4 who is cancelled while waiting for a turn gives the place back at once")
  void cancelledInWait() throws Exception {
    hasher.whileComputing(this::waitForGo);
    List<CompletableFuture<PasswordResult>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(run(check(i, "wrong")).toCompletableFuture());
      awaitLanes("store=0/2, hash=" + (i + 1));
    }
    all.forEach(one -> one.cancel(false)); // the last may not have come to its wait
    awaitLanes("hash=1/");
    go.countDown();
    assertThat(get(run(check(99, "another")))).isInstanceOf(PasswordResult.Refused.class);
    assertThat(hasher.computed()).isEqualTo(2);
  }

  @Test
  @DisplayName("AD-9 what a part throws comes out as it is; an outage is the guard's 503")
  void failures() throws Exception {
    for (Throwable thrown :
        List.of(new IllegalStateException("a defect"), new AssertionError("a defect"))) {
      CompletionStage<Decision> stage =
          ask(
              guard(
                  () ->
                      Plan.store(
                          () -> {
                            if (thrown instanceof Error error) {
                              throw error;
                            }
                            throw (RuntimeException) thrown;
                          })));
      assertThatThrownBy(() -> get(stage))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isSameAs(thrown);
    }
    for (Throwable thrown :
        List.of(new IllegalStateException("early"), new AssertionError("early"))) {
      CompletionStage<Decision> unplanned =
          ask(
              guard(
                  () -> {
                    LanesEndTest.<Error>raise(thrown);
                    return nobody();
                  }));
      assertThat(unplanned.toCompletableFuture()).isCompletedExceptionally();
    }
    Guard outage =
        guard(
            () ->
                Plan.store(
                    () -> {
                      throw new StoreUnavailableException("away", null);
                    }));
    assertThat(get(ask(outage)))
        .isInstanceOfSatisfying(
            Decision.Refuse.class, refuse -> assertThat(refuse.response().status()).isEqualTo(503));
    assertThatThrownBy(
            () -> {
              lanes.close();
              get(run(Plan.store(() -> Plan.done("late"))));
            })
        .hasRootCauseMessage("a lane is full");
  }

  @Test
  @DisplayName("AD-9 even what can't be thrown by rights comes out, so that nobody waits for ever")
  void sneakyFailures() throws Exception {
    for (Plan.Work work : Plan.Work.values()) {
      Exception thrown = new Exception("of a store in another language");
      CompletionStage<String> stage =
          run(
              new Plan.Later<>(
                  work,
                  () -> {
                    LanesEndTest.<RuntimeException>raise(thrown);
                    return Plan.done("never");
                  }));
      assertThatThrownBy(() -> get(stage)).cause().isSameAs(thrown);
    }
    AtomicInteger begun = new AtomicInteger();
    List<CompletionStage<String>> all = fillStoreLane(begun);
    go.countDown();
    for (CompletionStage<String> one : all) {
      assertThat(get(one)).isEqualTo("done");
    }
  }

  @SuppressWarnings("unchecked") // that is the trick
  private static <E extends Throwable> void raise(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  @DisplayName(
      "AD-9 closed while requests wait: each is answered, those in a queue by their result")
  void closedMeanwhile() throws Exception {
    lanes.close();
    lanes = Lanes.builder(auth).storeThreads(2).storeQueue(2).build();
    List<CompletionStage<String>> all = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(2);
    for (int i = 0; i < 3; i++) {
      Supplier<Plan<String>> part =
          () -> {
            begun.countDown();
            waitForGo();
            return Plan.hash(() -> "hashed");
          };
      all.add(lanes.run(Plan.store(part), () -> "no lane any more"));
    }
    begun.await();
    CompletionStage<String> queued = run(Plan.store(() -> Plan.done("from the queue")));
    lanes.close();
    go.countDown();
    for (CompletionStage<String> one : all) {
      assertThat(get(one)).isEqualTo("no lane any more");
    }
    assertThat(get(queued)).isEqualTo("from the queue");
    assertThat(get(lanes.run(Plan.store(() -> Plan.done("late")), () -> "closed")))
        .isEqualTo("closed");
  }
}
