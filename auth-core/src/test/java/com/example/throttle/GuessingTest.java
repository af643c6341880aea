package com.example.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Refusal;
import dev.sallyport.account.Accounts;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guesses of passwords, from end to end. */
class GuessingTest {
  private static final Password RIGHT = Password.of("correct horse battery");
  private static final Client ATTACKER = new Client(ThrottleTest.address("203.0.113.9"), "");

  private final SettableClock clock = SettableClock.create();
  private final CheapHasher hasher = CheapHasher.create();
  private final AccountStore users = CredentialStore.inMemory();
  private final Passwords passwords =
      Passwords.builder(AuthEnvironment.standard().withClock(clock), users)
          .hasher(hasher)
          .maxConcurrentHashes(64)
          .maxWait(Duration.ofSeconds(60))
          .build();
  private final Accounts accounts = Accounts.builder(users, passwords).build();

  @BeforeEach
  void register() {
    users.insert(
        User.builder("1", "alice").passwordHash(hasher.hash(RIGHT, new SecureRandom())).build());
    users.insert(
        User.builder("2", "bob").passwordHash(hasher.hash(RIGHT, new SecureRandom())).build());
  }

  private Refusal guess(String name, String password) {
    PasswordResult verdict = accounts.verify(name, Password.of(password), ATTACKER);
    return ((PasswordResult.Refused) verdict).reason().refusal();
  }

  private boolean logsIn(String name) {
    return accounts.verify(name, RIGHT, ATTACKER) instanceof PasswordResult.Verified;
  }

  @RepeatedTest(10)
  @DisplayName(
      "TH-1, row 42, CVE-2024-4629: 120 guesses at once on one account compute five hashes")
  void parallel() {
    int before = hasher.computed();
    List<Refusal> answers = Race.of(120, i -> guess("alice", "guess number " + i));
    assertThat(hasher.computed() - before).isLessThanOrEqualTo(5);
    assertThat(answers.stream().filter(Refusal.INVALID_CREDENTIALS::equals))
        .hasSizeLessThanOrEqualTo(5);
    assertThat(answers)
        .allMatch(one -> one == Refusal.INVALID_CREDENTIALS || one == Refusal.THROTTLED);
  }

  @Test
  @DisplayName("TH-1: 120 guesses in six waves within a minute compute at most 12 hashes")
  void parallelOverTime() {
    int before = hasher.computed();
    for (int wave = 0; wave < 6; wave++) {
      int number = wave;
      Race.of(20, i -> guess("alice", "guess number " + number + " " + i));
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(hasher.computed() - before).isBetween(5, 12);
  }

  @Test
  @DisplayName("TH-2: another user still logs in from the address that guesses")
  void neighbour() {
    for (int i = 0; i < 50; i++) {
      guess("alice", "guess number " + i);
    }
    assertThat(logsIn("bob")).isTrue();
    assertThat(logsIn("alice")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody"})
  @DisplayName("TH-4, row 44: a name that doesn't exist is throttled like one that does")
  void unknownNames(String name) {
    List<Refusal> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(guess(name, "guess number " + i));
    }
    assertThat(answers.subList(0, 5)).containsOnly(Refusal.INVALID_CREDENTIALS);
    assertThat(answers.subList(5, 8)).containsOnly(Refusal.THROTTLED);
    clock.advance(Duration.ofMillis(999));
    assertThat(guess(name, "one more guess")).isEqualTo(Refusal.THROTTLED);
    clock.advance(Duration.ofMillis(1));
    assertThat(guess(name, "one more guess")).isEqualTo(Refusal.INVALID_CREDENTIALS);
  }

  @Test
  @DisplayName("TH-1, row 41: the right password is refused too, until the wait has passed")
  void rightWaits() {
    for (int i = 0; i < 5; i++) {
      guess("alice", "guess number " + i);
    }
    assertThat(logsIn("alice")).isFalse();
    clock.advance(Duration.ofMillis(999));
    assertThat(logsIn("alice")).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(logsIn("alice")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALICE", "\uFF41lice", "Alice"})
  @DisplayName("TH-4, row 45: another spelling of a name is no fresh count")
  void spellings(String spelling) {
    for (int i = 0; i < 5; i++) {
      guess(i % 2 == 0 ? spelling : "alice", "guess number " + i);
    }
    assertThat(guess(spelling, "one more guess")).isEqualTo(Refusal.THROTTLED);
    assertThat(guess("alice", "one more guess")).isEqualTo(Refusal.THROTTLED);
  }

  @Test
  @DisplayName("TH-4, row 45: a name with a space behind it is another name, with another count")
  void trailingSpace() {
    for (int i = 0; i < 5; i++) {
      guess("alice ", "guess number " + i);
    }
    assertThat(guess("alice ", "one more guess")).isEqualTo(Refusal.THROTTLED);
    assertThat(logsIn("alice")).isTrue();
  }

  @Test
  @DisplayName("TH-1, row 45: who logs in resets no count but their own")
  void ownCountOnly() {
    for (int i = 0; i < 4; i++) {
      guess("alice", "guess number " + i);
      guess("bob", "guess number " + i);
    }
    assertThat(logsIn("bob")).isTrue();
    guess("alice", "guess number 5");
    assertThat(guess("alice", "one more guess")).isEqualTo(Refusal.THROTTLED);
    assertThat(logsIn("bob")).isTrue();
  }
}
