package dev.sallyport.benchmarks;

import com.example.apikey.ApiKeyAuthenticator;
import com.example.apikey.ApiKeys;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.TransportSecurity;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.shiro.session.mgt.DefaultSessionKey;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

/**
 * A request with the cookie of one session among 1,024, through a chain of three schemes of which
 * the last takes it. The floor is the SHA-256 of the id by a reused digest, two map look-ups and
 * one clock reading. Spring Session and Shiro look a session up by its id, and know neither user,
 * cookie nor chain; Spring's request filter finds, touches and saves.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class SessionBenchmark {
  private static final int SESSIONS = 1024;

  private final InetAddress client = InetAddress.getLoopbackAddress();
  private byte[] cookie;
  private AuthenticatorChain chain;

  private byte[] id;
  private final Floor floor = new Floor();

  private MapSessionRepository spring;
  private byte[] springId;
  private DefaultSessionManager shiro;
  private byte[] shiroId;

  /** Logs in the users, here and at the peers. */
  @Setup
  public void setUp() {
    spring = new MapSessionRepository(new ConcurrentHashMap<>());
    shiro = new DefaultSessionManager();
    shiro.setSessionValidationSchedulerEnabled(false);

    AccountStore accounts = CredentialStore.inMemory();
    Sessions sessions = Sessions.of(Sallyport.of(accounts, TokenStore.inMemory()));
    AuthRequest login = AuthRequest.builder("POST", "/auth/login", null, client, true).build();
    for (int i = 0; i < SESSIONS; i++) {
      User user = User.builder("id-" + i, "user" + i).build();
      accounts.insert(user);
      SessionResult start = sessions.start(user, Instant.now(), login, false);
      String secret = ((SessionResult.Started) start).cookie().value();
      floor.add(secret, user);
      MapSession peer = spring.createSession();
      spring.save(peer);
      String shiros = shiro.start(null).getId().toString();
      if (i == SESSIONS / 2) {
        id = secret.getBytes(StandardCharsets.ISO_8859_1);
        cookie = ("theme=dark; __Host-session=" + secret).getBytes(StandardCharsets.ISO_8859_1);
        springId = peer.getId().getBytes(StandardCharsets.ISO_8859_1);
        shiroId = shiros.getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            new ApiKeyAuthenticator(ApiKeys.parse(List.of()), TransportSecurity.REQUIRED),
            BasicAuthenticator.of(Passwords.of(accounts)),
            SessionAuthenticator.of(sessions));
    compareResults();
  }

  private void compareResults() {
    String expected = "id-" + SESSIONS / 2;
    if (!(chain() instanceof Authenticated who) || !who.principal().id().equals(expected)) {
      throw new IllegalStateException("The chain says " + chain());
    }
    if (!floor().id().equals(expected) || springFinds() == null || shiroFinds() == null) {
      throw new IllegalStateException("The floor or a peer finds nothing");
    }
  }

  /** Shiro's threads would keep the process alive. */
  @TearDown
  public void tearDown() {
    shiro.destroy();
  }

  /** The chain. */
  @Benchmark
  public AuthResult chain() {
    OneField field = OneField.of("Cookie", cookie);
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  /** The floor. */
  @Benchmark
  public User floor() {
    return floor.find(id);
  }

  /** Spring Session, reading only. */
  @Benchmark
  public Object springFinds() {
    return spring.findById(new String(springId, StandardCharsets.ISO_8859_1));
  }

  /** Spring Session, as its request filter does. */
  @Benchmark
  public Object springFindsTouchesSaves() {
    MapSession session = spring.findById(new String(springId, StandardCharsets.ISO_8859_1));
    session.setLastAccessedTime(Instant.now());
    spring.save(session);
    return session;
  }

  /** Shiro's session manager, reading only. */
  @Benchmark
  public Object shiroFinds() {
    return shiro.getSession(
        new DefaultSessionKey(new String(shiroId, StandardCharsets.ISO_8859_1)));
  }

  /** Shiro's session manager, as its filter does. */
  @Benchmark
  public Object shiroFindsAndTouches() {
    DefaultSessionKey key = new DefaultSessionKey(new String(shiroId, StandardCharsets.ISO_8859_1));
    shiro.touch(key);
    return shiro.getSession(key);
  }
}
