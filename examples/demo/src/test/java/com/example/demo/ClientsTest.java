package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that wait for a 401 and then choose among the challenges themselves. */
@DisplayName("CH-7 Programs that answer a challenge")
class ClientsTest {
  private static final String PASSWORD = "correct horse";
  private static final String URLLIB =
      """
      import sys, urllib.request
      passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
      passwords.add_password(None, sys.argv[1], "alice", sys.argv[2])
      opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
      sys.stdout.write(opener.open(sys.argv[1]).read().decode())
      """;

  @TempDir private static Path folder;
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    Path config = folder.resolve("config.properties");
    Files.writeString(config, "auth.basic.prompt = always\nauth.passwords.cost = 10\n");
    demo = RunningDemo.start(config);
    Secrets.remember(PASSWORD);
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String url(RunningDemo host) {
    return "http://127.0.0.1:" + host.port() + "/api/hello";
  }

  private static String said(String... command) throws Exception {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String wget(RunningDemo host) throws Exception {
    return said("wget", "-qO-", "--user=alice", "--password=" + PASSWORD, url(host));
  }

  @Test
  @DisplayName("CH-7 GNU wget reads all challenge lines and answers Basic's, which is the last")
  void wgetAnswers() throws Exception {
    assertThat(wget(demo)).contains("\"hello\":\"alice\"", "\"scheme\":\"basic\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic, session", "basic, token, session", "session, basic, jwt"})
  @DisplayName("CH-7 GNU wget gets on with every order of the chain")
  void wgetWithOtherChains(String order) throws Exception {
    Path config = folder.resolve(order.replaceAll("[^a-z]+", "-") + ".properties");
    Files.write(
        config,
        List.of("auth.chain = " + order, "auth.basic.prompt = always", "auth.passwords.cost = 10"));
    try (RunningDemo host = RunningDemo.start(config)) {
      assertThat(host.register("alice", PASSWORD).statusCode()).isEqualTo(201);
      assertThat(wget(host)).contains("\"scheme\":\"basic\"");
    }
  }

  @Test
  @DisplayName("CH-7 curl asks what there is and takes Basic")
  void curl() throws Exception {
    assertThat(said("curl", "-sS", "--anyauth", "-u", "alice:" + PASSWORD, url(demo)))
        .contains("\"scheme\":\"basic\"");
  }

  @Test
  @DisplayName("CH-7 Python's urllib takes Basic")
  void urllib() throws Exception {
    assertThat(said("python3", "-c", URLLIB, url(demo), PASSWORD)).contains("\"scheme\":\"basic\"");
  }

  @Test
  @DisplayName("CH-7 Java's HttpClient takes Basic")
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
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url(demo))).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(List.of(response.statusCode(), response.body()).toString())
        .contains("200", "\"scheme\":\"basic\"");
  }
}
