package dev.sallyport.benchmarks.compare;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One contender, measured by JMH in JVMs of its own. */
record Trial(Form form) {
  private static final String PACKAGE = "dev.sallyport.benchmarks.";

  Measured run(Contender contender) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + (PACKAGE + contender.benchmark()).replace(".", "\\.") + "$")
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(form.forks())
            .warmupIterations(form.warmups())
            .warmupTime(TimeValue.milliseconds(form.warmupMillis()))
            .measurementIterations(form.iterations())
            .measurementTime(TimeValue.milliseconds(form.millis()));
    contender.params().forEach(options::param);
    return Measured.of(new Runner(options.build()).runSingle());
  }
}
