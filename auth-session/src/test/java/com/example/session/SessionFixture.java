package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.NotAttempted;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordChange;
import dev.sallyport.account.Registration;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
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
  final Passwords passwords =
      Passwords.builder(users)
          .hasher(CheapHasher.create())
          .clock(clock)
          .listener(new RecordingListener())
          .build();
  final Accounts accounts =
      Accounts.builder(users, passwords)
          .tokens(tokens)
          .clock(clock)
          .listener(new RecordingListener())
          .build();
  final User alice = register("alice");
  final User bob = register("bob");
  final Sessions sessions;
  final SessionAuthenticator authenticator;

  SessionFixture() {
    this(builder -> builder, builder -> builder);
  }

  SessionFixture(
      UnaryOperator<Sessions.Builder> sessions,
      UnaryOperator<SessionAuthenticator.Builder> authenticator) {
    this.sessions =
        sessions.apply(Sessions.builder(tokens, users).clock(clock).listener(events)).build();
    this.authenticator = authenticator.apply(SessionAuthenticator.builder(this.sessions)).build();
  }

  private User register(String name) {
    return ((Registration.Registered) accounts.register(name, Password.of(PASSWORD))).user();
  }

  PasswordVerdict.Verified verified(String name) {
    Client client = new Client(InetAddress.getLoopbackAddress(), "");
    return (PasswordVerdict.Verified) accounts.verify(name, Password.of(PASSWORD), client);
  }

  /** A session of Alice's from a browser that says little. */
  SessionStart.Started start() {
    return start("alice", TestRequest.post("/login").build());
  }

  SessionStart.Started start(String name, AuthRequest request) {
    return remembered((SessionStart.Started) sessions.start(verified(name), request));
  }

  static SessionStart.Started remembered(SessionStart.Started started) {
    Secrets.remember(started.cookie().value());
    Secrets.remember(started.csrfToken());
    return started;
  }

  static TestRequest get(SessionStart.Started session) {
    return TestRequest.get("/").cookie(session.cookie().name(), session.cookie().value());
  }

  static TestRequest post(SessionStart.Started session) {
    return TestRequest.post("/")
        .header("Host", "api.example")
        .cookie(session.cookie().name(), session.cookie().value());
  }

  AuthResult authenticate(SessionStart.Started session) {
    return authenticator.authenticate(get(session).build());
  }

  Authenticated who(SessionStart.Started session) {
    return (Authenticated) authenticate(session);
  }

  boolean isLive(SessionStart.Started session) {
    return authenticate(session) instanceof Authenticated;
  }

  void assertStale(SessionStart.Started session, String reason) {
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
    return ((PasswordChange.Changed)
            accounts.changePassword(
                alice.id(),
                Password.of(PASSWORD),
                Password.of("through the looking glass"),
                client,
                keptSession))
        .user();
  }
}
