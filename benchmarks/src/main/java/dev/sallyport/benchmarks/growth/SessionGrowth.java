package dev.sallyport.benchmarks.growth;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.time.Instant;
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

/** A request with the cookie of any session of all. A thousand users have them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class SessionGrowth {
  private static final int USERS = 1000;

  /** How many sessions. */
  @Param({"1", "1000", "1000000"})
  public int size;

  private Secrets cookies;
  private AuthenticatorChain chain;

  /** Logs in. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory();
    Sessions sessions =
        Sessions.builder(
                Sallyport.of(AuthEnvironment.standard().withClock(Ahead.clock()), users, store))
            .limit(TokenLimit.NONE)
            .build();
    User[] all = new User[USERS];
    for (int i = 0; i < USERS; i++) {
      all[i] = User.builder("id-" + i, "user" + i).build();
      users.insert(all[i]);
    }
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
            .build();
    cookies = new Secrets("Cookie", size);
    for (int i = 0; i < size; i++) {
      SessionResult start = sessions.start(all[i % USERS], Instant.now(), login, false);
      cookies.add("__Host-session=" + ((SessionResult.Started) start).cookie().value());
    }
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            SessionAuthenticator.of(Sessions.of(Sallyport.of(users, store))));
    cookies.check(chain);
  }

  /** The chain. */
  @Benchmark
  public AuthResult authenticate() {
    return cookies.any(chain);
  }
}
