package dev.sallyport.benchmarks.growth;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request with an opaque token of any user of all, each of whom has one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class UserGrowth {
  /** How many users. */
  @Param({"1", "1000", "1000000"})
  public int size;

  private Secrets fields;
  private AuthenticatorChain chain;

  /** Makes users and tokens. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory();
    Tokens tokens =
        Tokens.builder(
                Sallyport.of(AuthEnvironment.standard().withClock(Ahead.clock()), users, store))
            .build();
    fields = new Secrets("Authorization", size);
    for (int i = 0; i < size; i++) {
      User user = User.builder("id-" + i, "user" + i).build();
      users.insert(user);
      fields.add(
          "Bearer " + tokens.issue(user, NewToken.standard()).orElseThrow().token().reveal());
    }
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            TokenAuthenticator.of(Tokens.of(Sallyport.of(users, store))));
    fields.check(chain);
  }

  /** The chain. */
  @Benchmark
  public AuthResult authenticate() {
    return fields.any(chain);
  }
}
