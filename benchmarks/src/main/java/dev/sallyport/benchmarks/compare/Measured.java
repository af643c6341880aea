package dev.sallyport.benchmarks.compare;

import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one contender takes. Of short iterations the tenth fastest of a hundred is quoted, since a
 * busy machine only slows them down, and the spread is how far the median is above it.
 *
 * @param nanos the time of one operation, in nanoseconds
 * @param spread how much more the median is, as a part of it
 * @param bytes what one operation allocates; not a number if that is not known
 */
record Measured(double nanos, double spread, double bytes) {
  static Measured of(RunResult run) {
    BenchmarkParams params = run.getParams();
    double unit = params.getTimeUnit().toNanos(1);
    double[] times =
        run.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(java.util.Collection::stream)
            .map(IterationResult::getPrimaryResult)
            .mapToDouble(result -> result.getScore() * unit)
            .sorted()
            .toArray();
    double tenth = times[times.length / 10];
    return new Measured(tenth, times[times.length / 2] / tenth - 1, bytes(run));
  }

  private static double bytes(RunResult run) {
    for (Map.Entry<String, ?> entry : run.getSecondaryResults().entrySet()) {
      if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
        return ((Result<?>) entry.getValue()).getScore();
      }
    }
    return Double.NaN;
  }

  @Override
  public String toString() {
    return Arrays.asList(nanos, spread, bytes).toString();
  }
}
