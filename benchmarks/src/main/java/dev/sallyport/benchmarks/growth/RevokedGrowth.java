package dev.sallyport.benchmarks.growth;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenLimit;
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

/**
 * A request with any of a thousand good tokens, while others were revoked by the epoch of their
 * users. Those stay in the store until they expire; of what is revoked one by one nothing stays.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class RevokedGrowth {
  private static final int USERS = 1000;

  /** How many were revoked. */
  @Param({"1", "1000", "1000000"})
  public int size;

  private Secrets fields;
  private AuthenticatorChain chain;

  /** Makes tokens, revokes them, and makes others. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory(size + USERS);
    Tokens tokens =
        Tokens.builder(
                Sallyport.of(AuthEnvironment.standard().withClock(Ahead.clock()), users, store))
            .limit(TokenLimit.NONE)
            .build();
    User[] all = new User[USERS];
    for (int i = 0; i < USERS; i++) {
      all[i] = User.builder("id-" + i, "user" + i).build();
      users.insert(all[i]);
    }
    for (int i = 0; i < size; i++) {
      tokens.issue(all[i % USERS], NewToken.standard()).orElseThrow();
    }
    fields = new Secrets("Authorization", USERS);
    for (User former : all) {
      User user = former.toBuilder().epoch(1).revocationEpoch(1).build();
      users.update(former, user);
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
