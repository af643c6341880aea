package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Node process with the npm package jose, which {@code npm ci} lays into target. The test is
 * skipped where there is no Node of its version, or no registry.
 */
final class Node implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");

  /** What npm says of a network that isn't there, or a Node that is too old. */
  private static final Pattern NOT_HERE =
      Pattern.compile(
          "code (EBADENGINE|ENOTFOUND|EAI_AGAIN|ECONN\\w+|E\\w*TIMEDOUT|ENETUNREACH|ERR_SOCKET\\w+)");

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private Node(Process process) {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static Node start() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    for (String file : new String[] {"package.json", "package-lock.json", "jose.js"}) {
      Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    install();
    return new Node(run(Redirect.PIPE, "node.log", "node", "jose.js"));
  }

  private static void install() throws IOException, InterruptedException {
    Process npm =
        run(
            Redirect.DISCARD,
            "npm.log",
            "npm",
            "ci",
            "--engine-strict",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
            "--fetch-retries=1",
            "--fetch-retry-mintimeout=1000");
    if (!npm.waitFor(3, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
      abort("skipped: npm ci does not end");
    }
    String log = Files.readString(FOLDER.resolve("npm.log"));
    Matcher why = NOT_HERE.matcher(log);
    assumeFalse(
        npm.exitValue() != 0 && why.find(),
        () -> "skipped: npm can't lay in the package jose: " + why.group());
    assertThat(npm.exitValue()).as(log).isZero();
  }

  private static Process run(Redirect output, String log, String... command) {
    try {
      return new ProcessBuilder(command)
          .directory(FOLDER.toFile())
          .redirectOutput(output)
          .redirectError(FOLDER.resolve(log).toFile())
          .start();
    } catch (IOException e) {
      return abort("skipped: there is no " + command[0] + " here, and so no package jose");
    }
  }

  /** What the function of jose.js with this name answers. */
  JsonNode ask(String function, Map<String, ?> arguments) throws IOException {
    ObjectNode question = JSON.valueToTree(arguments);
    questions.write(question.put("ask", function).toString());
    questions.newLine();
    questions.flush();
    String line = answers.readLine();
    assertThat(line).as(Files.readString(FOLDER.resolve("node.log"))).isNotNull();
    JsonNode said = JSON.readTree(line);
    assertThat(said.has("answer")).as(line).isTrue();
    return said.get("answer");
  }

  @Override
  public void close() throws IOException {
    questions.close();
    answers.close();
    process.destroy();
  }
}
