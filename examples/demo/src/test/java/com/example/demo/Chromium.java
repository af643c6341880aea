package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page, which a test drives. For one thread. */
final class Chromium {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final DevTools page;

  private Chromium(Process process, DevTools page) {
    this.process = process;
    this.page = page;
  }

  /** The program, if it is installed. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with an empty profile in a folder that is its own. */
  static Chromium start(Path program, Path folder) throws Exception {
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
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    try {
      Path file = profile.resolve("DevToolsActivePort");
      await(
          "Chromium to listen", () -> Files.exists(file) && Files.readString(file).contains("\n"));
      return new Chromium(process, DevTools.to(Files.readAllLines(file).get(0)));
    } catch (Throwable e) {
      end(process);
      throw e;
    }
  }

  /** Goes to an address, and waits until the page is there. */
  void open(String address) throws Exception {
    page.call("Page.navigate", Map.of("url", address));
    until("location.href.startsWith('" + address + "') && document.readyState === 'complete'");
  }

  /** What JavaScript in the page gives; of a promise, what it comes to. */
  JsonNode evaluate(String script) throws Exception {
    JsonNode answer =
        page.call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as(script + ": " + answer).isFalse();
    return answer.path("result").path("value");
  }

  /** Waits until JavaScript in the page gives true. */
  void until(String condition) throws Exception {
    try {
      await(condition, () -> isTrue(condition));
    } catch (AssertionError e) {
      String text = evaluate("document.body.innerText").toString();
      throw new AssertionError(e.getMessage() + ", while the page says " + text, e);
    }
  }

  /** False as well while the page is being replaced by another. */
  private boolean isTrue(String condition) throws Exception {
    JsonNode answer =
        page.tryCall("Runtime.evaluate", Map.of("expression", condition, "returnByValue", true));
    return answer.path("result").path("result").path("value").asBoolean();
  }

  /** The answers that the page has received since they were forgotten, as {@code 403 http://…}. */
  List<String> answers() {
    return page.answers();
  }

  void forgetAnswers() {
    page.forgetAnswers();
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
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

  void close() throws InterruptedException {
    page.close();
    end(process);
  }
}
