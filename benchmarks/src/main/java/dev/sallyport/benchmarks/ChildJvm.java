package dev.sallyport.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class in a JVM of its own, with this one's {@code java} and class path. */
public final class ChildJvm {
  private final List<String> command = new ArrayList<>();

  /**
   * To be started with these options.
   *
   * @param options the JVM's
   */
  public ChildJvm(List<String> options) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
  }

  /**
   * What a child has done.
   *
   * @param nanos how long it took from before it was started until it had ended
   * @param output what it has printed
   */
  public record Run(long nanos, String output) {}

  /**
   * Runs it once.
   *
   * @param main the main class
   * @param args its arguments
   * @return what it has done
   * @throws IllegalStateException if it ends with an error
   */
  public Run run(Class<?> main, List<String> args) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.add(main.getName());
    whole.addAll(args);
    long start = System.nanoTime();
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    String output;
    try (InputStream printed = process.getInputStream()) {
      output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }
    int code = process.waitFor();
    long nanos = System.nanoTime() - start;
    if (code != 0) {
      throw new IllegalStateException(main.getName() + " ends with " + code + ":\n" + output);
    }
    return new Run(nanos, output);
  }
}
