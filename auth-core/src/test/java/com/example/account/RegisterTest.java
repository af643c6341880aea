package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.ScriptedHasher;
import com.example.password.Turns;
import com.example.password.WatchedStore;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing up. */
class RegisterTest {
  private static final Password PASSWORD = Password.of("correct horse battery staple");

  private final WatchedStore store = new WatchedStore();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final SettableClock clock = SettableClock.create();
  private final RecordingListener heard = new RecordingListener();
  private final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(heard);
  private final Passwords passwords =
      Passwords.builder(environment, store)
          .hasher(hasher)
          .maxConcurrentHashes(1)
          .maxWait(Duration.ofSeconds(60))
          .build();
  private final Accounts accounts = builder(passwords).build();

  private Accounts.Builder builder(Passwords passwords) {
    return Accounts.builder(store, passwords);
  }

  private static User registered(AccountResult result) {
    return ((AccountResult.Done) result).user();
  }

  @Test
  @DisplayName("AC-1: who signs up is active, has no roles, epoch 0, the name as typed and a hash")
  void registers() {
    User user = registered(accounts.register("Alice Smith", PASSWORD));
    User stored = store.get(user.id());
    for (User one : List.of(user, stored)) {
      assertThat(one.name()).isEqualTo("Alice Smith");
      assertThat(one.isActive()).isTrue();
      assertThat(one.principal().roles()).isEmpty();
      assertThat(one.epoch()).isZero();
      assertThat(one.passwordHash()).contains(":" + PASSWORD.reveal());
    }
    assertThat(store.findByName("ALICE smith").orElseThrow().id()).isEqualTo(user.id());
    assertThat(hasher.computed()).isEqualTo(1);
    assertThat(heard.events())
        .containsExactly(new AuthEvent.Registered(clock.instant(), user.id(), "Alice Smith"));
  }

  @Test
  @DisplayName("AC-1: by default the standard policy holds, and time and ids are the system's")
  void defaults() {
    Accounts plain = Accounts.of(store, passwords);
    assertThat(plain.register("alice", Password.of("short")))
        .isInstanceOf(AccountResult.Invalid.class);
    assertThat(registered(plain.register("alice", PASSWORD)).id()).hasSize(36);
  }

