package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.login;
import static com.example.password.PasswordsFixture.reason;
import static com.example.password.PasswordsFixture.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashing runs at most so many at a time. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PasswordsTurnsTest {
  private static final String PASSWORD = "wonderland";
  private static final int USERS = 60;

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final ScriptedHasher hasher = new ScriptedHasher();

  @BeforeEach
  void users() {
    for (int i = 0; i < USERS; i++) {
      fixture.store.put(User.builder("id" + i, "user" + i).passwordHash(":" + PASSWORD));
    }
  }

  private Passwords oneAtATime(Duration maxWait) {
    return fixture.builder(hasher).maxConcurrentHashes(1).maxWait(maxWait).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  @DisplayName(
      "PW-4, row 39: of many at once, right or wrong or unknown, never more than configured hash")
  void bounded(int atATime) {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(atATime);
    hasher.whileComputing(
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          Turns.await(full); // the first ones stay until all turns are taken
          running.decrementAndGet();
        });
    Passwords passwords =
        fixture.builder(hasher).maxConcurrentHashes(atATime).maxWait(Duration.ofMinutes(1)).build();
    List<PasswordResult> verdicts =
        Race.of(
            15,
            i ->
                switch (i % 3) {
                  case 0 -> login(passwords, "user" + i, PASSWORD);
                  case 1 -> login(passwords, "user" + i, "wrong");
                  default -> login(passwords, "nobody" + i, PASSWORD);
                });
    assertThat(most).hasValue(atATime);
    assertThat(verdicts.stream().filter(PasswordsFixture::isRight)).hasSize(5);
    assertThat(hasher.computed()).isEqualTo(15);
  }

  @Test
  @DisplayName(
      "PW-4, GU-2, row 39: who gets no turn in time is told to come back, whoever they are")
  void busy() {
    Passwords passwords = oneAtATime(Duration.ZERO);
    fixture.store.put(User.builder("gone", "gone").passwordHash(":x").active(false));
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          int before = hasher.computed();
          for (String name : "user1 nobody gone a:b user1 user1 user1 user1 user1".split(" ", -1)) {
            PasswordResult.Refused verdict =
                (PasswordResult.Refused) login(passwords, name, PASSWORD);
            assertThat(verdict.reason()).isEqualTo(PasswordResult.NO_TURN);
            assertThat(verdict.reason().refusal()).isEqualTo(Refusal.BUSY);
            assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(1));
          }
          assertThat(passwords.hash(Password.of(PASSWORD))).isEmpty();
          assertThat(hasher.computed()).isEqualTo(before);
        });
    assertThat(isRight(login(passwords, "user1", PASSWORD))).isTrue();
    assertThat(passwords.hash(Password.of(PASSWORD))).contains(":" + PASSWORD);
  }

  @Test
  @DisplayName("PW-4, BA-6: a password that is remembered needs no turn")
  void rememberedNeedsNone() {
    Passwords passwords = oneAtATime(Duration.ZERO);
    assertThat(isRight(repeated(passwords, "user1", PASSWORD))).isTrue();
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          assertThat(isRight(repeated(passwords, "user1", PASSWORD))).isTrue();
          assertThat(reason(login(passwords, "user1", PASSWORD))).isEqualTo(PasswordResult.NO_TURN);
        });
  }

  @Test
  @DisplayName("PW-4, row 39: sixteen wait for each turn; the seventeenth is told at once")
  void queue() {
    Passwords passwords = oneAtATime(Duration.ofMinutes(1));
    List<Thread> waiting = new ArrayList<>();
    AtomicInteger right = new AtomicInteger();
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          for (int i = 0; i < 16; i++) {
            String name = "user" + i;
            Thread thread =
                new Thread(
                    () -> {
                      if (isRight(login(passwords, name, PASSWORD))) {
                        right.incrementAndGet();
                      }
                    });
            waiting.add(thread);
            thread.start();
            Turns.awaitWaiting(thread);
          }
          assertThat(reason(login(passwords, "user16", PASSWORD)))
              .isEqualTo(PasswordResult.NO_TURN);
        });
    for (Thread thread : waiting) {
      Turns.join(thread);
    }
    assertThat(right).hasValue(16);
    assertThat(isRight(login(passwords, "user16", PASSWORD))).isTrue();
  }

  @Test
  @DisplayName("PW-4: a turn that ends in an exception is given back, and the exception surfaces")
  void exception() {
    Passwords passwords = oneAtATime(Duration.ZERO);
    hasher.whileComputing(
        () -> {
          throw new IllegalStateException("a defect of the hasher");
        });
    for (int i = 0; i < 3; i++) {
      String name = "user" + i;
      assertThatThrownBy(() -> login(passwords, name, PASSWORD))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a defect of the hasher");
      assertThatThrownBy(() -> login(passwords, "nobody", PASSWORD))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> passwords.hash(Password.of(PASSWORD)))
          .isInstanceOf(IllegalStateException.class);
    }
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> login(passwords, "user1", PASSWORD))
          .as("no verdict, so nothing is counted")
          .isInstanceOf(IllegalStateException.class);
    }
    hasher.whileComputing(() -> {});
    assertThat(isRight(login(passwords, "user1", PASSWORD))).isTrue();
    assertThat(passwords.hash(Password.of(PASSWORD))).isPresent();
  }

  @Test
  @DisplayName(
      "CH-6, TH-1: what the hasher throws stays the cause where the throttle is away as well")
  void exceptionAndOutage() {
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
    Passwords passwords = fixture.builder(hasher).throttle(throttle).build();
    hasher.whileComputing(
        () -> {
          away.set(true);
          throw new IllegalStateException("a defect of the hasher");
        });
    assertThatThrownBy(() -> login(passwords, "user1", PASSWORD))
        .isInstanceOf(IllegalStateException.class)
        .hasSuppressedException(new StoreUnavailableException("the store is away"));
  }

  @Test
  @DisplayName(
      "PW-4: who is interrupted while waiting gets no turn, takes none along, and stays interrupted")
  void interrupted() {
    Passwords passwords = oneAtATime(Duration.ofMinutes(1));
    AtomicReference<PasswordResult> verdict = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          Thread thread =
              new Thread(
                  () -> {
                    verdict.set(login(passwords, "user1", PASSWORD));
                    flag.set(Thread.currentThread().isInterrupted());
                  });
          thread.start();
          Turns.awaitWaiting(thread);
          thread.interrupt();
          Turns.join(thread);
        });
    assertThat(reason(verdict.get())).isEqualTo(PasswordResult.NO_TURN);
    assertThat(flag).hasValue(true);
    assertThat(isRight(login(passwords, "user1", PASSWORD))).isTrue();
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          Thread thread = new Thread(() -> verdict.set(login(passwords, "user2", PASSWORD)));
          thread.start();
          Turns.awaitWaiting(thread); // there is still one turn, not two
        });
  }

  @Test
  @DisplayName("AD-9, PW-4 who is told to give up gets no turn, and is not interrupted")
  void givenUp() {
    Passwords passwords = oneAtATime(Duration.ofMinutes(1));
    AtomicReference<PasswordResult> verdict = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    passwords.giveUp(Thread.currentThread()); // who doesn't wait is left alone
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          Thread thread =
              new Thread(
                  () -> {
                    verdict.set(login(passwords, "user1", PASSWORD));
                    flag.set(Thread.currentThread().isInterrupted());
                  });
          thread.start();
          Turns.awaitWaiting(thread);
          passwords.giveUp(thread);
          Turns.join(thread);
        });
    assertThat(reason(verdict.get())).isEqualTo(PasswordResult.GIVEN_UP);
    assertThat(flag).hasValue(false);
    assertThat(isRight(login(passwords, "user1", PASSWORD))).isTrue();
  }

  @Test
  @DisplayName("PW-4: how many at a time, and how long to wait, is checked")
  void ranges() {
    Passwords.Builder builder = fixture.builder(hasher);
    for (int turns : new int[] {-1, 0, 1025}) {
      assertThatThrownBy(() -> builder.maxConcurrentHashes(turns))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxConcurrentHashes must be 1 to 1024, not " + turns);
    }
    for (Duration wait : new Duration[] {Duration.ofNanos(-1), Duration.ofSeconds(60, 1)}) {
      assertThatThrownBy(() -> builder.maxWait(wait))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxWait must be 0 s to 60 s, not " + wait);
    }
    Passwords passwords =
        builder
            .maxConcurrentHashes(1024)
            .maxConcurrentHashes(1)
            .maxWait(Duration.ofMinutes(1))
            .build();
    assertThat(isRight(login(passwords, "user1", PASSWORD))).isTrue();
    assertThat(passwords.hasher()).isSameAs(hasher);
  }
}
