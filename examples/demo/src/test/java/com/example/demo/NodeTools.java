package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of Node, and packages of npm. What isn't here skips the test, which says so. */
final class NodeTools {
  static final Path FOLDER = Path.of("target", "node");
  private static final Path SOURCE = Path.of("src", "test", "node");

  /** What npm says of a network that isn't there, or a Node that is too old. */
  private static final Pattern NOT_HERE =
      Pattern.compile(
          "code (EBADENGINE|ENOTFOUND|EAI_AGAIN|ECONN\\w+|E\\w*TIMEDOUT|ENETUNREACH|ERR_SOCKET\\w+)");

  private record Ended(int status, String said) {}

  private NodeTools() {}

  /** Lays the packages of package.json into {@link #FOLDER}. */
  static void install() throws Exception {
    for (String file : new String[] {"package.json", "package-lock.json"}) {
      copy(file);
    }
    Ended npm =
        run(
            Map.of(),
            "npm",
            "ci",
            "--engine-strict",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
            "--fetch-retries=1",
            "--fetch-retry-mintimeout=1000");
    Matcher why = NOT_HERE.matcher(npm.said());
    assumeFalse(
        npm.status() != 0 && why.find(), () -> "skipped: npm can't lay in packages: " + npm.said());
    assertThat(npm.status()).as(npm.said()).isZero();
  }

  static void copy(String file) throws IOException {
    Files.createDirectories(FOLDER);
    Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a program says, which has to succeed. */
  static String said(Map<String, String> environment, String... command) throws Exception {
    Ended program = run(environment, command);
    assertThat(program.status()).as(program.said()).isZero();
    return program.said();
  }

  /** What a program says, whatever comes of it. */
  static String outcome(String... command) throws Exception {
    return run(Map.of(), command).said();
  }

  private static Ended run(Map<String, String> environment, String... command) throws Exception {
    Path log = FOLDER.resolve(Path.of(command[0]).getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return abort("skipped: there is no " + command[0] + " here");
    }
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return abort("skipped: " + command[0] + " does not end");
    }
    return new Ended(process.exitValue(), Files.readString(log));
  }
}
