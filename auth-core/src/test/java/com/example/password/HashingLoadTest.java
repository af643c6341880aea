package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.login;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.HashingLoad;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What meters are told of hashing. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HashingLoadTest {
  private static final String PASSWORD = "wonderland";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final ScriptedHasher hasher = new ScriptedHasher();

  @BeforeEach
  void users() {
    fixture.store.put(User.builder("id", "alice").passwordHash(":" + PASSWORD));
  }

  private Passwords oneAtATime(Duration maxWait) {
    return fixture.builder(hasher).maxConcurrentHashes(1).maxWait(maxWait).build();
  }

  @Test
  @DisplayName("PW-4 turns that are taken and checks that wait are counted, and those that waited")
  void counts() {
    Passwords passwords = oneAtATime(Duration.ofMinutes(1));
    AtomicBoolean right = new AtomicBoolean();
    Thread login = new Thread(() -> right.set(isRight(login(passwords, "alice", PASSWORD))));
    assertThat(passwords.hashingLoad()).isEqualTo(new HashingLoad(1, 0, 0, 0, Duration.ZERO));
    Turns.whileTaken(
        passwords,
        hasher,
        () -> {
          assertThat(passwords.hashingLoad()).isEqualTo(new HashingLoad(1, 1, 0, 0, Duration.ZERO));
          login.start();
          Turns.awaitWaiting(login);
          assertThat(passwords.hashingLoad()).isEqualTo(new HashingLoad(1, 1, 1, 0, Duration.ZERO));
        });
    Turns.join(login);
    HashingLoad after = passwords.hashingLoad();
    assertThat(right).isTrue();
    assertThat(after.taken()).isZero();
    assertThat(after.waiting()).isZero();
    assertThat(after.waited()).isEqualTo(1);
    assertThat(after.waitedFor()).isPositive();
  }

  @Test
  @DisplayName("PW-4 a wait that ends without a turn counts in full; one that never began doesn't")
  void inVain() {
    Duration wait = Duration.ofMillis(1);
    Passwords passwords = oneAtATime(wait);
    Passwords impatient = oneAtATime(Duration.ZERO);
    Turns.whileTaken(
        passwords,
        hasher,
        () -> assertThat(isRight(login(passwords, "alice", PASSWORD))).isFalse());
    Turns.whileTaken(
        impatient,
        hasher,
        () -> assertThat(isRight(login(impatient, "alice", PASSWORD))).isFalse());
    assertThat(passwords.hashingLoad()).isEqualTo(new HashingLoad(1, 0, 0, 1, wait));
    assertThat(impatient.hashingLoad()).isEqualTo(new HashingLoad(1, 0, 0, 0, Duration.ZERO));
  }
}
