package dev.sallyport.benchmarks;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.mindrot.jbcrypt.BCrypt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The check of one right password at cost 10, which is what a login waits for. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class BcryptBenchmark {
  private static final String TEXT = "correct horse battery staple";

  private final Password password = Password.of(TEXT);
  private final BcryptHasher hasher = BcryptHasher.ofCost(10);
  private final BCryptPasswordEncoder spring = new BCryptPasswordEncoder(10);
  private String hash;

  /** Hashes, and sees that each takes it and no other. */
  @Setup
  public void setUp() {
    hash =
        hasher.hash(password, new SecureRandom()).replace("$2b$", "$2a$"); // all that jBCrypt knows
    boolean others =
        hasher.verify(Password.of("x"), hash)
            || BCrypt.checkpw("x", hash)
            || spring.matches("x", hash);
    if (!sallyport() || !jbcrypt() || !spring() || others) {
      throw new IllegalStateException("They don't agree about " + hash);
    }
  }

  /** Ours. */
  @Benchmark
  public boolean sallyport() {
    return hasher.verify(password, hash);
  }

  /** jBCrypt. */
  @Benchmark
  public boolean jbcrypt() {
    return BCrypt.checkpw(TEXT, hash);
  }

  /** Spring Security's encoder. */
  @Benchmark
  public boolean spring() {
    return spring.matches(TEXT, hash);
  }
}
