package dev.sallyport.benchmarks.request;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole request of one user among 1,024: from the container's request object to a page that only
 * authenticated users see. Everybody gets the same stub of the servlet API, new for each request,
 * and keeps everything in memory.
 *
 * <p>For Basic, a password that was right a moment ago is remembered here and by pac4j, and hashed
 * in every request by Spring Security and Shiro; {@code sallyport-hashing} is this library without
 * its memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class RequestBenchmark {
  /** Whose code. */
  @Param({"sallyport", "sallyport-hashing", "spring-security", "shiro", "pac4j"})
  public String who;

  /** How the request says who it is from. */
  @Param public Scheme scheme;

  private Scene scene;

  /** Has the contender let the one through, and nobody else. */
  @Setup
  public void setUp() throws Exception {
    scene =
        switch (who) {
          case "sallyport" -> SallyportScene.of(scheme, true);
          case "sallyport-hashing" -> SallyportScene.of(scheme, false);
          case "spring-security" -> SpringScene.of(scheme);
          case "shiro" -> ShiroScene.of(scheme);
          case "pac4j" -> Pac4jScene.of(scheme);
          default -> throw new IllegalArgumentException(who);
        };
    scene.check();
  }

  /** The request, and the name of the user whom the page sees. */
  @Benchmark
  public String request() throws Exception {
    return scene.request(scene.good());
  }
}
