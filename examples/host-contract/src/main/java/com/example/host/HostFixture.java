package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One host for all tests of a class, with a user {@code alice}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class HostFixture {
  static final String PASSWORD = "wonderland-1865";
  static final String NOTE = "{\"text\":\"x\"}";

  private int users;
  RunningHost host;

  /**
   * Starts the host under test.
   *
   * @param env its settings
   * @param out its console
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  protected abstract Host start(Map<String, String> env, PrintStream out)
      throws BadSettingException;

  /** {@return how requests reach it; HTTP/1.1 unless this is overridden} */
  protected Transport transport() {
    return Transport.http1();
  }

  @BeforeAll
  final void startHost(@TempDir Path folder) throws Exception {
    Transport transport = transport();
    assumeTrue(transport.isPresent(), "nothing here speaks that protocol");
    // The least work for a password, since this is about all else.
    Path config =
        Files.writeString(folder.resolve("auth.properties"), "auth.passwords.cost = 10\n");
    host = new RunningHost(this::start, transport, config);
    assertThat(host.register("alice", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  final void stopHost() {
    if (host != null) {
      host.close();
    }
  }

  /** A user that no other test has. */
  String newUser() throws Exception {
    users++;
    String name = "user" + users;
    assertThat(host.register(name, PASSWORD).statusCode()).isEqualTo(201);
    return name;
  }

  String ownOrigin() {
    return "http://127.0.0.1:" + host.port();
  }

  static String[] alice(String... more) {
    return Stream.concat(
            Stream.of("Authorization", SiteClient.basic("alice", PASSWORD)), Stream.of(more))
        .toArray(String[]::new);
  }

  /** The answer, in JSON that nobody may keep. */
  static void assertAnswer(HttpResponse<String> response, int status, String body) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }
}
