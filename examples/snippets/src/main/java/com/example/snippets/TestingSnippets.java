package com.example.snippets;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.AuthResultAssert;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;

/** docs/testing.md. */
public final class TestingSnippets {
  private TestingSnippets() {}

  /** Is alice. */
  public static AuthenticatorChain forced() {
    AuthenticatorChain chain = AuthenticatorChain.of(ForcedAuthenticator.as("alice", "admin"));
    return chain;
  }

  /** Uses all fixtures. */
  public static RecordingListener fixtures() {
    SettableClock clock = SettableClock.create();
    RecordingListener events = new RecordingListener();
    AccountStore users = CredentialStore.inMemory();
    Passwords passwords =
        Passwords.builder(users).hasher(CheapHasher.create()).clock(clock).listener(events).build();
    Accounts.of(users, passwords).register("alice", Password.of("correct horse"));

    AuthenticatorChain basic =
        AuthenticatorChain.builder(BasicAuthenticator.of(passwords)).listener(events).build();
    AuthRequest request = TestRequest.get("/").basic("alice", "correct horse").build();
    AuthResultAssert.assertThatResult(basic.authenticate(request)).isAuthenticatedAs("alice");
    return events;
  }
}
