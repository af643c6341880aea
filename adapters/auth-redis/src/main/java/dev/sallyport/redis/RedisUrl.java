package dev.sallyport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.StoreUnavailableException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Where a Redis or Valkey server is, or nodes of a Cluster, and who logs in there, as one text.
 * Immutable and thread-safe; shows no password.
 *
 * <pre>{@code
 * UnifiedJedis jedis = RedisUrl.of("rediss://redis.example:6379").connect();
 * RedisStores stores = RedisStores.of(jedis);
 * }</pre>
 *
 * <p>{@code rediss} is TLS, and the certificate must be the host's, by an authority of the JVM's
 * default trust store. User and password, with a colon between them, stand before the host and an
 * at sign; what they have of {@code %}, {@code :}, {@code /}, {@code ?}, {@code #} or an at sign is
 * percent-encoded (RFC 3986 §2.1). Without a port it is 6379. Several addresses, separated by
 * commas, are nodes of a Cluster; the others are found by them.
 */
public final class RedisUrl {
  static final String ALLOWED =
      "redis://host:port, or rediss:// for TLS; user:password@ before the host; /number behind the"
          + " port for a database; for a Cluster host:port,host:port";

  private static final Pattern URL =
      Pattern.compile("(rediss?)://(?:([^:@/?#]*):([^@/?#]+)@)?([^@/?#]+?)(?:/([0-9]{1,4})?)?");
  private static final Pattern NODE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9A-Za-z._-]+))(?::([0-9]{1,5}))?");

  private static final int CONNECTIONS = 64;
  private static final Duration FOR_A_CONNECTION = Duration.ofMillis(300);
  private static final Duration FOR_AN_ANSWER = Duration.ofMillis(600);
  private static final Duration FOR_ALL_ATTEMPTS = Duration.ofSeconds(1);
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;

  private final boolean tls;
  private final Set<HostAndPort> nodes;
  private final @Nullable String user;
  private final @Nullable String password;
  private final int database;

  private RedisUrl(Matcher url) {
    tls = url.group(1).equals("rediss");
    user = decoded(url.group(2));
    password = decoded(url.group(3));
    nodes = new LinkedHashSet<>();
    for (String node : url.group(4).split(",", -1)) {
      nodes.add(node(node));
    }
    database = url.group(5) == null ? 0 : Integer.parseInt(url.group(5));
    if (database > 0 && isCluster()) {
      throw new IllegalArgumentException("A Cluster of Redis has only the database 0");
    }
  }

  /**
   * Reads a URL.
   *
   * @param url the URL, as the class describes it
   * @return what it says
   * @throws IllegalArgumentException if it is anything else; the message doesn't show it
   */
  public static RedisUrl of(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw malformed();
    }
    return new RedisUrl(matcher);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("The URL of Redis must be " + ALLOWED);
  }

  /** In user info, a plus is a plus. */
  private static @Nullable String decoded(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) { // its message shows what it could not read
      throw malformed();
    }
  }

  private static HostAndPort node(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      throw malformed();
    }
    String host = node.group(1) == null ? node.group(2) : node.group(1);
    int port = node.group(3) == null ? 6379 : Integer.parseInt(node.group(3));
    if (port < 1 || port > 65_535) {
      throw malformed();
    }
    return new HostAndPort(host, port);
  }

  private boolean isCluster() {
    return nodes.size() > 1;
  }

  /**
   * Makes a client with a pool of 64 connections, in a Cluster for each node, and with limits to
   * all its waits that suit {@link RedisStores#of}.
   *
   * @return a new client, which is the caller's to close
   * @throws StoreUnavailableException if no node of a Cluster can be reached; a single server is
   *     not asked yet
   */
  public UnifiedJedis connect() {
    if (!isCluster()) {
      return RedisClient.builder()
          .hostAndPort(nodes.iterator().next())
          .clientConfig(config())
          .poolConfig(pool())
          .build();
    }
    try {
      return RedisClusterClient.builder()
          .nodes(nodes)
          .clientConfig(config())
          .poolConfig(pool())
          .maxAttempts(ATTEMPTS)
          .maxTotalRetriesDuration(FOR_ALL_ATTEMPTS)
          .topologyRefreshPeriod(REFRESH)
          .build();
    } catch (JedisException e) {
      throw new StoreUnavailableException("No node of the Redis Cluster can be reached", e);
    }
  }

  private JedisClientConfig config() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) FOR_A_CONNECTION.toMillis())
            .socketTimeoutMillis((int) FOR_AN_ANSWER.toMillis())
            .user(user)
            .password(password)
            .database(database);
    if (tls) {
      config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return config.build();
  }

  private static ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(FOR_A_CONNECTION);
    return pool;
  }

  /** {@return the URL without user and password} */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + nodes.stream().map(HostAndPort::toString).collect(Collectors.joining(","))
        + (database == 0 ? "" : "/" + database);
  }
}
