package dev.sallyport.benchmarks.redis;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import dev.sallyport.AuthRequest;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.redis.RedisUrl;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.UnifiedJedis;

/**
 * Redis servers of its own with so many sessions, one a user, and one that is asked for. Users are
 * in memory, so that only what Redis does is measured.
 */
final class RedisScene implements AutoCloseable {
  static final String USER = "alice";

  private static final int OTHERS = 1000;

  final UnifiedJedis jedis;
  final Sessions sessions;

  /** The secret of the session of {@link #USER}. */
  final String secret;

  /** Those of other users' sessions, on all nodes. */
  final List<String> others;

  /** Where the server is, or one of the Cluster's. */
  final int port;

  /** The servers, without replicas. */
  final List<RedisProcess> masters;

  private final AutoCloseable servers;

  RedisScene(boolean isCluster, int size) {
    String url;
    if (isCluster) {
      RedisCluster cluster = RedisCluster.start();
      servers = cluster;
      masters = cluster.masters();
      url = cluster.url();
    } else {
      RedisProcess server = RedisProcess.start(RedisProcess.keeping());
      servers = server;
      masters = List.of(server);
      url = "redis://" + server.address();
    }
    port = masters.get(0).port();
    jedis = RedisUrl.of(url).connect();
    AccountStore users = CredentialStore.inMemory();
    sessions = Sessions.of(Sallyport.of(users, RedisStores.of(jedis).tokens()));
    List<User> known = IntStream.range(1, OTHERS).mapToObj(RedisScene::user).toList();
    known.forEach(users::insert);
    others = known.stream().map(this::start).toList();
    // Only those who send requests are stored, so that there is room for a million sessions.
    IntStream.range(OTHERS, size).parallel().forEach(number -> start(user(number)));
    User user = User.builder(USER, USER).build();
    users.insert(user);
    secret = start(user);
  }

  private static User user(int number) {
    return User.builder("u" + number, "user" + number).build();
  }

  private String start(User user) {
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true)
            .build();
    return ((SessionResult.Started) sessions.start(user, Instant.now(), login, false))
        .cookie()
        .value();
  }

  @Override
  public void close() throws Exception {
    jedis.close();
    servers.close();
  }
}
