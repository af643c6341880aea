package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * A host with Basic and sessions that nobody has signed up with, where passwords cost nothing and
 * nothing is counted.
 */
final class Site {
  final AccountStore users = CredentialStore.inMemory();
  private final AuthEnvironment environment =
      AuthEnvironment.standard().withListener(event -> {}).withCounts(new Forgetful());
  final Passwords passwords =
      Passwords.builder(environment, users).hasher(new ReversingHasher()).build();
  final TokenStore tokens = TokenStore.inMemory();
  final Accounts accounts = Accounts.builder(users, passwords).tokens(tokens).build();
  final Sessions sessions = Sessions.of(Sallyport.of(environment, users, tokens));
  final AuthEndpoints endpoints =
      AuthEndpoints.of(
          accounts,
          Guard.of(
              AuthenticatorChain.of(
                  environment,
                  BasicAuthenticator.of(passwords),
                  SessionAuthenticator.of(sessions))));

  /**
   * Signs up alice, whose password is {@code wonderland-1865}, and logs her in.
   *
   * @return the secret of her session
   */
  String aliceLogsIn() {
    Password password = Password.of("wonderland-1865");
    accounts.register("alice", password);
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    PasswordResult.Verified verified =
        (PasswordResult.Verified) accounts.verify("alice", password, client);
    AuthRequest login = AuthRequest.builder("POST", "/", null, client.address(), true).build();
    return ((SessionResult.Started) sessions.start(verified, login)).cookie().value();
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
      return reversed(password).equals(stored);
    }

    @Override
    public String hash(Password password, SecureRandom random) {
      return reversed(password);
    }

    private static String reversed(Password password) {
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
    public Optional<String> find(String key, Instant now) {
      return Optional.empty();
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return true;
    }
  }
}
