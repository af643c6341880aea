package com.example.http;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.TrustedProxies;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A host with Basic and sessions, users in memory, passwords that cost nothing, and stores that can
 * fail.
 */
final class Site {
  /** In what order its chain asks. */
  enum Order {
    BASIC_FIRST,
    SESSION_FIRST
  }

  static final String PASSWORD = "wonderland-1865";

  final SettableClock clock = SettableClock.create();
  final RecordingListener listener = new RecordingListener();
  final CheapHasher hasher = CheapHasher.create();
  final Calls hashing = new Calls();
  final Calls userCalls = new Calls();
  final Calls tokenCalls = new Calls();
  final AccountStore users = userCalls.around(AccountStore.class, CredentialStore.inMemory());
  final TokenStore tokens = tokenCalls.around(TokenStore.class, TokenStore.inMemory());
  final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(listener);
  final Passwords passwords;
  final Accounts accounts;
  final Sessions sessions;
  final SessionAuthenticator session;
  final BasicAuthenticator basic;
  final Guard guard;
  final AuthEndpoints endpoints;
  private final Order order;

  Site() {
    this(Order.BASIC_FIRST);
  }

  Site(Order order) {
    this(order, TokenLimit.NONE, 8);
  }

  Site(Order order, TokenLimit limit, int turns) {
    this.order = order;
    passwords =
        Passwords.builder(environment, users)
            .hasher(hashing.around(PasswordHasher.class, hasher))
            .maxConcurrentHashes(turns)
            .maxWait(Duration.ZERO)
            .build();
    accounts = Accounts.builder(users, passwords).tokens(tokens).build();
    sessions = Sessions.builder(Sallyport.of(environment, users, tokens)).limit(limit).build();
    session = SessionAuthenticator.of(sessions);
    basic = BasicAuthenticator.of(passwords);
    guard = guard();
    endpoints = AuthEndpoints.of(accounts, guard);
  }

  /** One in which a hash that is computed keeps all others waiting in vain. */
  static Site withOneTurn(Order order) {
    return new Site(order, TokenLimit.NONE, 1);
  }

  /** A guard with this site's chain, and more members at its end. */
  Guard guard(Authenticator... more) {
    List<Authenticator> members = new ArrayList<>();
    members.add(order == Order.BASIC_FIRST ? basic : session);
    members.add(order == Order.BASIC_FIRST ? session : basic);
    members.addAll(Arrays.asList(more));
    return guardOf(members.toArray(Authenticator[]::new));
  }

  /** A guard with these members only. */
  Guard guardOf(Authenticator... members) {
    return Guard.of(AuthenticatorChain.of(environment, members));
  }

  /** The same guard in another environment. */
  Guard guardIn(AuthEnvironment other, Authenticator... more) {
    return Guard.of(AuthenticatorChain.of(other, guard(more).chain()));
  }

  /** The same guard behind proxies. */
  Guard guardBehind(String... networks) {
    return guardIn(environment.withProxies(TrustedProxies.of(List.of(networks))));
  }

  AuthEndpoints endpoints(Guard other) {
    return AuthEndpoints.of(accounts, other);
  }

  Browser browser() {
    return Browser.at(endpoints);
  }

  /** A browser in which this user has logged in. */
  Browser loggedIn(String username) {
    Browser browser = browser();
    if (browser.login(username).status() != 200) {
      throw new AssertionError("no login for " + username);
    }
    return browser;
  }

  User user(String name, String... roles) {
    User user =
        User.builder("id-of-" + name, name)
            .roles(Set.of(roles))
            .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
            .build();
    users.insert(user);
    return user;
  }

  AuthResponse call(TestRequest request, byte[] body) throws IOException {
    AuthRequest built = request.build();
    return Described.checked(
        endpoints,
        built,
        new String(body, StandardCharsets.UTF_8),
        endpoints.handle(built, new ByteArrayInputStream(body)));
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
}
