package dev.sallyport.redis;

import dev.sallyport.StoreUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
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
    if (jedis.getCache() != null) {
      throw new IllegalArgumentException(
          "The client keeps what it has read, so it would find what was ended elsewhere; build one"
              + " without cacheConfig");
    }
    Map<?, ?> pools = pools();
    if (pools.isEmpty()) {
      look(jedis::info);
      return;
    }
    StoreUnavailableException failed = null;
    int reached = 0;
    for (Object shown : pools.values()) {
      Pool<?> pool = (Pool<?>) shown;
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

  private String info(Pool<?> pool) {
    try (Connection connection = (Connection) pool.getResource()) {
      checkAnswer(connection.getSoTimeout(), pool);
      return SafeEncoder.encode((byte[]) connection.executeCommand(Command.INFO));
    }
  }

  /** Where INFO comes from. */
  private interface Source {
    String read();
  }

  private void look(Source source) {
    try {
      judge(facts(source.read()));
    } catch (JedisDataException e) {
      if (!isForbidden(e)) {
        throw new StoreUnavailableException("Redis can't be asked: " + Call.code(e));
      }
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

  /** By an ACL, or by a service that has renamed the command. */
  private static boolean isForbidden(JedisDataException e) {
    return Call.code(e).equals("NOPERM")
        || String.valueOf(e.getMessage()).startsWith("ERR unknown command");
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

  private void checkWait(Pool<?> pool) {
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

  private void checkAnswer(int soTimeoutMillis, Pool<?> pool) {
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

  /**
   * The pools that the client shows, by host and port if it is a Cluster's; one behind Sentinel
   * shows none. They are asked for by name, since Jedis 7.0, 7.2 and 8 have other classes for this.
   */
  private Map<?, ?> pools() {
    Object pool = shown("getPool");
    return pool == null ? nodes() : Map.of("", pool);
  }

  private Map<?, ?> nodes() {
    return shown("getClusterNodes") instanceof Map<?, ?> nodes ? nodes : Map.of();
  }

  private @Nullable Object shown(String method) {
    try {
      return jedis.getClass().getMethod(method).invoke(jedis);
    } catch (ReflectiveOperationException e) {
      return null; // it has no such method
    }
  }
}
