package com.example.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, whose tabs a test drives. For one thread. */
public final class Chromium {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:([0-9]+)/");

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it with an empty profile. Where it isn't installed, the test is skipped.
   *
   * @param folder a folder of its own
   */
  public static Chromium start(Path folder) throws Exception {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      System.out.println("There is no chromium on the PATH: pages are tested in no browser.");
    }
    assumeTrue(program.isPresent(), "there is no chromium on the PATH");
    return start(program.get(), folder);
  }

  private static Chromium start(Path program, Path folder) throws Exception {
    Path profile = Files.createDirectory(folder.resolve("profile"));
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-background-timer-throttling",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    try {
      return new Chromium(process, new DevTools(port(process)));
    } catch (Throwable e) {
      end(process);
      throw e;
    }
  }

  /** Where it listens, which it says on its console; the rest of that is read and dropped. */
  private static String port(Process process) throws Exception {
    CompletableFuture<String> port = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              process
                  .inputReader()
                  .lines()
                  .map(LISTENING::matcher)
                  .forEach(line -> take(line, port));
              port.completeExceptionally(new IOException("Chromium ended before it listened"));
            },
            "what Chromium says");
    reader.setDaemon(true);
    reader.start();
    return port.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void take(Matcher line, CompletableFuture<String> port) {
    if (line.find()) {
      port.complete(line.group(1));
    }
  }

  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> one).join());
  }

  /** A new tab, which shares cookies with the others. */
  public Tab newTab() throws Exception {
    return new Tab(tools.newPage());
  }

  /** Ends the browser, and what it has started. */
  public void close() throws InterruptedException {
    end(process);
  }
}
