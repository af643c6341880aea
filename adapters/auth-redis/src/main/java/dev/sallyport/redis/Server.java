package dev.sallyport.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** The host's client, and how it is to be asked. */
final class Server {
  private final UnifiedJedis jedis;
  private final Keys keys;
  private final Duration timeout;
  private final @Nullable Copies copies;
  private final boolean isCluster;

  /** Tells the calls of this node from those of others. */
  private final String node;

  private final AtomicLong calls = new AtomicLong();

  Server(
      UnifiedJedis jedis, Keys keys, Duration timeout, @Nullable Copies copies, boolean isCluster) {
    this.jedis = jedis;
    this.keys = keys;
    this.timeout = timeout;
    this.copies = copies;
    this.isCluster = isCluster;
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    node = HexFormat.of().formatHex(random);
  }

  /**
   * On how many replicas a change has to be, and how long to wait for that.
   *
   * @param replicas how many
   * @param timeout how long
   */
  record Copies(int replicas, Duration timeout) {}

  /**
   * Begins a call.
   *
   * @param what what could not be done if it fails, for the message: "find a record"
   */
  Call call(String what) {
    return new Call(this, what, node + Long.toHexString(calls.incrementAndGet()));
  }

  UnifiedJedis jedis() {
    return jedis;
  }

  Keys keys() {
    return keys;
  }

  Duration timeout() {
    return timeout;
  }

  @Nullable Copies copies() {
    return copies;
  }

  /** Whether a script may use only the keys that it was given. */
  boolean isCluster() {
    return isCluster;
  }

  @Override
  public String toString() {
    return isCluster ? "Cluster" : "Redis";
  }
}
