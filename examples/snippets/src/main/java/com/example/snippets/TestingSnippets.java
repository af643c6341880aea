package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
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
    AuthEnvironment environment = AuthEnvironment.standard().withClock(clock).withListener(events);
    Sallyport auth =
        Sallyport.of(environment, CredentialStore.inMemory(), TokenStore.inMemory())
            .withPasswords(passwords -> passwords.hasher(CheapHasher.create()));
    auth.accounts().register("alice", Password.of("correct horse"));

    AuthenticatorChain basic = auth.chain(BasicAuthenticator.of(auth));
    AuthRequest request = TestRequest.get("/").basic("alice", "correct horse").build();
    AuthResultAssert.assertThatResult(basic.authenticate(request)).isAuthenticatedAs("alice");
    return events;
  }
}
