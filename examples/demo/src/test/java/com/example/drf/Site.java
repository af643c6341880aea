package com.example.drf;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
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
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** A host with alice and bob, tokens and sessions. Its chain is {@code token, basic, session}. */
final class Site {
  static final String PASSWORD = "wonderland-1865";

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final AccountStore users = CredentialStore.inMemory();
  final TokenStore store = TokenStore.inMemory();
  final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(events);
  final Passwords passwords =
      Passwords.builder(environment, users).hasher(CheapHasher.create()).build();
  final Accounts accounts = Accounts.builder(users, passwords).tokens(store).build();
  final Sessions sessions = Sessions.builder(Sallyport.of(environment, users, store)).build();
  final Tokens tokens;

  final Authenticator token;
  final Authenticator basic = BasicAuthenticator.of(passwords);
  final Authenticator session = SessionAuthenticator.of(sessions);

  final User alice = signUp("alice");
  final User bob = signUp("bob");

  Site() {
    this(builder -> builder);
  }

  Site(UnaryOperator<Tokens.Builder> options) {
    tokens = tokens(options);
    token = TokenAuthenticator.of(tokens);
  }

  /** Other tokens in the same store. */
  Tokens tokens(UnaryOperator<Tokens.Builder> options) {
    return options.apply(Tokens.builder(Sallyport.of(environment, users, store))).build();
  }

  User signUp(String name) {
    return ((AccountResult.Done) accounts.register(name, Password.of(PASSWORD))).user();
  }

  String tokenOf(User user) {
    return tokenOf(user, NewToken.standard());
  }

  String tokenOf(User user, NewToken wanted) {
    String made = tokens.issue(user, wanted).orElseThrow().token().reveal();
    Secrets.remember(made);
    return made;
  }

  PasswordResult.Verified verified(String name) {
    AuthRequest request = TestRequest.post("/login").build();
    return (PasswordResult.Verified) accounts.verify(name, Password.of(PASSWORD), request.client());
  }

  /** Logs in; the cookie as a browser sends it back. */
  String cookieOf(String name) {
    return cookie(
        (SessionResult.Started) sessions.start(verified(name), TestRequest.post("/login").build()));
  }

  static String cookie(SessionResult.Started started) {
    String line = started.cookie().header();
    String pair = line.substring(0, line.indexOf(';'));
    Secrets.remember(pair.substring(pair.indexOf('=') + 1));
    return pair;
  }

  static TestRequest get() {
    return TestRequest.get("/orders");
  }

  static TestRequest post() {
    return TestRequest.post("/orders");
  }

  Guard guard() {
    return Guard.of(AuthenticatorChain.of(environment, token, basic, session));
  }

  static Guard guard(Authenticator... members) {
    return Guard.of(AuthenticatorChain.of(members));
  }

  /** The answer of a ready-made endpoint. */
  AuthResponse call(TestRequest request, String json) {
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    InputStream body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    try {
      return AuthEndpoints.of(accounts, guard()).handle(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the default chain says to a request with this {@code Authorization}. */
  String says(String authorization) {
    return says(guard(), get().authorization(authorization));
  }

  static String says(Guard guard, TestRequest request) {
    return says(guard, request, Permission.authenticated());
  }

  /** The status, and who it is or why not: {@code 200 alice}, {@code 401 invalid_token}. */
  static String says(Guard guard, TestRequest request, Permission permission) {
    Decision decision = guard.check(request.build(), permission);
    return decision instanceof Decision.Refuse refuse
        ? refuse.response().status() + " " + code(refuse.response())
        : "200 "
            + ((Decision.Proceed) decision)
                .who()
                .map(who -> who.principal().name())
                .orElse("anonymous");
  }

  static AuthResponse refused(Guard guard, TestRequest request) {
    return ((Decision.Refuse) guard.check(request.build())).response();
  }

  static Authenticated who(Guard guard, TestRequest request) {
    return ((Decision.Proceed) guard.check(request.build())).who().orElseThrow();
  }

  static String code(AuthResponse response) {
    return text(response, "code");
  }

  /** A text in a body that has it once. */
  static String text(AuthResponse response, String field) {
    String begin = "\"" + field + "\":\"";
    int from = response.body().indexOf(begin) + begin.length();
    return response.body().substring(from, response.body().indexOf('"', from));
  }

  static List<String> challenges(AuthResponse response) {
    return response.headers().stream()
        .filter(header -> header.name().equals("WWW-Authenticate"))
        .map(AuthResponse.Header::value)
        .toList();
  }

  <E extends AuthEvent> List<E> heard(Class<E> type) {
    return events.events(type);
  }
}
