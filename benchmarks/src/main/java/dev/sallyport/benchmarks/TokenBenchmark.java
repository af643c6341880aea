package dev.sallyport.benchmarks;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request with one opaque token among 1,024, through the demo's chain, against its floor. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class TokenBenchmark {
  private static final int TOKENS = 1024;

  private final InetAddress client = InetAddress.getLoopbackAddress();
  private final Floor floor = new Floor();
  private byte[] authorization;
  private byte[] token;
  private AuthenticatorChain chain;

  /** Makes a token for each of the users. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory();
    Tokens tokens = Tokens.of(Sallyport.of(users, store));
    for (int i = 0; i < TOKENS; i++) {
      User user = User.builder("id-" + i, "user" + i).build();
      users.insert(user);
      String made = tokens.issue(user, NewToken.standard()).orElseThrow().token().reveal();
      floor.add(made, user);
      if (i == TOKENS / 2) {
        token = made.getBytes(StandardCharsets.ISO_8859_1);
        authorization = ("Bearer " + made).getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            TokenAuthenticator.of(tokens),
            BasicAuthenticator.of(Passwords.of(users)),
            SessionAuthenticator.of(Sessions.of(Sallyport.of(users, store))));
    String expected = "id-" + TOKENS / 2;
    if (!(chain() instanceof Authenticated who)
        || !who.principal().id().equals(expected)
        || !floor().id().equals(expected)) {
      throw new IllegalStateException("The chain says " + chain());
    }
  }

  /** The chain. */
  @Benchmark
  public AuthResult chain() {
    OneField field = OneField.of("Authorization", authorization);
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  /** The floor. */
  @Benchmark
  public User floor() {
    return floor.find(token);
  }
}
