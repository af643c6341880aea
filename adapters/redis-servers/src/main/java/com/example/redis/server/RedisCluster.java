package com.example.redis.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Three masters, each with one replica, of real servers. */
public final class RedisCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();
  private final RedisClusterClient client;

  private static final class Shared {
    static final RedisCluster CLUSTER = new RedisCluster(port -> List.of());
  }

  private RedisCluster(IntFunction<List<String>> options) {
    for (int i = 0; i < 2 * MASTERS; i++) {
      nodes.add(node(options));
    }
    for (int i = 0; i < nodes.size(); i++) {
      meet(i);
    }
    awaits(node -> node.clusterInfo().contains("cluster_known_nodes:" + nodes.size()));
    for (int i = 0; i < MASTERS; i++) {
      String master = asks(nodes.get(i), Jedis::clusterMyId);
      RedisProcess replica = nodes.get(MASTERS + i);
      await(() -> asks(replica, node -> node.clusterNodes().contains(master)));
      asks(replica, node -> node.clusterReplicate(master));
    }
    awaitHealth();
    client = client(PATIENCE, 5);
  }

  /** The one that all tests share who leave it as it is. */
  public static RedisCluster shared() {
    return Shared.CLUSTER;
  }

  /** Starts one that is its test's own. */
  public static RedisCluster start() {
    return start(port -> List.of());
  }

  /**
   * Starts one with more options.
   *
   * @param options those of a node, by its port; later ones win
   */
  public static RedisCluster start(IntFunction<List<String>> options) {
    return new RedisCluster(options);
  }

  private static RedisProcess node(IntFunction<List<String>> options) {
    int port = RedisProcess.freePort();
    String bus = Integer.toString(RedisProcess.freePort());
    List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-port", bus));
    all.addAll(List.of("--cluster-node-timeout", "5000"));
    all.addAll(List.of("--cluster-require-full-coverage", "no"));
    all.addAll(List.of(RedisProcess.keeping()));
    all.addAll(options.apply(port));
    return RedisProcess.start(port, all);
  }

  private static String bus(RedisProcess node) {
    String setting = "cluster-port";
    return asks(node, asked -> Objects.toString(asked.configGet(setting).get(setting)));
  }

  private void meet(int number) {
    try (Jedis node = nodes.get(number).admin()) {
      node.clusterSetConfigEpoch(number + 1);
      if (number < MASTERS) {
        node.clusterAddSlotsRange(SLOTS * number / MASTERS, SLOTS * (number + 1) / MASTERS - 1);
      }
    }
    try (Jedis first = nodes.get(0).admin()) {
      String port = Integer.toString(nodes.get(number).port());
      first.sendCommand(Command.CLUSTER, "MEET", "127.0.0.1", port, bus(nodes.get(number)));
    }
  }

  /** Waits until there are three masters and three replicas that have what their masters have. */
  public void awaitHealth() {
    awaits(node -> node.clusterInfo().contains("cluster_state:ok"));
    awaits(node -> node.clusterNodes().split("slave ", -1).length == MASTERS + 1);
    awaits(node -> !node.clusterNodes().contains("fail"));
    for (RedisProcess one : nodes) {
      await(
          () -> {
            String info = asks(one, node -> node.info("replication"));
            return info.contains("role:master") || info.contains("link_status:up");
          });
    }
  }

  /** The nodes that run and are masters now. */
  public List<RedisProcess> masters() {
    return nodes.stream().filter(RedisCluster::isMaster).toList();
  }

  private static boolean isMaster(RedisProcess process) {
    try {
      return asks(process, node -> node.info("replication").contains("role:master"));
    } catch (JedisConnectionException e) {
      return false; // it was stopped
    }
  }

  /** A client of its own. */
  public RedisClusterClient client(Duration wait, int attempts) {
    return RedisClusterClient.builder()
        .nodes(addresses())
        .clientConfig(RedisClients.config(wait))
        .poolConfig(RedisClients.pool(wait))
        .maxAttempts(attempts)
        .topologyRefreshPeriod(Duration.ofSeconds(1))
        .build();
  }

  /** A patient client. */
  public RedisClusterClient client() {
    return client;
  }

  /** Where all nodes are. */
  public Set<HostAndPort> addresses() {
    return nodes.stream()
        .map(RedisProcess::address)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The URL that names all nodes. */
  public String url() {
    return addresses().stream()
        .map(HostAndPort::toString)
        .collect(Collectors.joining(",", "redis://", ""));
  }

  /** All nodes; unless there was a failover, the first three are masters. */
  public List<RedisProcess> nodes() {
    return nodes;
  }

  /** Removes all that is stored. */
  public void flush() {
    masters().forEach(master -> asks(master, Jedis::flushAll));
  }

  private void awaits(Predicate<Jedis> condition) {
    for (RedisProcess one : nodes) {
      await(() -> asks(one, condition::test));
    }
  }

  private static <T> T asks(RedisProcess process, Function<Jedis, T> question) {
    try (Jedis node = process.admin()) {
      return question.apply(node);
    }
  }

  /** For what only the servers know, and tell when they are asked. */
  public static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new IllegalStateException("The servers have not agreed within a minute");
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Override
  public void close() {
    client.close();
    nodes.forEach(RedisProcess::close);
  }
}