  @Test
  @DisplayName("AC-1: the host can give roles")
  void roles() {
    Set<String> roles = new HashSet<>(Set.of("admin"));
    User user = registered(accounts.register("root", PASSWORD, roles));
    roles.add("more");
    assertThat(store.get(user.id()).principal().roles()).containsExactly("admin");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00000000-0000-4000-8000-000000000000",
    "255, ffffffff-ffff-4fff-bfff-ffffffffffff",
    "102, 66666666-6666-4666-a666-666666666666"
  })
  @DisplayName("CH-11: ids are version 4 UUIDs from the injected source")
  void ids(int octet, String id) {
    SecureRandom random =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) octet);
          }
        };
    Accounts foreseen =
        builder(Passwords.builder(environment.withRandom(random), store).hasher(hasher).build())
            .build();
    assertThat(registered(foreseen.register("alice", PASSWORD)).id()).isEqualTo(id);
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
  }

  @Test
  @DisplayName("CH-11: each user has an id of their own")
  void freshIds() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(registered(accounts.register("user" + i, PASSWORD)).id());
    }
    assertThat(ids).hasSize(100).allMatch(id -> UUID.fromString(id).version() == 4);
  }

  @Test
  @DisplayName(
      "PW-5, AC-3: the faults of both fields are told together, and nothing is looked up or hashed")
  void invalid() {
    AccountResult result = accounts.register("a:\n", Password.of("short\0"));
    assertThat(((AccountResult.Invalid) result).faults())
        .extracting(fault -> fault.field() + " " + fault.code())
        .containsExactly(
            "username invalid_character",
            "username colon",
            "password too_short",
            "password invalid_character");
    assertThat(accounts.register("", PASSWORD)).isInstanceOf(AccountResult.Invalid.class);
    assertThat(accounts.register("alice", Password.of("x".repeat(73))))
        .isInstanceOf(AccountResult.Invalid.class);
    assertThat(accounts.register("alice", Password.of("secret12\uD83E")))
        .isInstanceOf(AccountResult.Invalid.class);
    assertThat(accounts.register("alicealice", Password.of("ALICEALICE")))
        .isInstanceOf(AccountResult.Invalid.class);
    assertThat(store.reads()).isZero();
    assertThat(hasher.computed()).isZero();
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("PW-5: the policy can be set")
  void policy() {
    Accounts strict = builder(passwords).policy(PasswordPolicy.nist()).build();
    assertThat(strict.register("alice", Password.of("xq7zkw1vxq7zkw")))
        .isEqualTo(
            new AccountResult.Invalid(
                List.of(
                    new Fault(
                        "password",
                        "too_short",
                        "The password must have at least 15 characters."))));
    registered(accounts.register("alice", Password.of("xq7zkw1vxq7zkw")));
  }

  @Test
  @DisplayName("AC-3: a name that is taken, in any spelling, is told, and costs no hash")
  void taken() {
    registered(accounts.register("Alice", PASSWORD));
    int before = hasher.computed();
    assertThat(accounts.register("aLICE", PASSWORD))
        .matches(Refusals.refusedFor(AccountResult.USERNAME_TAKEN));
    assertThat(hasher.computed()).isEqualTo(before);
    assertThat(heard.events()).hasSize(1);
  }

  @RepeatedTest(10)
  @DisplayName("AC-3: of 50 who register one name at once one wins, and the others are told")
  void race() {
    Passwords many =
        Passwords.builder(environment, store).hasher(hasher).maxConcurrentHashes(50).build();
    Accounts racing = builder(many).build();
    List<AccountResult> results =
        Race.of(50, i -> racing.register(i % 2 == 0 ? "alice" : "ALICE", PASSWORD));
    assertThat(results.stream().filter(Refusals.refusedFor(AccountResult.USERNAME_TAKEN)))
        .hasSize(49);
    assertThat(results.stream().filter(AccountResult.Done.class::isInstance)).hasSize(1);
    assertThat(heard.events(AuthEvent.Registered.class)).hasSize(1);
  }

  @Test
  @DisplayName("AC-3: a name that is taken between the look-up and the insert is told too")
  void takenMeanwhile() {
    store.beforeWrite(
        () -> {
          store.beforeWrite(() -> {});
          assertThat(store.insert(User.builder("1", "ALICE").build())).isEqualTo(Change.DONE);
        });
    assertThat(accounts.register("alice", PASSWORD))
        .matches(Refusals.refusedFor(AccountResult.USERNAME_TAKEN));
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("PW-4: without a turn for hashing it is to be tried again, and nobody is made")
  void busy() {
    Passwords impatient =
        Passwords.builder(AuthEnvironment.standard(), store)
            .hasher(hasher)
            .maxConcurrentHashes(1)
            .maxWait(Duration.ZERO)
            .build();
    Accounts crowded = builder(impatient).build();
    Turns.whileTaken(
        impatient,
        hasher,
        () ->
            assertThat(crowded.register("alice", PASSWORD))
                .matches(Refusals.refusedFor(PasswordResult.NO_TURN)));
    assertThat(store.findByName("alice")).isEmpty();
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName(
      "CH-6, EV-1: an outage at the look-up, the insert or the host's rule is an event and comes through")
  void outage() {
    store.beforeWrite(WatchedStore::beAway);
    assertOutage(accounts);
    assertThat(hasher.computed()).isEqualTo(1);
    store.beforeRead(WatchedStore::beAway);
    assertOutage(accounts);
    assertThat(hasher.computed()).as("none where the store is away before").isEqualTo(1);
    PasswordPolicy policy =
        PasswordPolicy.standard()
            .withRule(
                (name, password) -> {
                  WatchedStore.beAway();
                  return Optional.empty();
                });
    assertOutage(builder(passwords).policy(policy).build());
    assertThat(heard.events())
        .hasSize(3)
        .containsOnly(
            new AuthEvent.StoreOutage(
                clock.instant(), "register", StoreUnavailableException.class.getName()));
  }

  private static void assertOutage(Accounts accounts) {
    assertThatThrownBy(() -> accounts.register("alice", PASSWORD))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("PW-6: no result shows the password or the hash")
  void hides() {
    AccountResult result = accounts.register("alice", PASSWORD);
    assertThat(result.toString()).doesNotContain("correct horse");
    assertThat(accounts.register("bob", Password.of("hunter2")).toString())
        .doesNotContain("hunter2");
  }
}
