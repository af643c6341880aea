package com.example.http;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A host with Basic, users in memory, passwords that cost nothing, and a store that can fail. */
final class Site {
  static final String PASSWORD = "wonderland-1865";

  final SettableClock clock = SettableClock.create();
  final RecordingListener listener = new RecordingListener();
  final CheapHasher hasher = CheapHasher.create();
  final FailingStore users = new FailingStore();
  final Passwords passwords =
      Passwords.builder(users).hasher(hasher).clock(clock).listener(listener).build();
  final Accounts accounts =
      Accounts.builder(users, passwords).clock(clock).listener(listener).build();
  final Guard guard =
      Guard.of(
          AuthenticatorChain.builder(BasicAuthenticator.of(passwords))
              .clock(clock)
              .listener(listener)
              .build());
  final AuthEndpoints endpoints = AuthEndpoints.of(accounts, guard);

  User user(String name, String... roles) {
    User user =
        User.builder("id-of-" + name, name)
            .roles(Set.of(roles))
            .passwordHash(hasher.hash(Password.of(PASSWORD)))
            .build();
    users.insert(user);
    return user;
  }

  AuthResponse call(TestRequest request, byte[] body) throws IOException {
    return endpoints.handle(request.build(), new ByteArrayInputStream(body));
  }

  AuthResponse call(TestRequest request) throws IOException {
    return call(request, new byte[0]);
  }

  AuthResponse register(String json) throws IOException {
    return call(
        TestRequest.post("/auth/register").header("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  AuthResponse register(String username, String password) throws IOException {
    Secrets.remember(password);
    return register("{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
  }

  /** An in-memory store that can be down. */
  static final class FailingStore implements AccountStore {
    private final AccountStore store = CredentialStore.inMemory();
    volatile boolean down;

    private AccountStore store() {
      if (down) {
        throw new StoreUnavailableException("The store is down");
      }
      return store;
    }

    @Override
    public Optional<User> findByName(String name) {
      return store().findByName(name);
    }

    @Override
    public Optional<User> findById(String id) {
      return store().findById(id);
    }

    @Override
    public Change insert(User user) {
      return store().insert(user);
    }

    @Override
    public Change update(User expected, User next) {
      return store().update(expected, next);
    }
  }
}
