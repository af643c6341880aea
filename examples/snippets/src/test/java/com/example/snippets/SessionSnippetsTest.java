package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionLogin;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
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
  private final Sallyport auth =
      Sallyport.of(users, tokens)
          .withPasswords(passwords -> passwords.hasher(BcryptHasher.ofCost(10)));
  private final Accounts accounts = auth.accounts();
  private final Sessions sessions = SessionSnippets.shortLived(auth);
  private final Guard guard = auth.guard(SessionAuthenticator.of(sessions));
  private final AuthRequest plain = TestRequest.post("/").build();

  @BeforeEach
  void signUp() {
    accounts.register("alice", OLD);
  }

  private AuthResponse logIn(AuthRequest request, Password password) {
    AuthResponse response =
        SessionSnippets.logIn(SessionLogin.of(auth, guard), request, "alice", password.reveal());
    return response;
  }

  private String logIn(Password password) {
    return logIn(plain, password).header("Set-Cookie").orElseThrow();
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
    var chain = SessionSnippets.chain(auth);
    assertThat(chain.member(SessionAuthenticator.class).orElseThrow().sessions()).isNotNull();
    assertThat(logIn(plain, NEW).status()).isEqualTo(401);
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
  @DisplayName("GU-5, HT-2 docs/sessions.md: a login of the host's own is guarded, and limited")
  void guardedLogin() {
    TestRequest insecure = TestRequest.post("/").insecure();
    TestRequest foreign = TestRequest.post("/").header("Sec-Fetch-Site", "cross-site");
    assertThat(logIn(insecure.build(), OLD).body()).contains("insecure_transport");
    assertThat(logIn(foreign.build(), OLD).body()).contains("csrf");
    assertThat(tokens.list(alice().id(), TokenKind.all(), Instant.now())).isEmpty();
    Sessions one =
        Sessions.builder(auth).limit(new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW)).build();
    for (int status : new int[] {204, 409}) {
      assertThat(
              SessionSnippets.logInStepByStep(guard, accounts, one, plain, "alice", OLD).status())
          .isEqualTo(status);
    }
  }

  @Test
  @DisplayName("docs/accounts.md: a sign-up is done, invalid, or refused")
  void signsUp() {
    Password none = Password.of("");
    assertThat(SessionSnippets.signUp(guard, accounts, plain, "bob", OLD).status()).isEqualTo(201);
    assertThat(SessionSnippets.signUp(guard, accounts, plain, "bob", OLD).status()).isEqualTo(409);
    assertThat(SessionSnippets.signUp(guard, accounts, plain, "carol", none).status())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("docs/sessions.md: behind a proxy")
  void behindProxy() {
    assertThat(SessionSnippets.behindProxy().proxies()).hasToString("TrustedProxies[10.0.0.0/8]");
  }

  @Test
  @DisplayName("docs/accounts.md: a password change keeps this session under a new cookie")
  void changesPassword() {
    AuthRequest old = with(logIn(OLD));
    String cookie =
        SessionSnippets.changePassword(accounts, sessions, old, who(old), OLD, NEW).orElseThrow();
    assertThat(who(with(cookie)).principal().name()).isEqualTo("alice");
    assertThat(logIn(NEW)).isNotEqualTo(cookie);
    assertThat(logIn(plain, OLD).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("docs/accounts.md: a reset's code comes by the host's own way, and is used once")
  void resets() {
    Queue<String> outbox = new ArrayDeque<>();
    PasswordReset reset = SessionSnippets.resets(accounts, tokens, outbox);
    AuthRequest insecure = TestRequest.post("/").insecure().build();
    assertThat(SessionSnippets.askForCode(guard, reset, insecure, "alice").status()).isEqualTo(403);
    assertThat(SessionSnippets.askForCode(guard, reset, plain, "bob").status()).isEqualTo(204);
    assertThat(outbox).isEmpty();
    for (int status : new int[] {204, 204, 204, 429}) {
      assertThat(SessionSnippets.askForCode(guard, reset, plain, "alice").status())
          .isEqualTo(status);
    }
    outbox.remove();
    outbox.remove();
    assertThat(SessionSnippets.redeem(reset, outbox.remove(), NEW, plain))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(logIn(NEW)).startsWith("__Host-session=");
  }
}
