package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.SiteClient;
import com.example.host.Transport;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The demo in a process and a folder of its own, as people start it, and a client of it. */
final class DemoProcess extends SiteClient {
  private static final String READY = "Sallyport demo is ready at http://127.0.0.1:";

  private final Process process;
  private final int port;

  private DemoProcess(Process process, int port) {
    super(Transport.http1());
    this.process = process;
    this.port = port;
  }

  /** Starts one that is ready when this returns. */
  static DemoProcess start(Path folder, Map<String, String> env) throws Exception {
    Path errors = Files.createTempFile("demo", ".err");
    try {
      Process process = builder(folder, env).redirectError(errors.toFile()).start();
      // It ends with the process, and what comes after the welcome fits into the pipe.
      BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String line = out.readLine();
      while (line != null && !line.startsWith(READY)) {
        line = out.readLine();
      }
      assertThat(line).as(Files.readString(errors)).isNotNull();
      return new DemoProcess(process, Integer.parseInt(line.substring(READY.length())));
    } finally {
      // The process goes on writing into what has no name any more.
      Files.delete(errors);
    }
  }

  /** What one says that can't start; it ends with 1. */
  static List<String> refused(Path folder, Map<String, String> env) throws Exception {
    Process process = builder(folder, env).start();
    try {
      String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(err).isEqualTo(1);
      assertThat(out).isEmpty();
      return err.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder builder(Path folder, Map<String, String> env) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Else the JDK's server waits 40 ms for the client between head and body.
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            classPath(),
            "dev.sallyport.demo.Demo");
    builder
        .environment()
        .keySet()
        .removeAll(List.of("ADMIN_PASSWORD", "CONFIG", "TLS", "TRUSTED_PROXIES", "KEYS"));
    builder.environment().keySet().removeAll(List.of("STORE", "STORE_USER", "STORE_PASSWORD"));
    builder.environment().put("PORT", "0");
    builder.environment().putAll(env);
    return builder.directory(folder.toFile());
  }

  /** That of the tests, but it logs as the demo does. */
  private static String classPath() {
    // Surefire may start the JVM from a JAR that has the class path in its manifest only.
    String tests =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(tests.split(File.pathSeparator))
        .filter(entry -> !entry.contains("logback"))
        .flatMap(
            entry ->
                entry.contains("slf4j-api")
                    ? List.of(entry, entry.replace("slf4j-api", "slf4j-simple")).stream()
                    : List.of(entry).stream())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public int port() {
    return port;
  }

  /** SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  /** SIGKILL. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      process.getInputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
