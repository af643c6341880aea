package dev.sallyport.benchmarks.redis;

import com.example.redis.server.RedisProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/**
 * How long a request with a session in Redis takes, and what it costs the servers. A round trip on
 * a machine that is otherwise idle takes two or three times as long at one time as at another, as
 * its processors fall asleep. So the ways take turns, a few calls each, in another order each
 * round, and medians are compared.
 */
public final class RedisRounds {
  private static final List<Integer> SIZES = List.of(1000, 30_000, 1_000_000);
  private static final int CALLS = 50;

  private RedisRounds() {}

  /**
   * Measures, and prints two tables.
   *
   * @param args how many rounds; 400 by default
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 400 : Integer.parseInt(args[0]);
    for (boolean isCluster : List.of(false, true)) {
      for (int size : SIZES) {
        try (RedisScene scene = new RedisScene(isCluster, size);
            RedisWays ways = new RedisWays(scene)) {
          String row =
              String.format(Locale.ROOT, "%,d, %s", size, isCluster ? "Cluster" : "one server");
          times(row, ways.all(), rounds);
          servers(row, scene, ways, rounds);
        }
      }
    }
  }

  private static void times(String row, Map<String, Supplier<Object>> ways, int rounds) {
    List<Supplier<Object>> all = List.copyOf(ways.values());
    List<Integer> order = IntStream.range(0, all.size()).boxed().toList();
    double[][] micros = new double[all.size()][rounds];
    for (int round = -rounds; round < rounds; round++) { // the first half warms up
      order = shuffled(order);
      for (int way : order) {
        double taken = micros(all.get(way));
        if (round >= 0) {
          micros[way][round] = taken;
        }
      }
    }
    StringBuilder line = new StringBuilder("| " + row + " |");
    for (double[] taken : micros) {
      line.append(
          String.format(Locale.ROOT, " %.1f µs (%.2f) |", median(taken), ratio(micros[0], taken)));
    }
    System.out.println(line + "  (" + String.join("; ", ways.keySet()) + ")");
  }

  private static List<Integer> shuffled(List<Integer> order) {
    List<Integer> next = new ArrayList<>(order);
    Collections.shuffle(next);
    return next;
  }

  private static double micros(Supplier<Object> way) {
    long start = System.nanoTime();
    for (int call = 0; call < CALLS; call++) {
      if (way.get() == null) {
        throw new IllegalStateException("The session is not found");
      }
    }
    return (System.nanoTime() - start) / 1e3 / CALLS;
  }

  /** How many times as long as ours it took: the median of all rounds. */
  private static double ratio(double[] ours, double[] other) {
    return median(IntStream.range(0, ours.length).mapToDouble(i -> other[i] / ours[i]).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Processor time, reading and writing included, of all servers and of the busiest. */
  private static void servers(String row, RedisScene scene, RedisWays ways, int rounds) {
    double[] before = processorTimes(scene.masters);
    for (int round = 0; round < rounds / 20; round++) {
      ways.askForOthers();
    }
    double[] after = processorTimes(scene.masters);
    double requests = rounds / 20 * scene.others.size();
    double[] each =
        IntStream.range(0, after.length)
            .mapToDouble(i -> (after[i] - before[i]) / requests * 1e6)
            .toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f µs | %.1f µs |  (all servers; the busiest)%n",
        row,
        DoubleStream.of(each).sum(),
        DoubleStream.of(each).max().orElseThrow());
  }

  private static double[] processorTimes(List<RedisProcess> servers) {
    return servers.stream().mapToDouble(RedisRounds::processorTime).toArray();
  }

  private static double processorTime(RedisProcess server) {
    try (Jedis admin = server.admin()) {
      return admin
          .info("cpu")
          .lines()
          .filter(line -> line.matches("used_cpu_(sys|user):.*"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
          .sum();
    }
  }
}
