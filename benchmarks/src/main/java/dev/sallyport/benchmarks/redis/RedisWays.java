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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/**
 * The ways to find a session in Redis. The floors are bare commands over our client: the pointer
 * and then the record, as in a Cluster, and one read of a record whose place is known. Spring
 * Session, over Lettuce, reads a session and its attributes, and knows no user; its request filter
 * writes the time of the use at each request.
 */
final class RedisWays implements AutoCloseable {
  private final InetAddress client = InetAddress.getLoopbackAddress();
  private final RedisScene scene;
  private final AuthenticatorChain chain;
  private final byte[] cookie;
  private final byte[] pointer;
  private final byte[] field;
  private final byte[] hash;
  private final LettuceConnectionFactory connections;
  private final SessionRepository<Session> spring;
  private final String springId;

  RedisWays(RedisScene scene) {
    this.scene = scene;
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            SessionAuthenticator.of(scene.sessions));
    cookie = cookie(scene.secret);
    String key = SecretDigest.of(scene.secret).text();
    pointer = ("sallyport:p:" + key).getBytes(ISO_8859_1);
    field = key.getBytes(ISO_8859_1);
    hash = hash(scene.jedis.get(pointer));
    connections =
        scene.masters.size() > 1
            ? new LettuceConnectionFactory(
                new RedisClusterConfiguration(List.of("127.0.0.1:" + scene.port)))
            : new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", scene.port));
    connections.afterPropertiesSet();
    connections.start();
    spring = repository();
    Session session = spring.createSession();
    session.setAttribute("user", RedisScene.USER);
    spring.save(session);
    springId = session.getId();
    if (!(chain(cookie) instanceof Authenticated who)
        || !who.principal().id().equals(RedisScene.USER)
        || !new String(pointerAndRecord(), UTF_8).contains(RedisScene.USER)
        || !new String(record(), UTF_8).contains(RedisScene.USER)
        || !RedisScene.USER.equals(springFinds().getAttribute("user"))) {
      throw new IllegalStateException("Not all of them find the session");
    }
  }

  @SuppressWarnings("unchecked")
  private SessionRepository<Session> repository() {
    RedisTemplate<String, Object> template = new RedisTemplate<>();
    template.setKeySerializer(RedisSerializer.string());
    template.setHashKeySerializer(RedisSerializer.string());
    template.setConnectionFactory(connections);
    template.afterPropertiesSet();
    return (SessionRepository<Session>) (SessionRepository<?>) new RedisSessionRepository(template);
  }

  private static byte[] cookie(String secret) {
    return ("__Host-session=" + secret).getBytes(ISO_8859_1);
  }

  private static byte[] hash(byte[] user) {
    return ("sallyport:u:{" + new String(user, ISO_8859_1) + "}").getBytes(ISO_8859_1);
  }

  /** All of them, by name. */
  Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("ours", () -> chain(cookie));
    all.put("pointer and record, bare", this::pointerAndRecord);
    all.put("record, bare", this::record);
    all.put("Spring Session, reading", this::springFinds);
    all.put("Spring Session, as its filter does", this::springFindsTouchesSaves);
    return all;
  }

  /** A request of each of the other users. */
  void askForOthers() {
    for (String secret : scene.others) {
      if (!(chain(cookie(secret)) instanceof Authenticated)) {
        throw new IllegalStateException("A session is not found");
      }
    }
  }

  private AuthResult chain(byte[] cookie) {
    OneField field = OneField.of("Cookie", cookie);
    return chain.authenticate(
        AuthRequest.builder("GET", "/", null, client, true).headers(field).build());
  }

  private byte[] pointerAndRecord() {
    return scene.jedis.hget(hash(scene.jedis.get(pointer)), field);
  }

  private byte[] record() {
    return scene.jedis.hget(hash, field);
  }

  private Session springFinds() {
    return spring.findById(springId);
  }

  private Session springFindsTouchesSaves() {
    Session session = springFinds();
    session.setLastAccessedTime(Instant.now());
    spring.save(session);
    return session;
  }

  @Override
  public void close() {
    connections.destroy();
  }
}
