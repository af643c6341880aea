package dev.sallyport.benchmarks.growth;

import com.example.apikey.ApiKeyAuthenticator;
import com.example.apikey.ApiKeys;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.TransportSecurity;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
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

/** A request with a session's cookie, which the last member takes and no other looks for. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class MemberGrowth {
  /** How many members say "not mine". */
  @Param({"1", "10", "1000"})
  public int size;

  private Secrets cookies;
  private AuthenticatorChain chain;

  /** Logs in. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    Sessions sessions = Sessions.of(Sallyport.of(users, TokenStore.inMemory()));
    User user = User.builder("id", "alice").build();
    users.insert(user);
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
            .build();
    SessionResult start = sessions.start(user, Instant.now(), login, false);
    cookies = new Secrets("Cookie", 1);
    cookies.add("__Host-session=" + ((SessionResult.Started) start).cookie().value());
    Authenticator[] members = new Authenticator[size + 1];
    for (int i = 0; i < size; i++) {
      members[i] =
          Authenticator.named(
              "member-" + i,
              new ApiKeyAuthenticator(ApiKeys.parse(List.of()), TransportSecurity.REQUIRED));
    }
    members[size] = SessionAuthenticator.of(sessions);
    chain = AuthenticatorChain.of(AuthEnvironment.standard().withListener(event -> {}), members);
    cookies.check(chain);
  }

  /** The chain. */
  @Benchmark
  public AuthResult authenticate() {
    return cookies.any(chain);
  }
}
