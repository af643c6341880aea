package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/sessions.md and docs/accounts.md do what they say. */
class SessionSnippetsTest {
  private static final Password OLD = Password.of("names sallyport");
  private static final Password NEW = Password.of("a gate for sorties");

  private final AccountStore users = CredentialStore.inMemory();
  private final TokenStore tokens = TokenStore.inMemory();
  private final Passwords passwords =
      Passwords.builder(users).hasher(BcryptHasher.ofCost(10)).build();
  private final Accounts accounts = SessionSnippets.accounts(users, passwords, tokens);
  private final Sessions sessions = SessionSnippets.shortLived(tokens, users);
  private final AuthRequest plain = TestRequest.get("/").build();

  @BeforeEach
  void signUp() {
    accounts.register("alice", OLD);
  }

  private String logIn(Password password) {
    return SessionSnippets.logIn(accounts, sessions, plain, "alice", password).orElseThrow();
  }

  private static AuthRequest with(String setCookie) {
    String pair = setCookie.substring(0, setCookie.indexOf(';'));
    return TestRequest.get("/").header("Cookie", pair).build();
  }

  private Authenticated who(AuthRequest request) {
    return (Authenticated) SessionAuthenticator.of(sessions).authenticate(request);
  }

  private User alice() {
    return users.findByName("alice").orElseThrow();
  }

  @Test
  @DisplayName("docs/sessions.md: log in, keep something, list, end all")
  void sessions() {
    var chain = SessionSnippets.chain(users, passwords);
    assertThat(chain.member(SessionAuthenticator.class).orElseThrow().sessions()).isNotNull();
    assertThat(SessionSnippets.logIn(accounts, sessions, plain, "alice", NEW)).isEmpty();
    AuthRequest request = with(logIn(OLD));
    assertThat(who(request).principal().name()).isEqualTo("alice");
    assertThat(SessionSnippets.dark(sessions, request)).isTrue();
    assertThat(tokens.list(alice().id(), TokenKind.all(), Instant.now()))
        .singleElement()
        .satisfies(session -> assertThat(session.attributes()).containsEntry("theme", "dark"));

    SessionSnippets.devices(accounts, alice().id());
    assertThat(SessionAuthenticator.of(sessions).authenticate(request))
        .isNotInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("docs/sessions.md: behind a proxy")
  void behindProxy() {
    Guard guard = Guard.of(AuthenticatorChain.of(SessionAuthenticator.of(sessions)));
    assertThat(SessionSnippets.behindProxy(guard)).isNotNull();
  }

  @Test
  @DisplayName("docs/accounts.md: a password change keeps this session under a new cookie")
  void changesPassword() {
    AuthRequest old = with(logIn(OLD));
    String cookie =
        SessionSnippets.changePassword(accounts, sessions, old, who(old), OLD, NEW).orElseThrow();
    assertThat(who(with(cookie)).principal().name()).isEqualTo("alice");
    assertThat(logIn(NEW)).isNotEqualTo(cookie);
    assertThat(SessionSnippets.logIn(accounts, sessions, plain, "alice", OLD)).isEmpty();
  }

  @Test
  @DisplayName("docs/accounts.md: a reset's code comes by the host's own way, and is used once")
  void resets() {
    Queue<String> outbox = new ArrayDeque<>();
    PasswordReset reset = SessionSnippets.resets(accounts, tokens, outbox);
    reset.request("alice", plain.client());
    assertThat(SessionSnippets.reset(reset, plain, "bob", outbox.remove(), NEW))
        .isInstanceOf(PasswordReset.Redemption.Changed.class);
    assertThat(outbox).isEmpty();
    assertThat(logIn(NEW)).startsWith("__Host-session=");
  }
}
