package com.example.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.password.ScriptedHasher;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Client;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Lanes of two threads and one place for stores, and of one turn to hash. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class LanesFixture {
  static final AuthRequest REQUEST = TestRequest.get("/").build();

  final RecordingListener heard = new RecordingListener();
  final ScriptedHasher hasher = new ScriptedHasher();
  final Sallyport auth =
      Sallyport.of(
              AuthEnvironment.standard().withListener(heard),
              CredentialStore.inMemory(),
              TokenStore.inMemory())
          .withPasswords(
              options ->
                  options.hasher(hasher).maxConcurrentHashes(1).maxWait(Duration.ofMinutes(1)));
  Lanes lanes = Lanes.builder(auth).storeThreads(2).storeQueue(1).build();
  final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    lanes.close();
  }

  void waitForGo() {
    try {
      if (!go.await(40, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  <T> CompletionStage<T> run(Plan<T> plan) {
    return lanes.run(
        plan,
        () -> {
          throw new AssertionError("a lane is full");
        });
  }

  Plan<PasswordResult> check(int network, String password) throws Exception {
    Client client = new Client(InetAddress.getByName("10.0." + network + ".1"), "");
    return auth.passwords().planRepeated("nobody" + network, Password.of(password), client);
  }

  /** Says what a member of a chain needs. */
  Guard guard(Supplier<Plan<AuthResult>> plan) {
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

  CompletionStage<Decision> ask(Guard guard) {
    return lanes.check(guard, REQUEST, Permission.anyone());
  }

  /** Waits for what the lanes say of themselves, not for ever. */
  void awaitLanes(String said) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!lanes.toString().contains(said)) {
      assertThat(System.nanoTime()).as(lanes.toString()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  static Plan<AuthResult> nobody() {
    return Plan.done(NotAttempted.NO_CREDENTIALS);
  }

  /** Occupies the lane of stores; returns how many parts have begun. */
  List<CompletionStage<String>> fillStoreLane(AtomicInteger begun) {
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
}
