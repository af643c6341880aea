package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.testkit.Secrets;
import java.io.File;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that wait for the challenges and then send the password for Basic. */
class BasicClientsTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String HELLO = "{\"hello\":\"alice\",\"scheme\":\"basic\"}";
  private static final String PYTHON =
      """
      import sys, urllib.request as r
      url, user, password = sys.argv[1:]
      known = r.HTTPPasswordMgrWithDefaultRealm()
      known.add_password(None, url, user, password)
      opener = r.build_opener(r.ProxyHandler({}), r.HTTPBasicAuthHandler(known))
      sys.stdout.write(opener.open(url, timeout=60).read().decode())
      """;

  private static RunningDemo demo;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    Secrets.remember(PASSWORD);
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String url() {
    return "http://127.0.0.1:" + demo.port() + "/api/hello";
  }

  /** What the program writes to its standard output. */
  private String run(String... command) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, command[0]))),
        command[0]);
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors, UTF_8)).isZero();
    return Files.readString(out, UTF_8);
  }

  @Test
  @DisplayName("CH-7 GNU wget reads all challenges and answers Basic's")
  void wget() throws Exception {
    assertThat(
            run(
                "wget",
                "--no-config",
                "--no-proxy",
                "--quiet",
                "--output-document=-",
                "--tries=1",
                "--user=alice",
                "--password=" + PASSWORD,
                url()))
        .isEqualTo(HELLO);
  }

  @Test
  @DisplayName("CH-7 curl chooses Basic from the challenges")
  void curl() throws Exception {
    assertThat(
            run(
                "curl",
                "--disable",
                "--noproxy",
                "*",
                "--silent",
                "--show-error",
                "--fail",
                "--anyauth",
                "--user",
                "alice:" + PASSWORD,
                url()))
        .isEqualTo(HELLO);
  }

  @Test
  @DisplayName("CH-7 Python's urllib finds Basic among the challenges")
  void urllib() throws Exception {
    assertThat(run("python3", "-c", PYTHON, url(), "alice", PASSWORD)).isEqualTo(HELLO);
  }

  @Test
  @DisplayName("CH-7 Java's HttpClient finds Basic among the challenges")
  void httpClient() throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("alice", PASSWORD.toCharArray());
                  }
                })
            .build();
    assertThat(
            client
                .send(HttpRequest.newBuilder(URI.create(url())).build(), BodyHandlers.ofString())
                .body())
        .isEqualTo(HELLO);
  }
}
