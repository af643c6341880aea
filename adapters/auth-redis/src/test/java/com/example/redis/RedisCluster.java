package com.example.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;

/** Three masters, each with one replica, of real servers. */
final class RedisCluster implements AutoCloseable {
  /** The one that all tests share who leave it as it is. */
  static final RedisCluster SHARED = new RedisCluster();

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();
  private final RedisClusterClient client;

  RedisCluster() {
    for (int i = 0; i < 2 * MASTERS; i++) {
      nodes.add(
          RedisProcess.start(
              "--cluster-enabled",
              "yes",
              "--cluster-port",
              Integer.toString(RedisProcess.freePort()),
              "--cluster-node-timeout",
              "5000",
              "--cluster-require-full-coverage",
              "no",
              "--appendonly",
              "yes",
              "--appendfsync",
              "no"));
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
    awaits(node -> node.clusterInfo().contains("cluster_state:ok"));
    for (RedisProcess replica : nodes.subList(MASTERS, nodes.size())) {
      await(() -> asks(replica, node -> node.info("replication").contains("link_status:up")));
    }
    awaits(node -> node.clusterNodes().split("slave ", -1).length == MASTERS + 1);
    client = client(Servers.PATIENCE.dividedBy(3), 5);
  }

  private void meet(int number) {
    try (Jedis node = nodes.get(number).admin()) {
      node.clusterSetConfigEpoch(number + 1);
      if (number < MASTERS) {
        node.clusterAddSlotsRange(SLOTS * number / MASTERS, SLOTS * (number + 1) / MASTERS - 1);
      }
    }
    try (Jedis first = nodes.get(0).admin()) {
      String info =
          asks(nodes.get(number), node -> node.configGet("cluster-port").get("cluster-port"));
      first.sendCommand(
          Command.CLUSTER, "MEET", "127.0.0.1", Integer.toString(nodes.get(number).port()), info);
    }
  }

  /** A client of its own. */
  RedisClusterClient client(Duration wait, int attempts) {
    return RedisClusterClient.builder()
        .nodes(addresses())
        .clientConfig(Servers.config(wait))
        .poolConfig(Servers.pool(wait))
        .maxAttempts(attempts)
        .topologyRefreshPeriod(Duration.ofSeconds(1))
        .build();
  }

  RedisClusterClient client() {
    return client;
  }

  Set<HostAndPort> addresses() {
    return nodes.stream()
        .map(RedisProcess::address)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<RedisProcess> nodes() {
    return nodes;
  }

  void flush() {
    Servers.flush(client.getClusterNodes());
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
  static void await(BooleanSupplier condition) {
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
