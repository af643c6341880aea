package dev.sallyport.benchmarks.cold;

import dev.sallyport.benchmarks.ChildJvm;
import dev.sallyport.benchmarks.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The whole time of processes that verify one HS256 token and end, and the classes that they load.
 * All take turns, so that a busy minute is everybody's.
 */
public final class ColdStart {
  private static final String OWN = "dev.sallyport.";
  private static final String NOT_OWN = "dev.sallyport.benchmarks.";

  private final Map<String, Class<?>> contenders = new LinkedHashMap<>();
  private final List<Figure> figures = new ArrayList<>();

  private ColdStart() {
    contenders.put(Figure.OURS, ColdSallyport.class);
    contenders.put(Figure.FLOOR, ColdFloor.class);
    contenders.put("nimbus", ColdNimbus.class);
    contenders.put("jjwt", ColdJjwt.class);
    contenders.put("java-jwt", ColdJavaJwt.class);
    contenders.put("jose4j", ColdJose4j.class);
    contenders.put("fusionauth", ColdFusionAuth.class);
    contenders.put("vertx", ColdVertx.class);
  }

  /**
   * Measures.
   *
   * @param rounds how often each is started
   * @return time and classes of each
   */
  public static List<Figure> measure(int rounds) throws Exception {
    ColdToken token = ColdToken.make();
    ColdStart start = new ColdStart();
    start.time(rounds, List.of(token.secret(), token.text()));
    start.countClasses(List.of(token.secret(), token.text()));
    return start.figures;
  }

  private void time(int rounds, List<String> args) throws IOException, InterruptedException {
    Map<String, long[]> times = new LinkedHashMap<>();
    ChildJvm jvm = new ChildJvm(List.of());
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Class<?>> contender : contenders.entrySet()) {
        long nanos = jvm.run(contender.getValue(), args).nanos();
        times.computeIfAbsent(contender.getKey(), who -> new long[rounds])[round] = nanos;
      }
    }
    times.values().forEach(Arrays::sort);
    times.forEach((who, sorted) -> add("cold start, median", "ms", who, sorted[rounds / 2] / 1e6));
    times.forEach((who, sorted) -> add("cold start, fastest", "ms", who, sorted[0] / 1e6));
  }

  private void countClasses(List<String> args) throws IOException, InterruptedException {
    Path log = Files.createTempFile("classes", ".log");
    try {
      ChildJvm jvm = new ChildJvm(List.of("-Xlog:class+load:file=" + log + ":none"));
      for (Map.Entry<String, Class<?>> contender : contenders.entrySet()) {
        jvm.run(contender.getValue(), args);
        add("classes loaded", "", contender.getKey(), count(log, line -> true));
        if (contender.getKey().equals(Figure.OURS)) {
          double own = count(log, line -> line.startsWith(OWN) && !line.startsWith(NOT_OWN));
          add("classes loaded, the library's own", "", Figure.OURS, own);
        }
      }
    } finally {
      Files.delete(log);
    }
  }

  private static long count(Path log, Predicate<String> which) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(" source: ")).filter(which).count();
    }
  }

  private void add(String what, String unit, String who, double value) {
    figures.add(new Figure(what, unit, who, value));
  }
}
