package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Client;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;

/** Alice and Bob, and a store that is watched. */
final class TokenFixture {
  static final String COOKIE = "__Host-token";
  static final Password PASSWORD = Password.of("wonderland");
  static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final WatchedTokenStore watched = WatchedTokenStore.inMemory();
  final AccountStore users = CredentialStore.inMemory();
  final Passwords passwords;
  final Accounts accounts;
  final User alice;
  final User bob;
  final Tokens tokens;
  final TokenAuthenticator authenticator;
  final AuthenticatorChain chain;

  TokenFixture() {
    this(builder -> builder, builder -> builder);
  }

  TokenFixture(UnaryOperator<Tokens.Builder> tokens) {
    this(tokens, builder -> builder);
  }

  TokenFixture(
      UnaryOperator<Tokens.Builder> tokens,
      UnaryOperator<TokenAuthenticator.Builder> authenticator) {
    this(environment -> environment, tokens, authenticator);
  }

  static TokenFixture in(
      UnaryOperator<AuthEnvironment> environment, UnaryOperator<Tokens.Builder> tokens) {
    return new TokenFixture(environment, tokens, builder -> builder);
  }

  private TokenFixture(
      UnaryOperator<AuthEnvironment> change,
      UnaryOperator<Tokens.Builder> tokens,
      UnaryOperator<TokenAuthenticator.Builder> authenticator) {
    AuthEnvironment environment =
        change.apply(AuthEnvironment.standard().withClock(clock).withListener(events));
    passwords =
        Passwords.builder(
                environment.withListener(new RecordingListener()).withRandom(new SecureRandom()),
                users)
            .hasher(CheapHasher.create())
            .build();
    accounts = Accounts.builder(users, passwords).tokens(watched).build();
    alice = register("alice");
    bob = register("bob");
    this.tokens = tokens.apply(Tokens.builder(Sallyport.of(environment, users, watched))).build();
    this.authenticator = authenticator.apply(TokenAuthenticator.builder(this.tokens)).build();
    this.chain = AuthenticatorChain.of(environment, this.authenticator);
  }

  private User register(String name) {
    return ((AccountResult.Done) accounts.register(name, PASSWORD)).user();
  }

  PasswordResult.Verified verified(String name) {
    return (PasswordResult.Verified) accounts.verify(name, PASSWORD, CLIENT);
  }

  /** Alice as she is now. */
  User user() {
    return users.findById(alice.id()).orElseThrow();
  }

  /** Raises alice's epoch and does no housekeeping: the records stay. */
  void raise() {
    users.update(user(), user().toBuilder().revokeAll().build());
  }

  /** A token of Alice's. */
  Issued issue() {
    return issue(NewToken.standard());
  }

  Issued issue(NewToken wanted) {
    return issue(user(), wanted);
  }

  Issued issue(User user, NewToken wanted) {
    return remembered(tokens.issue(user, wanted));
  }

  static Issued remembered(TokenResult issuance) {
    Issued issued = issuance.orElseThrow();
    Secrets.remember(issued.token().reveal());
    return issued;
  }

  static TestRequest get(String token) {
    return TestRequest.get("/").authorization("Token " + token);
  }

  static TestRequest cookie(String token) {
    return TestRequest.get("/").header("Host", "api.example").cookie(COOKIE, token);
  }

  AuthResult present(String token) {
    return authenticator.authenticate(get(token).build());
  }

  Authenticated who(Issued issued) {
    return (Authenticated) present(issued.token().reveal());
  }

  boolean isLive(Issued issued) {
    return present(issued.token().reveal()) instanceof Authenticated;
  }

  void assertRefused(Issued issued, String reason) {
    assertRefused(present(issued.token().reveal()), reason);
  }

  static void assertRefused(AuthResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(new Reason(reason, Refusal.INVALID_TOKEN)));
  }

  AuthResponse refusal(AuthRequest request) {
    return refusal(chain, request);
  }

  static AuthResponse refusal(AuthenticatorChain chain, AuthRequest request) {
    return ((Decision.Refuse) Guard.of(chain).check(request)).response();
  }

  static List<String> challenges(AuthResponse response) {
    return response.headers().stream()
        .filter(header -> header.name().equals("WWW-Authenticate"))
        .map(AuthResponse.Header::value)
        .toList();
  }

  List<TokenRecord> records() {
    return tokens.list(alice.id());
  }
}
