package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one page, which a test drives. For one thread. */
final class Chromium {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:([0-9]+)/");

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
            .redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    try {
      return new Chromium(process, DevTools.to(port(process)));
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

  /**
   * Waits until JavaScript in the page gives true. The page itself looks again and again; if
   * another takes its place meanwhile, that one is asked.
   */
  void until(String condition) throws Exception {
    // gives up in the page before the test does, so that the answer comes
    String waiting =
        """
        new Promise(done => {
          const end = Date.now() + 50000;
          const holds = () => { try { return %s } catch (e) { return false } };
          const look = () => holds() ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 5);
          look();
        })
        """
            .formatted(condition);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean holds = false;
    while (!holds) {
      JsonNode answer =
          page.tryCall(
              "Runtime.evaluate",
              Map.of("expression", waiting, "awaitPromise", true, "returnByValue", true));
      holds = answer.path("result").path("result").path("value").asBoolean();
      if (!holds && System.nanoTime() > deadline) {
        fail("waited in vain for %s, while the page says %s", condition, text());
      }
    }
  }

  private String text() throws Exception {
    return evaluate("document.body.innerText").toString();
  }

  /** Waits until the page has received an answer, written as {@code 403 http://…}. */
  void untilAnswered(String answer) throws InterruptedException {
    page.untilAnswered(answer);
  }

  void forgetAnswers() {
    page.forgetAnswers();
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
