package com.example.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.ScriptedHasher;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Client;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes for what blocks. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LanesTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  private final RecordingListener heard = new RecordingListener();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final Sallyport auth =
      Sallyport.of(
              AuthEnvironment.standard().withListener(heard),
              CredentialStore.inMemory(),
              TokenStore.inMemory())
          .withPasswords(
              options ->
                  options.hasher(hasher).maxConcurrentHashes(1).maxWait(Duration.ofMinutes(1)));
  private Lanes lanes = Lanes.builder(auth).storeThreads(2).storeQueue(1).build();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    lanes.close();
  }

  private void waitForGo() {
    try {
      if (!go.await(40, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private <T> CompletionStage<T> run(Plan<T> plan) {
    return lanes.run(
        plan,
        () -> {
          throw new AssertionError("a lane is full");
        });
  }

  private Plan<PasswordResult> check(int network, String password) throws Exception {
    Client client = new Client(InetAddress.getByName("10.0." + network + ".1"), "");
    return auth.passwords().planRepeated("nobody" + network, Password.of(password), client);
  }

  /** Says what a member of a chain needs. */
  private Guard guard(Supplier<Plan<AuthResult>> plan) {
    return auth.guard(
        new Authenticator() {
          @Override
          public AuthResult authenticate(AuthRequest request) {
            return plan(request).complete();
          }

          @Override
          public Plan<AuthResult> plan(AuthRequest request) {
            return plan.get();
          }
        });
  }

  private CompletionStage<Decision> ask(Guard guard) {
    return lanes.check(guard, REQUEST, Permission.anyone());
  }

  /** Waits for what the lanes say of themselves, not for ever. */
  private void awaitLanes(String said) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!lanes.toString().contains(said)) {
      assertThat(System.nanoTime()).as(lanes.toString()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Plan<AuthResult> nobody() {
    return Plan.done(NotAttempted.NO_CREDENTIALS);
  }

  /** Occupies the lane of stores; returns how many parts have begun. */
  private List<CompletionStage<String>> fillStoreLane(AtomicInteger begun) {
    List<CompletionStage<String>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(
          run(
              Plan.store(
                  () -> {
                    begun.incrementAndGet();
                    waitForGo();
                    return Plan.done("done");
                  })));
      while (begun.get() < Math.min(i + 1, 2)) { // the third is queued
        Thread.onSpinWait();
      }
    }
    return all;
  }

  @Test
  @DisplayName("AD-9 what needs nothing is done at once, in the caller's thread")
  void atOnce() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CompletionStage<Decision> stage =
        lanes.check(
            guard(LanesTest::nobody),
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
    Decision decision = get(ask(guard(() -> Plan.store(LanesTest::nobody))));
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
    assertThat(get(ask(guard(() -> Plan.store(LanesTest::nobody)))))
        .isInstanceOf(Decision.Proceed.class);
  }

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
                    LanesTest.<Error>raise(thrown);
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
                    LanesTest.<RuntimeException>raise(thrown);
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
