package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.Figure;
import dev.sallyport.benchmarks.cold.ColdStart;
import dev.sallyport.benchmarks.memory.SessionMemory;
import dev.sallyport.benchmarks.weight.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs everything and prints three tables: the rows, the figures of whole processes and files, and
 * what grows. {@code short} takes about six minutes, {@code long} an hour and a half. A folder
 * behind it gets {@code results.json}, {@code results.svg} and {@code growth.svg}. Anything else is
 * JMH's own command line.
 */
public final class Compare {
  private Compare() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    if (words.isEmpty() || !List.of("short", "long").contains(words.get(0))) {
      Main.main(args);
      return;
    }
    boolean isLong = words.get(0).equals("long");
    Path folder = Path.of(words.size() > 1 ? words.get(1) : "target/benchmarks");
    Files.createDirectories(folder);
    Report report = rows(isLong);
    Figures figures = figures(isLong);
    Growth growth = growth(isLong);
    Files.writeString(
        folder.resolve("results.json"),
        Json.object(
            Map.entry("rows", report.entries()),
            Map.entry("figures", figures.entries()),
            Map.entry("growth", growth.entries())));
    Files.writeString(folder.resolve("results.svg"), new Picture(report).svg());
    Files.writeString(folder.resolve("growth.svg"), new GrowthPicture(growth).svg());
    System.out.println();
    System.out.println(report.table());
    System.out.println(figures.table());
    System.out.println(growth.table());
  }

  private static Report rows(boolean isLong) throws RunnerException {
    Trial trial = new Trial(Form.ofRows(isLong));
    Report report = new Report();
    Map<Contender, Measured> known = new LinkedHashMap<>();
    for (Row row : Row.all()) {
      for (Contender contender : row.contenders()) {
        if (!known.containsKey(contender)) { // some stand in two rows
          known.put(contender, trial.run(contender));
        }
        report.add(row, contender, known.get(contender));
      }
      System.out.println(report.line(row));
    }
    return report;
  }

  private static Figures figures(boolean isLong) throws Exception {
    List<Figure> all = new ArrayList<>(ColdStart.measure(isLong ? 20 : 5));
    all.addAll(SessionMemory.measure(isLong ? 1_000_000 : 100_000));
    all.addAll(Weight.measure());
    return new Figures(all);
  }

  private static Growth growth(boolean isLong) throws RunnerException {
    Trial trial = new Trial(Form.ofGrowth(isLong));
    Growth growth = new Growth();
    for (Growth.Thing thing : Growth.things()) {
      for (int size : thing.sizes()) {
        growth.add(thing, size, trial.run(thing.contender(size)));
      }
      System.out.println(growth.line(thing));
    }
    return growth;
  }
}
