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
import java.util.stream.IntStream;
import redis.clients.jedis.UnifiedJedis;

/**
 * Redis servers of its own with so many sessions, one a user, and one that is asked for. Users are
 * in memory, so that only what Redis does is measured.
 */
final class RedisScene implements AutoCloseable {
  static final String USER = "alice";

  final UnifiedJedis jedis;
  final Sessions sessions;

  /** The secret of the session of {@link #USER}. */
  final String secret;

  /** Where the server is, or one of the Cluster's. */
  final int port;

  private final AutoCloseable servers;

  RedisScene(boolean isCluster, int size) {
    String url;
    if (isCluster) {
      RedisCluster cluster = RedisCluster.start();
      servers = cluster;
      url = cluster.url();
      port = cluster.nodes().get(0).port();
    } else {
      RedisProcess server = RedisProcess.start(RedisProcess.keeping());
      servers = server;
      url = "redis://" + server.address();
      port = server.port();
    }
    jedis = RedisUrl.of(url).connect();
    AccountStore users = CredentialStore.inMemory();
    sessions = Sessions.of(Sallyport.of(users, RedisStores.of(jedis).tokens()));
    IntStream.range(1, size).parallel().forEach(i -> start(User.builder("u" + i, "user" + i).build()));
    User user = User.builder(USER, USER).build();
    users.insert(user);
    secret = start(user);
  }

  private String start(User user) {
    AuthRequest login =
        AuthRequest.builder("POST", "/auth/login", null, InetAddress.getLoopbackAddress(), true).build();
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
