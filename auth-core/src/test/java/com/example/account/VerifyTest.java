package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.ScriptedHasher;
import com.example.password.WatchedStore;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logging in, in plain Java. */
class VerifyTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final String AGENT = "curl/8.0";

  private final WatchedStore store = new WatchedStore();
  private final SettableClock clock = SettableClock.create();
  private final RecordingListener heard = new RecordingListener();
  private final Passwords passwords =
      Passwords.builder(AuthEnvironment.standard().withClock(clock).withListener(heard), store)
          .hasher(new ScriptedHasher())
          .build();
  private final Accounts accounts = Accounts.builder(store, passwords).build();

  @BeforeEach
  void users() {
    store.put(User.builder("1", "alice").passwordHash(":" + PASSWORD));
    store.put(User.builder("2", "gone").passwordHash(":" + PASSWORD).active(false));
    store.put(User.builder("3", "none"));
    store.put(User.builder("4", "garbage").passwordHash("garbage"));
  }

  private PasswordResult verify(String username, String password) {
    return accounts.verify(username, Password.of(password), new Client(CLIENT, AGENT));
  }

  @Test
  @DisplayName("AC-1, EV-1: the right password is proof, and one event of a login")
  void right() {
    clock.advance(Duration.ofHours(1));
    PasswordResult.Verified verified = (PasswordResult.Verified) verify("ALICE", PASSWORD);
    assertThat(verified.user().id()).isEqualTo("1");
    assertThat(verified.at()).isEqualTo(clock.instant());
    assertThat(heard.events())
        .containsExactly(new AuthEvent.LoggedIn(clock.instant(), "1", CLIENT, AGENT));
  }

  @Test
  @DisplayName("ASVS 6.2.10: a password is as good after fifty years as on its first day")
  void neverExpires() {
    assertThat(verify("alice", PASSWORD)).isInstanceOf(PasswordResult.Verified.class);
    clock.advance(Duration.ofDays(50 * 365));
    assertThat(verify("alice", PASSWORD)).isInstanceOf(PasswordResult.Verified.class);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("alice", "wrong password", "wrong_password"),
        Arguments.of("nobody", PASSWORD, "unknown_user"),
        Arguments.of("", PASSWORD, "unknown_user"),
        Arguments.of("gone", PASSWORD, "user_deactivated"),
        Arguments.of("none", PASSWORD, "no_usable_password"),
        Arguments.of("garbage", PASSWORD, "unusable_hash"),
        Arguments.of("alice", "x".repeat(73), "unacceptable_password"),
        Arguments.of("n".repeat(150), PASSWORD, "unknown_user"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  @DisplayName(
      "AC-1, EV-1, GU-3: a failure is one event with its true reason and who it claimed to be")
  void failure(String username, String password, String reason) {
    assertThat(verify(username, password)).hasToString("Refused[" + reason + "]");
    assertThat(heard.events())
        .containsExactly(
            new AuthEvent.AuthenticationFailed(clock.instant(), "login", reason, username, CLIENT));
  }

  @Test
  @DisplayName("EV-1, row 105: a claimed name is clipped to 150 characters")
  void clipped() {
    verify("n".repeat(10_000), PASSWORD);
    verify("m".repeat(151), PASSWORD);
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::subject)
        .containsExactly("n".repeat(150), "m".repeat(150));
  }

  @Test
  @DisplayName("TH-1, EV-1: a throttled login is an event of its own")
  void throttled() {
    for (int i = 0; i < 5; i++) {
      verify("alice", "wrong password");
    }
    assertThat(verify("alice", PASSWORD)).hasToString("Refused[throttled]");
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class)).hasSize(5);
    assertThat(heard.events(AuthEvent.Throttled.class))
        .containsExactly(new AuthEvent.Throttled(clock.instant(), "login", "alice", CLIENT));
    clock.advance(Duration.ofSeconds(1));
    assertThat(verify("alice", PASSWORD)).isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("CH-6, EV-1: an outage is one event, and comes through as it is")
  void outage() {
    store.beforeRead(WatchedStore::beAway);
    assertThatThrownBy(() -> verify("alice", PASSWORD))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the store is away");
    assertThat(heard.events())
        .containsExactly(
            new AuthEvent.StoreOutage(
                clock.instant(), "login", StoreUnavailableException.class.getName()));
  }

  @Test
  @DisplayName("PW-6, row 105: no event shows the password")
  void hides() {
    verify("alice", PASSWORD);
    verify("nobody", PASSWORD);
    verify("gone", PASSWORD);
    assertThat(heard.events()).hasSize(3);
    assertThat(heard.events().toString()).doesNotContain(PASSWORD);
  }

  @Test
  @DisplayName("CH-10: null is refused where accounts are built")
  void nulls() {
    Accounts.Builder builder = Accounts.builder(CredentialStore.inMemory(), passwords);
    assertThatThrownBy(() -> Accounts.builder(null, passwords))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Accounts.of(CredentialStore.inMemory(), null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.policy(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.onSignUp(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.tokens(null)).isInstanceOf(NullPointerException.class);
  }
}
