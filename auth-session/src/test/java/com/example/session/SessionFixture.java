package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.NotAttempted;
import dev.sallyport.account.AccountResult;
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
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;

/** Alice and Bob, and a store that is watched. */
final class SessionFixture {
  static final String COOKIE = "__Host-session";
  static final String PASSWORD = "wonderland";

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  final AccountStore users = CredentialStore.inMemory();
  final AuthEnvironment environment;
  final Passwords passwords;
  final Accounts accounts;
  final User alice;
  final User bob;
  final Sessions sessions;
  final SessionAuthenticator authenticator;

  SessionFixture() {
    this(environment -> environment);
  }

  SessionFixture(UnaryOperator<AuthEnvironment> environment) {
    this(environment, builder -> builder, builder -> builder);
  }

  SessionFixture(
      UnaryOperator<Sessions.Builder> sessions,
      UnaryOperator<SessionAuthenticator.Builder> authenticator) {
    this(environment -> environment, sessions, authenticator);
  }

  private SessionFixture(
      UnaryOperator<AuthEnvironment> environment,
      UnaryOperator<Sessions.Builder> sessions,
      UnaryOperator<SessionAuthenticator.Builder> authenticator) {
    this.environment =
        environment.apply(AuthEnvironment.standard().withClock(clock).withListener(events));
    this.passwords =
        Passwords.builder(
                this.environment
                    .withListener(new RecordingListener())
                    .withRandom(new SecureRandom()),
                users)
            .hasher(CheapHasher.create())
            .build();
    this.accounts = Accounts.builder(users, passwords).tokens(tokens).build();
    this.alice = register("alice");
    this.bob = register("bob");
    this.sessions =
        sessions.apply(Sessions.builder(Sallyport.of(this.environment, users, tokens))).build();
    this.authenticator = authenticator.apply(SessionAuthenticator.builder(this.sessions)).build();
  }

  private User register(String name) {
    return ((AccountResult.Done) accounts.register(name, Password.of(PASSWORD))).user();
  }

  PasswordResult.Verified verified(String name) {
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    return (PasswordResult.Verified) accounts.verify(name, Password.of(PASSWORD), client);
  }

  /** A session of Alice's from a browser that says little. */
  SessionResult.Started start() {
    return start("alice", TestRequest.post("/login").build());
  }

  SessionResult.Started start(String name, AuthRequest request) {
    return remembered((SessionResult.Started) sessions.start(verified(name), request));
  }

  static SessionResult.Started remembered(SessionResult.Started started) {
    Secrets.remember(started.cookie().value());
    Secrets.remember(started.csrfToken().reveal());
    return started;
  }

  static TestRequest get(SessionResult.Started session) {
    return TestRequest.get("/").cookie(session.cookie().name(), session.cookie().value());
  }

  static TestRequest post(SessionResult.Started session) {
    return TestRequest.post("/")
        .header("Host", "api.example")
        .cookie(session.cookie().name(), session.cookie().value());
  }

  AuthResult authenticate(SessionResult.Started session) {
    return authenticator.authenticate(get(session).build());
  }

  Authenticated who(SessionResult.Started session) {
    return (Authenticated) authenticate(session);
  }

  boolean isLive(SessionResult.Started session) {
    return authenticate(session) instanceof Authenticated;
  }

  void assertStale(SessionResult.Started session, String reason) {
    assertThat(authenticate(session))
        .isInstanceOfSatisfying(
            NotAttempted.class,
            nothing -> {
              assertThat(nothing.reason()).isEqualTo(reason);
              assertThat(nothing.isStale()).isTrue();
            });
  }

  List<TokenRecord> records() {
    return tokens.list(alice.id(), TokenKind.all(), clock.instant());
  }

  User changePassword(String keptSession) {
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    return ((AccountResult.Done)
            accounts.changePassword(
                alice.id(),
                Password.of(PASSWORD),
                Password.of("through the looking glass"),
                client,
                keptSession))
        .user();
  }
}
