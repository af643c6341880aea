package dev.sallyport.benchmarks;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
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

/**
 * What a member of a chain costs that says "not mine": JWT, Token, Basic and Session beside Session
 * alone, for a request with a session's cookie and for one with nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class ChainBenchmark {
  private final InetAddress client = InetAddress.getLoopbackAddress();
  private final byte[] language = "en-GB,en;q=0.9".getBytes(StandardCharsets.ISO_8859_1);
  private AuthenticatorChain four;
  private AuthenticatorChain one;
  private byte[] cookie;

  /** Logs in. */
  @Setup
  public void setUp() {
    AccountStore users = CredentialStore.inMemory();
    TokenStore store = TokenStore.inMemory();
    Sessions sessions = Sessions.of(Sallyport.of(users, store));
    User user = User.builder("id", "alice").build();
    users.insert(user);
    SessionResult start = sessions.start(user, Instant.now(), nothing(), false);
    String id = ((SessionResult.Started) start).cookie().value();
    cookie = ("__Host-session=" + id).getBytes(StandardCharsets.ISO_8859_1);
    SecureRandom random = new SecureRandom();
    JwtIssuer issuer = JwtIssuer.of("i", "a", keys(JwsAlgorithm.ES256, random));
    SessionAuthenticator session = SessionAuthenticator.of(sessions);
    four =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            JwtAuthenticator.of(
                RefreshFamilies.of(
                    Sallyport.of(users, store), issuer, keys(JwsAlgorithm.HS256, random))),
            TokenAuthenticator.of(Tokens.of(Sallyport.of(users, store))),
            BasicAuthenticator.of(Passwords.of(users)),
            session);
    one = AuthenticatorChain.of(AuthEnvironment.standard().withListener(event -> {}), session);
    if (!(fourLast() instanceof Authenticated)
        || !(oneLast() instanceof Authenticated)
        || !(fourNobody() instanceof NotAttempted)
        || !(oneNobody() instanceof NotAttempted)) {
      throw new IllegalStateException("A chain says something else");
    }
  }

  private static SigningKeySet keys(JwsAlgorithm algorithm, SecureRandom random) {
    return SigningKeySet.of(SigningKey.generate(algorithm, random));
  }

  private AuthRequest nothing() {
    return AuthRequest.builder("GET", "/", null, client, true)
        .headers(OneField.of("Accept-Language", language))
        .build();
  }

  private AuthRequest withCookie() {
    return AuthRequest.builder("GET", "/", null, client, true)
        .headers(OneField.of("Cookie", cookie))
        .build();
  }

  /** The request alone, which all of them make. */
  @Benchmark
  public AuthRequest request() {
    return nothing();
  }

  /** Four, of which the last takes it. */
  @Benchmark
  public AuthResult fourLast() {
    return four.authenticate(withCookie());
  }

  /** One, which takes it. */
  @Benchmark
  public AuthResult oneLast() {
    return one.authenticate(withCookie());
  }

  /** Four, and nothing to take. */
  @Benchmark
  public AuthResult fourNobody() {
    return four.authenticate(nothing());
  }

  /** One, and nothing to take. */
  @Benchmark
  public AuthResult oneNobody() {
    return one.authenticate(nothing());
  }
}
