package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.apikey.ApiKeys;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file that CONFIG names. */
@Timeout(120)
class ConfigTest {
  private static final String KEY = ApiKeys.generate(new SecureRandom());

  @TempDir private Path folder;

  private Path config(String... lines) throws Exception {
    return Files.write(folder.resolve("auth.properties"), List.of(lines));
  }

  @Test
  @DisplayName("SP-1, SP-4 a chain of a file serves a scheme of somebody else's beside Basic")
  void servesBoth() throws Exception {
    Secrets.remember(KEY);
    Path file =
        config(
            "auth.chain = api-key, basic",
            "auth.api-key.keys = robot:" + ApiKeys.hash(KEY),
            "auth.basic.realm = orders",
            "auth.passwords.cost = 10",
            "server.other = not looked at");
    try (RunningDemo demo = RunningDemo.start(file)) {
      HttpResponse<String> robot = demo.send("GET", "/api/hello", new byte[0], "X-Api-Key", KEY);
      assertThat(robot.statusCode()).isEqualTo(200);
      assertThat(robot.body()).isEqualTo("{\"hello\":\"robot\",\"scheme\":\"api-key\"}");

      demo.send(
          "POST",
          "/auth/register",
          "{\"username\":\"alice\",\"password\":\"down the rabbit hole\"}"
              .getBytes(StandardCharsets.UTF_8),
          "Content-Type",
          "application/json");
      HttpResponse<String> alice =
          demo.send(
              "GET",
              "/api/hello",
              new byte[0],
              "Authorization",
              RunningDemo.basic("alice", "down the rabbit hole"));
      assertThat(alice.body()).isEqualTo("{\"hello\":\"alice\",\"scheme\":\"basic\"}");

      HttpResponse<String> nobody = demo.send("GET", "/api/hello", new byte[0]);
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.headers().allValues("WWW-Authenticate"))
          .containsExactly("ApiKey realm=\"api\"", "Basic realm=\"orders\", charset=\"UTF-8\"");

      HttpResponse<String> wrong =
          demo.send(
              "GET", "/api/public", new byte[0], "X-Api-Key", ApiKeys.generate(new SecureRandom()));
      assertThat(wrong.statusCode()).isEqualTo(401);
      HttpResponse<String> me = demo.send("GET", "/auth/me", new byte[0], "X-Api-Key", KEY);
      assertThat(me.statusCode()).isEqualTo(403);
      assertThat(me.body()).contains("\"code\":\"no_local_account\"");
    }
  }

  @Test
  @DisplayName("SP-2 all faults of the file are in one message")
  void allFaults() throws Exception {
    Path file =
        config("auth.chain = basic, kerberos", "auth.basic.relm = x", "auth.passwords.cost = 4");
    assertThatThrownBy(() -> RunningDemo.start(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("The settings can't be used: The settings have 3 faults:")
        .hasMessageContaining("auth.passwords.cost: '4'")
        .hasMessageContaining("auth.basic.relm: unknown key")
        .hasMessageContaining(
            "there is no scheme 'kerberos'; installed: api-key, basic, jwt, session");
  }

  @Test
  @DisplayName("SP-2 a file that can't be read is refused by its name")
  void missingFile() {
    assertThatThrownBy(() -> RunningDemo.start(folder.resolve("absent.properties")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("absent.properties");
  }
}
