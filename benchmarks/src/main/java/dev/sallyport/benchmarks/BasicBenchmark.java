package dev.sallyport.benchmarks;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.HeaderSource;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Basic in every request of one user among 1,024, whose password was right a moment ago. The floor
 * is the HMAC of the password and two map look-ups.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class BasicBenchmark {
  private static final int USERS = 1024;
  private static final String PASSWORD = "correct horse battery staple";

  /** Who hears of the events. */
  @Param({"none", "slf4j"})
  public String listener;

  private final InetAddress client = InetAddress.getLoopbackAddress();
  private byte[] header;
  private AuthenticatorChain chain;

  private byte[] password;
  private String name;
  private Mac keyed;
  private Map<String, User> users;
  private Map<ByteBuffer, Boolean> verified;

  /** Registers the users and has one of them verified. */
  @Setup
  public void setUp() throws Exception {
    AccountStore store = CredentialStore.inMemory();
    users = new ConcurrentHashMap<>();
    String hash = BcryptHasher.ofCost(10).hash(Password.of(PASSWORD), new SecureRandom());
    for (int i = 0; i < USERS; i++) {
      User user = User.builder("id-" + i, "user" + i).passwordHash(hash).build();
      store.insert(user);
      users.put(user.name(), user);
    }
    name = "user512";
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), store)
            .hasher(BcryptHasher.ofCost(10))
            .build();
    AuthListener nobody = event -> {};
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard()
                .withListener(listener.equals("none") ? nobody : AuthListener.slf4j()),
            BasicAuthenticator.of(passwords));
    byte[] pair = (name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    header =
        ("Basic " + Base64.getEncoder().encodeToString(pair)).getBytes(StandardCharsets.US_ASCII);

    password = PASSWORD.getBytes(StandardCharsets.UTF_8);
    keyed = Mac.getInstance("HmacSHA256");
    keyed.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    verified = new ConcurrentHashMap<>();
    verified.put(ByteBuffer.wrap(((Mac) keyed.clone()).doFinal(password)), true);

    AuthResult result = chain();
    if (!(result instanceof Authenticated who) || !who.principal().name().equals(name)) {
      throw new IllegalStateException("The chain says " + result);
    }
    if (!floor()) {
      throw new IllegalStateException("The floor finds nothing");
    }
  }

  /** The chain. The header is a new string for each request, as a server makes it. */
  @Benchmark
  public AuthResult chain() {
    Field field = new Field(List.of(new String(header, StandardCharsets.US_ASCII)));
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  /** The header of a request, read in place as an adapter does. */
  private record Field(List<String> authorization) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return name.equals("Authorization") ? authorization : List.of();
    }

    @Override
    public Collection<String> names() {
      return List.of("Authorization");
    }
  }

  /** The floor. */
  @Benchmark
  public boolean floor() throws CloneNotSupportedException {
    User user = users.get(name);
    byte[] digest = ((Mac) keyed.clone()).doFinal(password);
    return user != null && verified.containsKey(ByteBuffer.wrap(digest));
  }
}
