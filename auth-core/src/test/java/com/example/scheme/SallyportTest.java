package com.example.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticator;
import dev.sallyport.Client;
import dev.sallyport.NotAttempted;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One host, and what is built from it. */
class SallyportTest {
  private static final Password RIGHT = Password.of("correct horse");
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "curl");

  private final RecordingListener events = new RecordingListener();
  private final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(SettableClock.create()).withListener(events);
  private final AccountStore users = CredentialStore.inMemory();
  private final TokenStore tokens = TokenStore.inMemory();
  private final CheapHasher hasher = CheapHasher.create();
  private final Sallyport auth =
      Sallyport.of(environment, users, tokens).withPasswords(passwords -> passwords.hasher(hasher));

  @Test
  @DisplayName("SP-3 everything built from one host has its environment, users and store")
  void agrees() {
    assertThat(auth.environment()).isSameAs(environment);
    assertThat(auth.users()).isSameAs(users);
    assertThat(auth.tokens()).isSameAs(tokens);
    assertThat(auth.passwords().environment()).isSameAs(environment);
    assertThat(auth.passwords().hasher()).isSameAs(hasher);
    Authenticator nobody = Authenticator.named("x", request -> NotAttempted.NO_CREDENTIALS);
    assertThat(auth.chain(nobody).environment()).isSameAs(environment);
    assertThat(auth.guard(nobody).chain().environment()).isSameAs(environment);
    assertThat(auth).hasToString("Sallyport[" + environment + "]");
  }

  @Test
  @DisplayName("AC-1, EV-1 its accounts sign up and log in, list logins, and tell its listener")
  void accounts() {
    Accounts accounts = auth.accounts();
    assertThat(accounts.register("alice", RIGHT)).isInstanceOf(AccountResult.Done.class);
    assertThat(accounts.verify("alice", RIGHT, CLIENT)).isInstanceOf(PasswordResult.Verified.class);
    assertThat(accounts.activeLogins()).isPresent();
    assertThat(events.events())
        .hasExactlyElementsOfTypes(AuthEvent.Registered.class, AuthEvent.LoggedIn.class);
  }

  @Test
  @DisplayName("PW-5, TK-5 options of accounts: a policy, and who is told of each sign-up")
  void accountOptions() {
    List<AuthEvent> told = new ArrayList<>();
    Accounts accounts =
        auth.accounts(options -> options.policy(PasswordPolicy.nist()).onSignUp(told::add));
    assertThat(accounts.register("alice", RIGHT)).isInstanceOf(AccountResult.Invalid.class);
    assertThat(told).isEmpty();
    User user = accounts.register("alice", Password.of("correct horse battery")).orElseThrow();
    assertThat(told).hasOnlyElementsOfType(AuthEvent.Registered.class).hasSize(1);
    assertThat(users.findById(user.id())).isPresent();
    assertThatThrownBy(() -> accounts.register("alice", Password.of("x")).orElseThrow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("too_short");
  }

  @Test
  @DisplayName("TK-5 whoever is told of sign-ups and throws keeps nobody from signing up")
  void brokenHook() {
    Accounts accounts =
        auth.accounts(
            options ->
                options.onSignUp(
                    event -> {
                      throw new IllegalStateException("broken");
                    }));
    assertThat(accounts.register("alice", RIGHT)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName(
      "TH-1 the accounts of one host share a throttle with its passwords, and nodes a store")
  void oneThrottle() {
    auth.accounts().register("alice", RIGHT);
    Sallyport node =
        Sallyport.of(environment, users, tokens)
            .withPasswords(passwords -> passwords.hasher(hasher));
    for (int i = 0; i < 5; i++) {
      Sallyport by = i % 2 == 0 ? auth : node;
      by.accounts().verify("alice", Password.of("wrong"), CLIENT);
    }
    for (Sallyport by : List.of(auth, node)) {
      assertThat(by.passwords().verify("alice", RIGHT, CLIENT)).hasToString("Refused[throttled]");
    }
    Sallyport other =
        Sallyport.of(AuthEnvironment.standard(), users, tokens)
            .withPasswords(passwords -> passwords.hasher(hasher));
    assertThat(other.passwords().verify("alice", RIGHT, CLIENT))
        .as("counts of its own")
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("ST-1 users of a table of the host's own log in, and sign up elsewhere")
  void ownUsers() {
    User alice =
        User.builder("1", "alice").passwordHash(hasher.hash(RIGHT, environment.random())).build();
    CredentialStore table =
        new CredentialStore() {
          @Override
          public Optional<User> findByName(String name) {
            return Optional.of(alice).filter(user -> user.name().equals(name));
          }

          @Override
          public Optional<User> findById(String id) {
            return Optional.of(alice).filter(user -> user.id().equals(id));
          }
        };
    Sallyport own =
        Sallyport.of(environment, table, tokens)
            .withPasswords(passwords -> passwords.hasher(hasher));
    assertThat(own.passwords().logIn("alice", RIGHT, CLIENT))
        .isInstanceOf(PasswordResult.Verified.class);
    assertThat(events.events(AuthEvent.LoggedIn.class)).hasSize(1);
    assertThatThrownBy(own::accounts)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("AccountStore");
  }

  @Test
  @DisplayName("SP-3 in memory there is nobody yet; null is refused")
  void limits() {
    assertThat(Sallyport.inMemory().users().findByName("alice")).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> Sallyport.of(null, tokens));
    assertThatNullPointerException().isThrownBy(() -> Sallyport.of(users, null));
    assertThatNullPointerException().isThrownBy(() -> Sallyport.of(null, users, tokens));
  }
}
