package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.demo.Demo;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.testkit.Secrets;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StartTest {
  private static final String PASSWORD = "queen-of-hearts-1865";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Demo start(Map<String, String> env) throws BadSettingException {
    env.values().forEach(Secrets::remember);
    Map<String, String> all = new HashMap<>(env);
    all.putIfAbsent("STORE", "memory");
    return Demo.start(all, new PrintStream(said, false, UTF_8));
  }

  @Test
  @DisplayName("PW-6 it has curl lines to try, without a secret")
  void welcome() throws Exception {
    start(Map.of("PORT", "0", "ADMIN_PASSWORD", PASSWORD)).close();
    assertThat(said.toString(UTF_8).lines().filter(line -> line.startsWith("  curl ")))
        .hasSize(11)
        .noneMatch(line -> line.contains(PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "-1", "65536", "99999", "8080 ", "0x50", "80.0", "８０８０"})
  @DisplayName("SP-2 a PORT that is none is refused")
  void badPort(String port) {
    assertThatThrownBy(() -> start(Map.of("PORT", port)))
        .isInstanceOf(BadSettingException.class)
        .hasMessage("PORT must be a whole number from 0 (any free port) to 65535");
    assertThat(said.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "sunshine", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"})
  @DisplayName("PW-5 an ADMIN_PASSWORD that the policy refuses is a bad setting, and is not shown")
  void badAdminPassword(String start) {
    String password = start.startsWith("z") ? start.repeat(7) : start;
    assertThatThrownBy(() -> start(Map.of("PORT", "0", "ADMIN_PASSWORD", password)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("ADMIN_PASSWORD is refused: The password ")
        .satisfies(
            e -> {
              if (!password.isEmpty()) {
                assertThat(e.getMessage()).doesNotContain(password);
              }
            });
    assertThat(said.size()).isZero();
  }

  private static Process run(Map<String, String> env) throws Exception {
    // Surefire may start the JVM from a JAR that has the class path in its manifest only.
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            path,
            "dev.sallyport.demo.Demo");
    builder
        .environment()
        .keySet()
        .removeAll(
            List.of(
                "PORT", "ADMIN_PASSWORD", "CONFIG", "TLS", "TRUSTED_PROXIES", "KEYS", "THREADS"));
    builder.environment().put("STORE", "memory");
    builder.environment().putAll(env);
    return builder.start();
  }

  @Test
  @DisplayName("SP-2 the process says one line of a bad setting on stderr and ends with 1")
  void exitsWithOne() throws Exception {
    Process process = run(Map.of("PORT", "x", "ADMIN_PASSWORD", PASSWORD));
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(out).isEmpty();
    assertThat(err.lines())
        .containsExactly("PORT must be a whole number from 0 (any free port) to 65535");
  }

  @Test
  @DisplayName("GU-1 the process runs until SIGTERM, and then ends")
  void endsAtSigterm() throws Exception {
    Process process = run(Map.of("PORT", "0"));
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.startsWith("Sallyport demo is ready at ")) {
        line = out.readLine();
      }
      assertThat(line).startsWith("Sallyport demo is ready at http://127.0.0.1:");
      int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      new Socket(RunningDemo.loopback(1), port).close();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }
}
