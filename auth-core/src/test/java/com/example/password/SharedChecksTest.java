package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.login;
import static com.example.password.PasswordsFixture.reason;
import static com.example.password.PasswordsFixture.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Equal credentials that are checked at the same time share one check. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharedChecksTest {
  private static final String PASSWORD = "wonderland";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final Passwords passwords = fixture.builder(hasher).maxConcurrentHashes(8).build();
  private CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void alice() {
    fixture.store.put(User.builder("1", "alice").passwordHash("salt:" + PASSWORD));
    hold();
  }

  /** Lets each hash wait until {@link #release()}. */
  private void hold() {
    CountDownLatch mine = new CountDownLatch(1);
    go = mine;
    hasher.whileComputing(() -> Turns.await(mine));
  }

  private void release() {
    hasher.whileComputing(() -> {});
    go.countDown();
  }

  private record Running(Thread thread, FutureTask<PasswordResult> task) {
    PasswordResult verdict() throws Exception {
      return task.get(30, TimeUnit.SECONDS);
    }
  }

  /** Starts a check, and returns when it waits for something. */
  private static Running start(Supplier<PasswordResult> check) {
    FutureTask<PasswordResult> task = new FutureTask<>(check::get);
    Thread thread = new Thread(task);
    thread.start();
    Turns.awaitWaiting(thread);
    return new Running(thread, task);
  }

  private List<Running> start(int many, Supplier<PasswordResult> check) {
    List<Running> running = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      running.add(start(check));
    }
    return running;
  }

  @RepeatedTest(5)
  @DisplayName("BA-6, TH-1: sixteen with one right password, cold, are sixteen right by one hash")
  void sixteen() throws Exception {
    List<Running> all = start(16, () -> repeated(passwords, "alice", PASSWORD));
    release();
    for (Running one : all) {
      assertThat(isRight(one.verdict())).isTrue();
    }
    assertThat(hasher.computed()).isEqualTo(1);
    assertThat(isRight(repeated(passwords, "alice", PASSWORD))).isTrue();
    assertThat(hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("TH-1: logins share as well, and a request that shared a login's is remembered")
  void logins() throws Exception {
    List<Running> all = start(8, () -> login(passwords, "alice", PASSWORD));
    all.addAll(start(8, () -> repeated(passwords, "ALICE", PASSWORD)));
    release();
    for (Running one : all) {
      assertThat(isRight(one.verdict())).isTrue();
    }
    assertThat(isRight(repeated(passwords, "alice", PASSWORD))).isTrue();
    assertThat(hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("TH-1: equal wrong ones are one failure, of users and of nobody alike")
  void wrong() throws Exception {
    for (String name : List.of("alice", "nobody")) {
      int before = hasher.computed();
      hold();
      List<Running> all = start(20, () -> login(passwords, name, "wrong"));
      release();
      for (Running one : all) {
        assertThat(reason(one.verdict()))
            .isIn(PasswordResult.WRONG_PASSWORD, PasswordResult.UNKNOWN_USER);
      }
      assertThat(hasher.computed() - before).isEqualTo(1);
      for (int i = 0; i < 4; i++) {
        assertThat(reason(login(passwords, name, "wrong " + i)))
            .as("failure %s", i + 2)
            .isNotEqualTo(PasswordResult.THROTTLED);
      }
      assertThat(reason(login(passwords, name, "another"))).isEqualTo(PasswordResult.THROTTLED);
    }
  }

  @Test
  @DisplayName("TH-1: another password, network, epoch, hash or state is another check")
  void unequal() throws Exception {
    Client elsewhere = new Client(InetAddress.getByName("203.0.113.9"), "");
    List<Running> all = new ArrayList<>();
    all.add(start(() -> login(passwords, "alice", PASSWORD)));
    all.add(start(() -> login(passwords, "alice", "wrong")));
    all.add(start(() -> passwords.verify("alice", Password.of(PASSWORD), elsewhere)));
    fixture.store.put(fixture.store.get("1").toBuilder().epoch(1));
    all.add(start(() -> login(passwords, "alice", PASSWORD)));
    fixture.store.put(fixture.store.get("1").toBuilder().active(false));
    all.add(start(() -> login(passwords, "alice", PASSWORD)));
    release();
    assertThat(isRight(all.get(0).verdict())).isTrue();
    assertThat(reason(all.get(1).verdict())).isEqualTo(PasswordResult.WRONG_PASSWORD);
    assertThat(isRight(all.get(2).verdict())).isTrue();
    assertThat(isRight(all.get(3).verdict())).isTrue();
    assertThat(reason(all.get(4).verdict())).isEqualTo(PasswordResult.USER_DEACTIVATED);
    assertThat(hasher.computed()).isEqualTo(5);
  }

  @Test
  @DisplayName("TH-1: who shares a check has the roles that they have read themselves")
  void ownUser() throws Exception {
    Running first = start(() -> login(passwords, "alice", PASSWORD));
    fixture.store.put(fixture.store.get("1").toBuilder().roles(java.util.Set.of("admin")));
    Running second = start(() -> login(passwords, "alice", PASSWORD));
    release();
    assertThat(PasswordsFixture.user(first.verdict()).principal().roles()).isEmpty();
    assertThat(PasswordsFixture.user(second.verdict()).principal().roles())
        .containsExactly("admin");
    assertThat(hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("TH-1: where the first one dies, the next makes the check")
  void leaderDies() throws Exception {
    AtomicBoolean defect = new AtomicBoolean(true);
    CountDownLatch first = go;
    hasher.whileComputing(
        () -> {
          Turns.await(first);
          if (defect.getAndSet(false)) {
            throw new AssertionError("a defect of the hasher");
          }
        });
    List<Running> all = start(6, () -> repeated(passwords, "alice", PASSWORD));
    first.countDown();
    assertThatThrownBy(() -> all.get(0).verdict()).hasRootCauseMessage("a defect of the hasher");
    for (Running one : all.subList(1, 6)) {
      assertThat(isRight(one.verdict())).isTrue();
    }
    assertThat(hasher.computed()).isEqualTo(2);
  }

  @Test
  @DisplayName("TH-1, CH-6: an outage of the one that is shared is an outage of all")
  void outage() throws Exception {
    AtomicBoolean away = new AtomicBoolean();
    ThrottleStore counts = ThrottleStore.inMemory();
    ThrottleStore fragile =
        new ThrottleStore() {
          @Override
          public Optional<String> find(String key, Instant now) {
            if (away.get()) {
              WatchedStore.beAway();
            }
            return counts.find(key, now);
          }

          @Override
          public boolean replace(
              String key, Optional<String> expected, Optional<Entry> next, Instant now) {
            return counts.replace(key, expected, next, now);
          }
        };
    Throttle throttle =
        Throttle.builder(AuthEnvironment.standard().withClock(fixture.clock).withCounts(fragile))
            .build();
    Passwords unsteady = fixture.builder(hasher).throttle(throttle).build();
    List<Running> all = start(4, () -> login(unsteady, "alice", PASSWORD));
    away.set(true);
    release();
    for (Running one : all) {
      assertThatThrownBy(one::verdict).hasCauseInstanceOf(StoreUnavailableException.class);
    }
    assertThat(hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("TH-1: an interrupt ends the one that it meets, first or not, and nobody else")
  void interrupts() throws Exception {
    Passwords one =
        fixture.builder(hasher).maxConcurrentHashes(1).maxWait(Duration.ofMinutes(1)).build();
    Running holder = start(() -> login(one, "nobody", "anything"));
    List<Running> all = start(4, () -> repeated(one, "alice", PASSWORD));
    all.get(3).thread().interrupt();
    assertThat(reason(all.get(3).verdict())).isEqualTo(PasswordResult.NO_TURN);
    all.get(0).thread().interrupt();
    assertThat(reason(all.get(0).verdict())).isEqualTo(PasswordResult.NO_TURN);
    release();
    holder.verdict();
    assertThat(isRight(all.get(1).verdict())).isTrue();
    assertThat(isRight(all.get(2).verdict())).isTrue();
    assertThat(hasher.computed()).isEqualTo(2);
  }

  @Test
  @DisplayName("AD-9, TH-1 who is told to give up leaves alone, first or not")
  void givenUp() throws Exception {
    Passwords one =
        fixture.builder(hasher).maxConcurrentHashes(1).maxWait(Duration.ofMinutes(1)).build();
    Running holder = start(() -> login(one, "nobody", "anything"));
    List<Running> all = start(4, () -> repeated(one, "alice", PASSWORD));
    for (int i : new int[] {3, 0}) {
      one.giveUp(all.get(i).thread());
      assertThat(reason(all.get(i).verdict())).isEqualTo(PasswordResult.GIVEN_UP);
    }
    release();
    holder.verdict();
    assertThat(isRight(all.get(1).verdict())).isTrue();
    assertThat(isRight(all.get(2).verdict())).isTrue();
    assertThat(hasher.computed()).isEqualTo(2);
  }

  @Test
  @DisplayName("PW-4, TH-1 who waits for equal checks of one network takes no other's place")
  void ofOneNetwork() throws Exception {
    Client elsewhere = new Client(InetAddress.getByName("203.0.113.9"), "");
    List<Running> all = start(256, () -> login(passwords, "alice", PASSWORD));
    Running second = start(() -> login(passwords, "nobody", "anything"));
    assertThat(reason(login(passwords, "nobody", "anything"))).isEqualTo(PasswordResult.NO_TURN);
    all.addAll(start(2, () -> passwords.verify("alice", Password.of(PASSWORD), elsewhere)));
    release();
    second.verdict();
    for (Running one : all) {
      assertThat(isRight(one.verdict())).isTrue();
    }
  }

  @Test
  @DisplayName("TH-1: at most 256 share a check; the next is told to come back")
  void bounded() throws Exception {
    List<Running> all = start(256, () -> login(passwords, "alice", PASSWORD));
    assertThat(reason(login(passwords, "alice", PASSWORD))).isEqualTo(PasswordResult.NO_TURN);
    release();
    for (Running one : all) {
      assertThat(isRight(one.verdict())).isTrue();
    }
    assertThat(hasher.computed()).isEqualTo(1);
  }
}
