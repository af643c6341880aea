package com.example.account;

import com.example.password.ScriptedHasher;
import com.example.password.WatchedStore;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Accounts in memory with one user, alice, whose id is 1. */
final class AccountsFixture {
  static final Password RIGHT = Password.of("correct horse battery staple");
  static final Password WRONG = Password.of("incorrect horse");
  static final Password NEXT = Password.of("a quite different battery");
  static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "curl/8.0");

  final WatchedStore users = new WatchedStore();
  final WatchedTokens tokens = new WatchedTokens();
  final SettableClock clock = SettableClock.create();
  final RecordingListener heard = new RecordingListener();
  final ScriptedHasher hasher = new ScriptedHasher();
  final ThrottleStore counts = ThrottleStore.inMemory();
  final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(heard).withCounts(counts);
  final Passwords passwords;

  /** With housekeeping. */
  final Accounts accounts;

  /** Without housekeeping, so that only epochs end anything. */
  final Accounts bare;

  AccountsFixture() {
    this(throttle -> throttle);
  }

  AccountsFixture(UnaryOperator<Throttle.Builder> throttle) {
    passwords =
        Passwords.builder(environment, users)
            .hasher(hasher)
            .maxConcurrentHashes(64)
            .maxWait(Duration.ofSeconds(60))
            .throttle(throttle.apply(Throttle.builder(environment)).build())
            .build();
    accounts = builder().tokens(tokens).build();
    bare = builder().build();
    users.put(User.builder("1", "alice").passwordHash(":" + RIGHT.reveal()));
  }

  Accounts.Builder builder() {
    return Accounts.builder(users, passwords);
  }

  /** In another environment, with passwords of its own. */
  Accounts.Builder builder(AuthEnvironment other) {
    return Accounts.builder(users, Passwords.builder(other, users).hasher(hasher).build());
  }

  User alice() {
    return users.get("1");
  }

  User login(Password password) {
    PasswordResult verdict = accounts.verify("alice", password, CLIENT);
    return ((PasswordResult.Verified) verdict).user();
  }

  boolean logsIn(Password password) {
    return accounts.verify("alice", password, CLIENT) instanceof PasswordResult.Verified;
  }

  /** Issues something on the strength of a snapshot; its public id is its secret. */
  void issue(TokenKind kind, String secret, User user) {
    TokenRecord record =
        TokenRecord.builder(kind, SecretDigest.of(secret), secret, user.id(), clock.instant())
            .epoch(user.epoch())
            .build();
    tokens.insert(record, TokenLimit.NONE, clock.instant());
  }

  /** Whether the record of a secret is still there, good or not. */
  boolean isKept(TokenKind kind, String secret) {
    return tokens.find(kind, SecretDigest.of(secret), clock.instant()).isPresent();
  }

  /** Whether a secret would authenticate, by the rule that all schemes follow. */
  boolean isGood(TokenKind kind, String secret) {
    return tokens
        .find(kind, SecretDigest.of(secret), clock.instant(), users)
        .filter(found -> found.user() != null && found.user().isActive())
        .filter(found -> found.record().epoch() >= found.user().epoch())
        .isPresent();
  }

  /** The same of a token that is exempt from changes of the password. */
  boolean isGoodExempt(String secret) {
    return tokens
        .find(TokenKind.TOKEN, SecretDigest.of(secret), clock.instant(), users)
        .filter(found -> found.user() != null && found.user().isActive())
        .filter(found -> found.record().epoch() >= found.user().revocationEpoch())
        .isPresent();
  }
}
