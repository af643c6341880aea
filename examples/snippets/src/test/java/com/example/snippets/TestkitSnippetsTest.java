package com.example.snippets;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/testing.md: what stands in a test class. */
class TestkitSnippetsTest {
  private final AccountStore users = CredentialStore.inMemory();
  private final AuthRequest request = TestRequest.post("/login").build();
  private final PasswordVerdict.Verified login = verified();

  private PasswordVerdict.Verified verified() {
    Passwords passwords = Passwords.builder(users).hasher(CheapHasher.create()).build();
    Accounts accounts = Accounts.of(users, passwords);
    Password password = Password.of("names sallyport");
    accounts.register("alice", password);
    return (PasswordVerdict.Verified) accounts.verify("alice", password, request.client());
  }

  @Test
  @DisplayName("SE-5 docs/testing.md: an unsafe request with a session says whose page made it")
  void unsafeRequest() {
    Sessions sessions = Sessions.of(TokenStore.inMemory(), users);
    SessionStart.Started session = (SessionStart.Started) sessions.start(login, request);
    AuthRequest post =
        TestRequest.post("/notes")
            .cookie(session.cookie().name(), session.cookie().value())
            .header("Sec-Fetch-Site", "same-origin")
            .build();
    SessionAuthenticator authenticator = SessionAuthenticator.of(sessions);
    assertThatResult(authenticator.authenticate(post)).isAuthenticatedAs("alice");
    AuthRequest silent =
        TestRequest.post("/notes")
            .cookie(session.cookie().name(), session.cookie().value())
            .build();
    assertThat(authenticator.authenticate(silent))
        .hasToString("Rejected[session, csrf_token_missing_or_wrong]");
  }

  @Test
  @DisplayName("docs/testing.md: a store that is down")
  void outage() {
    WatchedTokenStore store = WatchedTokenStore.inMemory();
    Sessions sessions = Sessions.of(store, users);
    store.down("insert");
    assertThatThrownBy(() -> sessions.start(login, request))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.calls()).containsExactly("insert");
  }

  @Test
  @DisplayName("docs/testing.md: a race")
  void race() {
    TokenStore store = TokenStore.inMemory();
    Sessions sessions = Sessions.of(store, users);
    SessionStart.Started session = (SessionStart.Started) sessions.start(login, request);
    SecretDigest key = session.record().key();
    List<Boolean> removed = Race.of(20, i -> store.remove(TokenKind.SESSION, key));
    assertThat(removed).containsOnlyOnce(true);
  }
}
