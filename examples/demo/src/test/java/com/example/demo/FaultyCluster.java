package com.example.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisCluster;
import com.example.redis.server.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Cluster whose nodes can be reached over cables, and what can happen to it. */
final class FaultyCluster implements AutoCloseable {
  static final String MOVING = "slots that move";

  private static final Duration EACH = Duration.ofMillis(2500);

  private final List<Cable> cables = new ArrayList<>();
  private final RedisCluster cluster;

  private FaultyCluster() {
    cluster = RedisCluster.start(this::behindCable);
  }

  static FaultyCluster start() {
    return new FaultyCluster();
  }

  /** Clients, and replicas, find a node at its cable. */
  private List<String> behindCable(int port) {
    try {
      Cable cable = new Cable(port);
      cables.add(cable);
      List<String> options = new ArrayList<>(List.of("--bind", "127.0.0.1", Cable.HOST));
      options.addAll(List.of("--cluster-announce-ip", Cable.HOST));
      options.addAll(List.of("--cluster-announce-port", Integer.toString(cable.port())));
      options.addAll(List.of("--cluster-node-timeout", "3000"));
      options.addAll(List.of("--enable-debug-command", "local"));
      return options;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the setting {@code STORE}. */
  String url() {
    return cables.stream()
        .map(cable -> Cable.HOST + ":" + cable.port())
        .collect(Collectors.joining(",", "redis://", ""));
  }

  void awaitHealth() {
    cluster.awaitHealth();
  }

  /** Which nodes are masters. */
  String masters() {
    return cluster.masters().stream()
        .map(master -> master.address().toString())
        .collect(Collectors.joining(","));
  }

  /** What is done to the Cluster, and undone before this returns. */
  interface Fault {
    void happen(Load load) throws Exception;
  }

  Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("CLIENT PAUSE", this::pause);
    faults.put("DEBUG SLEEP", this::sleep);
    faults.put("a full memory", this::fullMemory);
    faults.put(MOVING, this::reshard);
    faults.put("a network that drops", this::drop);
    faults.put("kill -9 of a master", this::kill);
    return faults;
  }

  private void onMasters(Consumer<Jedis> command) {
    for (RedisProcess master : cluster.masters()) {
      try (Jedis admin = master.admin()) {
        command.accept(admin);
      }
    }
  }

  private void pause(Load load) throws Exception {
    onMasters(master -> master.clientPause(EACH.toMillis()));
    load.goOn(EACH);
  }

  /** For less than the others need to take it for dead. */
  private void sleep(Load load) throws Exception {
    try (Jedis admin = busiest().admin()) {
      admin.sendCommand(() -> "DEBUG".getBytes(US_ASCII), "SLEEP", "1.8");
    }
    load.goOn(EACH.dividedBy(3));
  }

  private void fullMemory(Load load) throws Exception {
    onMasters(master -> master.configSet("maxmemory", "1"));
    load.goOn(EACH);
    onMasters(master -> master.configSet("maxmemory", "0"));
  }

  private void drop(Load load) throws Exception {
    cables.forEach(Cable::block);
    load.goOn(EACH.dividedBy(2));
    cables.forEach(Cable::cut);
    load.goOn(EACH.dividedBy(2));
    cables.forEach(Cable::mend);
  }

  private void kill(Load load) throws Exception {
    RedisProcess master = busiest();
    master.stop();
    load.goOn(EACH);
    RedisCluster.await(() -> cluster.masters().size() == 3);
    master.restart();
  }

  /** The master of most users. */
  private RedisProcess busiest() {
    return Collections.max(cluster.masters(), Comparator.comparingInt(node -> users(node).size()));
  }

  private static Set<String> users(RedisProcess node) {
    try (Jedis admin = node.admin()) {
      return admin.keys("sallyport:u:*");
    }
  }

  private void reshard(Load load) throws Exception {
    RedisProcess from = busiest();
    List<RedisProcess> others = new ArrayList<>(cluster.masters());
    others.remove(from);
    RedisProcess to = others.get(0);
    Set<String> users = users(from);
    try (Jedis source = from.admin();
        Jedis target = to.admin()) {
      for (String user : users) {
        int slot = JedisClusterCRC16.getSlot(user);
        target.clusterSetSlotImporting(slot, source.clusterMyId());
        source.clusterSetSlotMigrating(slot, target.clusterMyId());
        load.goOn(EACH.dividedBy(2L * users.size()));
        for (String key : source.clusterGetKeysInSlot(slot, 1000)) {
          source.migrate("127.0.0.1", to.port(), 10_000, new MigrateParams(), key);
        }
        load.goOn(EACH.dividedBy(2L * users.size()));
        target.clusterSetSlotNode(slot, target.clusterMyId());
        source.clusterSetSlotNode(slot, target.clusterMyId());
      }
    }
    assertThat(users).isNotEmpty();
    assertThat(users(from)).doesNotContainAnyElementsOf(users);
  }

  @Override
  public void close() {
    cluster.close();
    cables.forEach(Cable::close);
  }
}
