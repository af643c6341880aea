package dev.sallyport.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every row and prints the table: {@code short} takes about five minutes, {@code long} most of
 * an hour. A folder behind it gets {@code results.json} and {@code results.svg}. Anything else is
 * JMH's own command line.
 */
public final class Compare {
  private static final String PACKAGE = "dev.sallyport.benchmarks.";

  private Compare() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    if (words.isEmpty() || !List.of("short", "long").contains(words.get(0))) {
      Main.main(args);
      return;
    }
    Path folder = Path.of(words.size() > 1 ? words.get(1) : "target/benchmarks");
    Files.createDirectories(folder);
    Report report = run(words.get(0).equals("long"));
    Files.writeString(folder.resolve("results.json"), report.json());
    Files.writeString(folder.resolve("results.svg"), report.svg());
    System.out.println(report.table());
  }

  private static Report run(boolean longForm) throws RunnerException, IOException {
    Report report = new Report();
    Map<Contender, Measured> known = new LinkedHashMap<>();
    for (Row row : Row.all()) {
      for (Contender contender : row.contenders()) {
        if (!known.containsKey(contender)) { // some stand in two rows
          known.put(contender, measure(contender, longForm));
        }
        report.add(row, contender, known.get(contender));
      }
      System.out.println(report.line(row));
    }
    return report;
  }

  private static Measured measure(Contender contender, boolean longForm) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + (PACKAGE + contender.benchmark()).replace(".", "\\.") + "$")
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(longForm ? 3 : 1)
            .warmupIterations(longForm ? 5 : 3)
            .warmupTime(TimeValue.milliseconds(longForm ? 1000 : 400))
            .measurementIterations(longForm ? 30 : 8)
            .measurementTime(TimeValue.milliseconds(longForm ? 250 : 100));
    contender.params().forEach(options::param);
    RunResult result = new Runner(options.build()).runSingle();
    return Measured.of(result);
  }
}
