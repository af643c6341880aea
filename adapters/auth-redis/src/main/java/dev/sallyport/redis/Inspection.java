package dev.sallyport.redis;

import dev.sallyport.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.Pool;
import redis.clients.jedis.util.SafeEncoder;

/** Looks at a client and its servers before they are used. */
final class Inspection {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStores.class);

  private final UnifiedJedis jedis;
  private final Duration timeout;
  private final Set<String> warnings = new TreeSet<>();
  private boolean isCluster;

  private Inspection(UnifiedJedis jedis, Duration timeout) {
    this.jedis = jedis;
    this.timeout = timeout;
    this.isCluster = !nodes().isEmpty();
  }

  /**
   * Inspects, and logs a warning of each thing that the host should know.
   *
   * @return whether scripts may use only the keys that they are given
   * @throws IllegalStateException if a server evicts
   * @throws IllegalArgumentException if the client may wait for too long
   * @throws StoreUnavailableException if no server can be reached
   */
  static boolean isCluster(UnifiedJedis jedis, Duration timeout) {
    Inspection inspection = new Inspection(jedis, timeout);
    inspection.look();
    inspection.warnings.forEach(LOG::warn);
    return inspection.isCluster;
  }

  private void look() {
    Collection<? extends Pool<Connection>> pools = pools();
    if (pools.isEmpty()) {
      look(() -> text(jedis.executeCommand(new CommandArguments(Command.INFO))));
      return;
    }
    StoreUnavailableException failed = null;
    int reached = 0;
    for (Pool<Connection> pool : pools) {
      checkWait(pool);
      try {
        look(() -> info(pool));
        reached++;
      } catch (StoreUnavailableException e) { // a replica that is down, perhaps
        failed = e;
      }
    }
    if (reached == 0 && failed != null) {
      throw failed;
    }
  }

  private String info(Pool<Connection> pool) {
    try (Connection connection = pool.getResource()) {
      checkAnswer(connection.getSoTimeout(), pool);
      return text(connection.executeCommand(Command.INFO));
    }
  }

  private static String text(Object bulk) {
    return SafeEncoder.encode((byte[]) bulk);
  }

  /** Where INFO comes from. */
  private interface Source {
    String read();
  }

  private void look(Source source) {
    try {
      judge(facts(source.read()));
    } catch (JedisDataException e) { // ACL, or a service without it
      warnings.add(
          "Redis does not let this client read INFO, so its maxmemory-policy and persistence were"
              + " not checked: the policy must be noeviction, and appendonly should be yes");
      isCluster = true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreUnavailableException("Redis can't be reached", e);
    }
  }

  private static Map<String, String> facts(String info) {
    Map<String, String> facts = new HashMap<>();
    for (String line : info.split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        facts.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return facts;
  }

  private void judge(Map<String, String> facts) {
    String policy = facts.get("maxmemory_policy");
    if (policy == null) {
      warnings.add(
          "Redis does not tell its maxmemory-policy, so it was not checked: it must be noeviction");
    } else if (!policy.equals("noeviction")) {
      throw new IllegalStateException(
          "Redis has the maxmemory-policy "
              + policy
              + ", which drops sessions and counts when memory is full; it must be noeviction");
    }
    if (!"1".equals(facts.get("aof_enabled"))) {
      warnings.add(
          "Redis keeps no append-only file: after a restart, what was written since its last"
              + " snapshot is lost; set appendonly yes");
    }
    isCluster |= !"standalone".equals(facts.get("redis_mode"));
  }

  private void checkWait(Pool<Connection> pool) {
    Duration wait = pool.getMaxWaitDuration();
    if (pool.getBlockWhenExhausted() && (wait.isNegative() || wait.compareTo(timeout) >= 0)) {
      throw new IllegalArgumentException(
          "The client's pool may wait "
              + (wait.isNegative() ? "for ever" : wait)
              + " for a connection; that must be shorter than the timeout of "
              + timeout
              + ": ConnectionPoolConfig.setMaxWait");
    }
  }

  private void checkAnswer(int soTimeoutMillis, Pool<Connection> pool) {
    Duration wait = pool.getBlockWhenExhausted() ? pool.getMaxWaitDuration() : Duration.ZERO;
    Duration answer = Duration.ofMillis(soTimeoutMillis);
    if (answer.isZero() || answer.plus(wait).compareTo(timeout) > 0) {
      throw new IllegalArgumentException(
          "The client may wait "
              + wait
              + " for a connection and "
              + (answer.isZero() ? "for ever" : answer)
              + " for an answer; together that must not be longer than the timeout of "
              + timeout
              + ": DefaultJedisClientConfig.socketTimeoutMillis");
    }
  }

  /** The pools that the client shows; one behind Sentinel does not. */
  @SuppressWarnings("deprecation") // hosts still have it
  private Collection<? extends Pool<Connection>> pools() {
    if (jedis instanceof RedisClient client) {
      return List.of(client.getPool());
    }
    if (jedis instanceof JedisPooled client) {
      return List.of(client.getPool());
    }
    return nodes().values();
  }

  @SuppressWarnings("deprecation")
  private Map<String, ? extends Pool<Connection>> nodes() {
    if (jedis instanceof RedisClusterClient client) {
      return client.getClusterNodes();
    }
    return jedis instanceof JedisCluster client ? client.getClusterNodes() : Map.of();
  }
}
