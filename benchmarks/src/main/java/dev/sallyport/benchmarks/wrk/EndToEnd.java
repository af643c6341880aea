package dev.sallyport.benchmarks.wrk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo under {@code wrk}: for each scheme the same requests, by turns to a route behind the
 * guard and to one that asks for nobody. Two arguments: how many turns, and the seconds of each.
 * {@code wrk} must be installed; it shares the processors with the demo.
 */
public final class EndToEnd {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final String HEAD =
      "| threads | scheme | requests a second | without a guard | with : without |\n"
          + "|---|---|---|---|---|\n";

  private final int turns;
  private final int seconds;

  private EndToEnd(int turns, int seconds) {
    this.turns = turns;
    this.seconds = seconds;
  }

  /** Runs. */
  public static void main(String[] args) throws Exception {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    System.out.print(HEAD);
    EndToEnd load = new EndToEnd(turns, seconds);
    load.run("platform");
    if (Runtime.version().feature() >= 21) {
      load.run("virtual");
    }
  }

  private void run(String threads) throws Exception {
    try (RunningDemo demo = new RunningDemo(threads)) {
      for (Map.Entry<String, String> scheme : demo.logIn().entrySet()) {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int turn = -1; turn < turns; turn++) {
          double guarded = wrk(demo.address() + "/api/hello", scheme.getValue());
          double open = wrk(demo.address() + "/api/ping", scheme.getValue());
          if (turn >= 0) { // the first warms up
            with.add(guarded);
            without.add(open);
          }
        }
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.0f | %.0f | %.3f |%n",
            threads,
            scheme.getKey(),
            median(with),
            median(without),
            median(with) / median(without));
      }
    }
  }

  private double wrk(String url, String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("wrk", "-t1", "-c8", "-d" + seconds + "s", "-H", line, url)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(said);
    if (process.waitFor() != 0
        || !rate.find()
        || said.contains("Non-2xx")
        || said.contains("Socket errors")) {
      throw new IOException("wrk says: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }
}
