package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A host with Basic and sessions that nobody has signed up with, where passwords cost nothing and
 * nothing is counted.
 */
final class Site {
  final AccountStore users = CredentialStore.inMemory();
  final Passwords passwords =
      Passwords.builder(users)
          .hasher(new ReversingHasher())
          .throttle(Throttle.builder(new Forgetful()).build())
          .listener(event -> {})
          .build();
  final TokenStore tokens = TokenStore.inMemory();
  final Accounts accounts =
      Accounts.builder(users, passwords).tokens(tokens).listener(event -> {}).build();
  final Sessions sessions = Sessions.builder(tokens, users).listener(event -> {}).build();
  final AuthEndpoints endpoints =
      AuthEndpoints.of(
          accounts,
          Guard.of(
              AuthenticatorChain.builder(
                      BasicAuthenticator.of(passwords), SessionAuthenticator.of(sessions))
                  .listener(event -> {})
                  .build()));

  /**
   * Signs up alice, whose password is {@code wonderland-1865}, and logs her in.
   *
   * @return the secret of her session
   */
  String aliceLogsIn() {
    Password password = Password.of("wonderland-1865");
    accounts.register("alice", password);
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    PasswordVerdict.Verified verified =
        (PasswordVerdict.Verified) accounts.verify("alice", password, client);
    AuthRequest login = AuthRequest.builder("POST", "/", client.address(), true).build();
    return ((SessionStart.Started) sessions.start(verified, login)).cookie().value();
  }

  /** What holds for every answer. */
  static void check(AuthResponse response) {
    assertThat(response.headers()).contains(AuthResponse.Header.NO_STORE);
    response
        .headers()
        .forEach(
            header -> {
              assertThat(header.name()).matches("[A-Za-z-]+");
              assertThat(header.value()).matches("[ -~]+");
            });
    if (!response.body().isEmpty()) {
      assertThat(response.header("Content-Type").orElseThrow())
          .isEqualTo(response.status() < 300 ? "application/json" : "application/problem+json");
    }
  }

  private static final class ReversingHasher implements PasswordHasher {
    @Override
    public boolean recognises(String stored) {
      return true;
    }

    @Override
    public boolean accepts(Password password) {
      return password.isWellFormed() && password.byteLength() <= maxBytes() && !password.hasNul();
    }

    @Override
    public boolean verify(Password password, String stored) {
      return hash(password).equals(stored);
    }

    @Override
    public String hash(Password password) {
      return new StringBuilder(password.reveal()).reverse().toString();
    }

    @Override
    public boolean isCurrent(String stored) {
      return true;
    }

    @Override
    public int maxBytes() {
      return 72;
    }
  }

  private static final class Forgetful implements ThrottleStore {
    @Override
    public Optional<String> find(String key) {
      return Optional.empty();
    }

    @Override
    public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
      return true;
    }
  }
}
