package com.example.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Plan;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.PasswordResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lanes for what blocks. */
class LanesTest extends LanesFixture {
  @Test
  @DisplayName("AD-9 what needs nothing is done at once, in the caller's thread")
  void atOnce() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CompletionStage<Decision> stage =
        lanes.check(
            guard(LanesFixture::nobody),
            REQUEST,
            access -> {
              thread.set(Thread.currentThread());
              return Permission.anyone().check(access);
            });
    assertThat(stage.toCompletableFuture())
        .isCompletedWithValueMatching(Decision.Proceed.class::isInstance);
    assertThat(thread).hasValue(Thread.currentThread());
    assertThat(lanes).hasToString("Lanes[store=0/2, hash=0/1101, queued=0]");
  }

  @Test
  @DisplayName(
      "AD-9 forty passwords that wait for their turn keep no request with a session waiting")
  void passwordsAndSessions() throws Exception {
    lanes.close();
    lanes = Lanes.of(auth);
    hasher.whileComputing(this::waitForGo);
    List<CompletionStage<PasswordResult>> wrong = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      wrong.add(run(check(i, "wrong " + i)));
      awaitLanes("store=0");
    }
    for (int i = 0; i < 100; i++) {
      assertThat(get(run(Plan.store(() -> Plan.done("session"))))).isEqualTo("session");
    }
    go.countDown();
    for (CompletionStage<PasswordResult> one : wrong) {
      assertThat(get(one)).isInstanceOf(PasswordResult.Refused.class);
    }
  }

  @Test
  @DisplayName("AD-9 parts are done in order, each in its lane, by threads that keep no host alive")
  void inOrder() throws Exception {
    List<String> done = new ArrayList<>();
    Runnable note =
        () -> {
          assertThat(Thread.currentThread().isDaemon()).isTrue();
          done.add(Thread.currentThread().getName().replaceAll("-[0-9]+$", ""));
        };
    Plan<String> plan =
        Plan.store(
            () -> {
              note.run();
              return Plan.<String>hash(
                      () -> {
                        note.run();
                        return "hashed";
                      })
                  .then(
                      hashed ->
                          Plan.store(
                              () -> {
                                note.run();
                                return Plan.store(() -> Plan.done(hashed));
                              }));
            });
    assertThat(get(run(plan))).isEqualTo("hashed");
    assertThat(done).containsExactly("sallyport-store", "sallyport-hash", "sallyport-store");
  }

  @Test
  @DisplayName("AD-9, GU-2 where the lane is full, the answer is 503 with Retry-After and an event")
  void full() throws Exception {
    List<CompletionStage<String>> all = fillStoreLane(new AtomicInteger());
    Decision decision = get(ask(guard(() -> Plan.store(LanesFixture::nobody))));
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.response().status()).isEqualTo(503);
              assertThat(refuse.response().header("Retry-After")).contains("1");
            });
    assertThat(heard.events())
        .anySatisfy(
            event ->
                assertThat(event)
                    .isInstanceOf(AuthEvent.class)
                    .extracting(Object::toString)
                    .asString()
                    .contains("lane_full"));
    go.countDown();
    for (CompletionStage<String> one : all) {
      assertThat(get(one)).isEqualTo("done");
    }
    assertThat(get(ask(guard(() -> Plan.store(LanesFixture::nobody)))))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  @DisplayName("AD-9, GU-2 an endpoint that finds the lane full says the same, with the event")
  void fullForEndpoints() throws Exception {
    List<CompletionStage<String>> all = fillStoreLane(new AtomicInteger());
    Guard guard = guard(() -> Plan.store(LanesFixture::nobody));
    Plan<AuthResponse> login =
        Plan.store(
            () -> {
              throw new AssertionError("begun");
            });
    AuthResponse answer = get(lanes.answer(guard, REQUEST, login));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .singleElement()
        .satisfies(event -> assertThat(event.toString()).contains("lane_full"));
    go.countDown();
    for (CompletionStage<String> one : all) {
      assertThat(get(one)).isEqualTo("done");
    }
  }

  @Test
  @DisplayName("AD-9 the bounds of the lane of stores are checked")
  void bounds() {
    Lanes.Builder options = Lanes.builder(auth);
    for (int threads : new int[] {0, 1025}) {
      assertThatThrownBy(() -> options.storeThreads(threads))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("storeThreads must be 1 to 1024, not " + threads);
    }
    for (int places : new int[] {-1, 100_001}) {
      assertThatThrownBy(() -> options.storeQueue(places))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("storeQueue must be 0 to 100000, not " + places);
    }
    options.storeThreads(1).storeThreads(1024).storeQueue(0).storeQueue(100_000).build().close();
  }
}
