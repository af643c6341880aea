package dev.sallyport.redis;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The stores of issued credentials and of the throttle's counts in Redis 6.2, Valkey 7.2 or newer:
 * alone, with replicas behind Sentinel, or as a cluster. Hosts that use the same server and prefix
 * share them. Users stay in a database.
 *
 * <pre>{@code
 * RedisStores stores = RedisStores.of(jedis);
 * AuthEnvironment environment = AuthEnvironment.standard().withCounts(stores.counts());
 * Sallyport auth = Sallyport.of(environment, users, stores.tokens());
 * }</pre>
 *
 * <p>Connections are those of the host's client. Its pool must not wait for ever, nor its sockets;
 * where the client shows how long they do, that is checked. Whatever it throws becomes {@link
 * dev.sallyport.StoreUnavailableException}; the next call tries again. A client that sends a
 * command again does no harm: the server remembers what it has answered. Immutable and safe for
 * many threads, and so is each store.
 */
public final class RedisStores {
  private final Server tokens;
  private final Server counts;

  private RedisStores(Server tokens, Server counts) {
    this.tokens = tokens;
    this.counts = counts;
  }

  /**
   * Opens the stores with a timeout of 1 s and the prefix {@code sallyport:}.
   *
   * @param jedis the client, which stays the host's to close
   * @return the stores
   * @throws IllegalStateException if a server's maxmemory-policy is not {@code noeviction}
   * @throws IllegalArgumentException if the client may wait longer than the timeout
   * @throws dev.sallyport.StoreUnavailableException if no server can be reached
   */
  public static RedisStores of(UnifiedJedis jedis) {
    return builder(jedis).build();
  }

  /**
   * Starts with a timeout of 1 s, the prefix {@code sallyport:}, and no wait for replicas.
   *
   * @param jedis the client, which stays the host's to close
   * @return a builder
   */
  public static Builder builder(UnifiedJedis jedis) {
    return new Builder(jedis);
  }

  /** {@return the store of issued credentials} There is nothing to prune: what ends, leaves. */
  public TokenStore tokens() {
    return new RedisTokens(tokens);
  }

  /**
   * {@return the store of the counts of failed attempts, which hold on all nodes} It has no bound
   * of its own; give it a server of its own where a flood of names must not fill that of sessions.
   */
  public ThrottleStore counts() {
    return new RedisCounts(counts);
  }

  @Override
  public String toString() {
    return "RedisStores[" + tokens + "]";
  }

  /** Builds {@link RedisStores}; not safe for several threads. */
  public static final class Builder {
    private static final Pattern PREFIX = Pattern.compile("[!-z|~]{0,64}");
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final UnifiedJedis jedis;
    private String prefix = "sallyport:";
    private Duration timeout = Duration.ofSeconds(1);
    private Server.@Nullable Copies copies;

    private Builder(UnifiedJedis jedis) {
      this.jedis = Objects.requireNonNull(jedis, "jedis");
    }

    /**
     * Sets what all keys begin with, so that several hosts can use one server.
     *
     * @param prefix at most 64 characters of printable ASCII, without spaces and braces; by default
     *     {@code sallyport:}
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder prefix(String prefix) {
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            "The prefix must be at most 64 characters of printable ASCII without spaces and"
                + " braces");
      }
      this.prefix = prefix;
      return this;
    }

    /**
     * Sets how long a call may take. A call of several commands begins none after it, and the
     * client's own wait for a connection and an answer must fit into it.
     *
     * @param timeout 50 ms to 60 s; by default 1 s
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder timeout(Duration timeout) {
      if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("The timeout must be 50 ms to 60 s, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Waits after each change of what is issued until replicas have it, so that a failover to one
     * of them loses nothing. Where they don't have it in time, the change throws {@link
     * dev.sallyport.StoreUnavailableException}, though the server has made it. Uses and counts that
     * a failover loses do no harm; nobody waits for counts.
     *
     * @param replicas how many replicas, at least 1
     * @param timeout how long to wait for them, at least 1 ms; shorter than the client's socket
     *     timeout
     * @return this
     * @throws IllegalArgumentException if one is out of range
     */
    public Builder waitForReplicas(int replicas, Duration timeout) {
      if (replicas < 1) {
        throw new IllegalArgumentException("There must be at least 1 replica, not " + replicas);
      }
      if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "The wait for replicas must be 1 ms to 60 s, not " + timeout);
      }
      this.copies = new Server.Copies(replicas, timeout);
      return this;
    }

    /**
     * Looks at the servers, and logs a warning if they keep no append-only file or don't let this
     * client see.
     *
     * @return the stores
     * @throws IllegalStateException if a server's maxmemory-policy is not {@code noeviction}
     * @throws IllegalArgumentException if the client may wait longer than the timeout
     * @throws dev.sallyport.StoreUnavailableException if no server can be reached
     */
    public RedisStores build() {
      boolean isCluster = Inspection.isCluster(jedis, timeout);
      Keys keys = new Keys(prefix);
      return new RedisStores(
          new Server(jedis, keys, timeout, copies, isCluster),
          new Server(jedis, keys, timeout, null, isCluster));
    }
  }
}
