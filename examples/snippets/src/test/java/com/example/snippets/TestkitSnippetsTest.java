package com.example.snippets;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/testing.md: what stands in a test class. */
class TestkitSnippetsTest {
  private final AccountStore users = CredentialStore.inMemory();
  private final AuthRequest request = TestRequest.post("/login").build();
  private final PasswordResult.Verified login = verified();

  private PasswordResult.Verified verified() {
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), users).hasher(CheapHasher.create()).build();
    Accounts accounts = Accounts.of(users, passwords);
    Password password = Password.of("names sallyport");
    accounts.register("alice", password);
    return (PasswordResult.Verified) accounts.verify("alice", password, request.client());
  }

  @Test
  @DisplayName("SE-5 docs/testing.md: an unsafe request with a session says whose page made it")
  void unsafeRequest() {
    Sessions sessions = Sessions.of(Sallyport.of(users, TokenStore.inMemory()));
    SessionResult.Started session = (SessionResult.Started) sessions.start(login, request);
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
    Sessions sessions = Sessions.of(Sallyport.of(users, store));
    store.down("insert");
    assertThatThrownBy(() -> sessions.start(login, request))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.calls()).containsExactly("insert");
  }

  @Test
  @DisplayName("docs/testing.md: a race")
  void race() {
    TokenStore store = TokenStore.inMemory();
    Sessions sessions = Sessions.of(Sallyport.of(users, store));
    SessionResult.Started session = (SessionResult.Started) sessions.start(login, request);
    Instant now = Instant.now();
    List<Boolean> removed = Race.of(20, i -> store.remove(session.record(), now));
    assertThat(removed).containsOnlyOnce(true);
  }
}
