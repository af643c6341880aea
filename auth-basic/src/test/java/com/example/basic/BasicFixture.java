package com.example.basic;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Users in memory, a hasher that counts, and a store that counts what it is asked. */
final class BasicFixture {
  final SettableClock clock = SettableClock.create();
  final CheapHasher hasher = CheapHasher.create();
  final AtomicInteger asked = new AtomicInteger();
  final AccountStore users = CredentialStore.inMemory();
  final Passwords passwords =
      Passwords.builder(
              AuthEnvironment.standard().withClock(clock).withListener(new RecordingListener()),
              new CountingStore())
          .hasher(hasher)
          .build();
  final BasicAuthenticator basic = BasicAuthenticator.of(passwords);

  /** The same users, in another environment. */
  BasicAuthenticator in(UnaryOperator<AuthEnvironment> change) {
    AuthEnvironment environment =
        change.apply(AuthEnvironment.standard().withClock(clock).withListener(event -> {}));
    return BasicAuthenticator.of(Passwords.builder(environment, users).hasher(hasher).build());
  }

  private final class CountingStore implements CredentialStore {
    @Override
    public Optional<User> findByName(String name) {
      asked.incrementAndGet();
      return users.findByName(name);
    }

    @Override
    public Optional<User> findById(String id) {
      return users.findById(id);
    }
  }

  void register(String name, String password) {
    Accounts.of(users, passwords).register(name, Password.of(password));
  }

  AuthResult authenticate(String authorization) {
    return basic.authenticate(TestRequest.get("/").authorization(authorization).build());
  }

  static String encode(byte[] pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  static String encode(String pair) {
    return encode(pair.getBytes(StandardCharsets.UTF_8));
  }
}
