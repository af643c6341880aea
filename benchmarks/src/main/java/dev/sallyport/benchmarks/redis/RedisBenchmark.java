package dev.sallyport.benchmarks.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.benchmarks.OneField;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.SecretDigest;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/**
 * A request with the cookie of a session in Redis. The floors are bare commands over the same
 * client: the pointer and then the record, as in a Cluster, and one read of a record whose place is
 * known. Spring Session, over Lettuce, reads a session and its attributes, and knows no user; its
 * request filter writes the time of the use at each request.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 20, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class RedisBenchmark {
  /** One server, or three masters with a replica each. */
  @Param({"one", "cluster"})
  public String servers;

  /** How many sessions there are. */
  @Param({"1000", "30000", "1000000"})
  public int size;

  private final InetAddress client = InetAddress.getLoopbackAddress();
  private RedisScene scene;
  private AuthenticatorChain chain;
  private byte[] cookie;
  private byte[] pointer;
  private byte[] hash;
  private byte[] field;
  private LettuceConnectionFactory connections;
  private SessionRepository<Session> spring;
  private String springId;

  /** Fills the servers, and logs in. */
  @Setup
  public void setUp() throws Exception {
    scene = new RedisScene(servers.equals("cluster"), size);
    cookie = ("__Host-session=" + scene.secret).getBytes(ISO_8859_1);
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            SessionAuthenticator.of(scene.sessions));
    String key = SecretDigest.of(scene.secret).text();
    pointer = ("sallyport:p:" + key).getBytes(ISO_8859_1);
    field = key.getBytes(ISO_8859_1);
    hash = hash(scene.jedis.get(pointer));
    springId = startSpring();
    if (!(chain() instanceof Authenticated who)
        || !who.principal().id().equals(RedisScene.USER)
        || !new String(pointerAndRecord(), UTF_8).contains(RedisScene.USER)
        || !new String(record(), UTF_8).contains(RedisScene.USER)
        || !RedisScene.USER.equals(springFinds().getAttribute("user"))) {
      throw new IllegalStateException("Not all of them find the session");
    }
  }

  @SuppressWarnings("unchecked")
  private String startSpring() {
    connections =
        servers.equals("cluster")
            ? new LettuceConnectionFactory(
                new RedisClusterConfiguration(List.of("127.0.0.1:" + scene.port)))
            : new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", scene.port));
    connections.afterPropertiesSet();
    connections.start();
    RedisTemplate<String, Object> template = new RedisTemplate<>();
    template.setKeySerializer(RedisSerializer.string());
    template.setHashKeySerializer(RedisSerializer.string());
    template.setConnectionFactory(connections);
    template.afterPropertiesSet();
    spring =
        (SessionRepository<Session>) (SessionRepository<?>) new RedisSessionRepository(template);
    Session session = null;
    for (int i = 0; i < 1000; i++) {
      session = spring.createSession();
      session.setAttribute("user", RedisScene.USER);
      spring.save(session);
    }
    return session.getId();
  }

  private static byte[] hash(byte[] user) {
    return ("sallyport:u:{" + new String(user, ISO_8859_1) + "}").getBytes(ISO_8859_1);
  }

  /** Stops the servers. */
  @TearDown
  public void tearDown() throws Exception {
    connections.destroy();
    scene.close();
  }

  /** The chain. */
  @Benchmark
  public AuthResult chain() {
    OneField field = OneField.of("Cookie", cookie);
    return chain.authenticate(AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  /** Two bare reads. */
  @Benchmark
  public byte[] pointerAndRecord() {
    return scene.jedis.hget(hash(scene.jedis.get(pointer)), field);
  }

  /** One bare read. */
  @Benchmark
  public byte[] record() {
    return scene.jedis.hget(hash, field);
  }

  /** Spring Session, reading only. */
  @Benchmark
  public Session springFinds() {
    return spring.findById(springId);
  }

  /** Spring Session, as its request filter does. */
  @Benchmark
  public Session springFindsTouchesSaves() {
    Session session = spring.findById(springId);
    session.setLastAccessedTime(Instant.now());
    spring.save(session);
    return session;
  }
}
