package com.example.demo;

import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the keys of tokens are kept, and whose tokens are accepted besides. */
class KeysTest {
  private static final String PASSWORD = "queen-of-hearts-1865";
  @TempDir private Path folder;

  private static String accessToken(RunningDemo demo) throws Exception {
    Secrets.remember(PASSWORD);
    HttpResponse<String> pair =
        demo.json("/auth/jwt", "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}");
    assertThat(pair.statusCode()).as(pair.body()).isEqualTo(200);
    Secrets.remember(field(pair.body(), "refresh_token"));
    String token = field(pair.body(), "access_token");
    Secrets.remember(token);
    return token;
  }

  private static int hello(RunningDemo demo, String token) throws Exception {
    return demo.get("/api/hello", "Authorization", "Bearer " + token).statusCode();
  }

  private RunningDemo start(Path keys) throws Exception {
    return RunningDemo.start(Map.of("ADMIN_PASSWORD", PASSWORD, "KEYS", keys.toString()));
  }

  @Test
  @DisplayName("JW-5 the keys outlive a restart in a file that its owner alone can read")
  void kept() throws Exception {
    Path file = folder.resolve("keys.json");
    String token;
    try (RunningDemo demo = start(file)) {
      token = accessToken(demo);
      assertThat(hello(demo, token)).isEqualTo(200);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    try (RunningDemo demo = start(file)) {
      assertThat(hello(demo, token)).isEqualTo(200);
      assertThat(demo.said()).doesNotContain(Files.readString(file));
    }
    try (RunningDemo other = RunningDemo.start(Map.of())) {
      assertThat(hello(other, token)).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("JW-5 hosts that start at once have the same keys")
  void together() throws Exception {
    Path file = folder.resolve("keys.json");
    List<String> keys =
        Race.of(
            Collections.nCopies(
                5,
                () -> {
                  try (RunningDemo demo = start(file)) {
                    return demo.get("/.well-known/jwks.json").body();
                  }
                }));
    assertThat(keys).hasSize(5).containsOnly(keys.get(0));
    assertThat(JwtKeys.read(AuthEnvironment.standard(), Files.readString(file))).isNotNull();
  }

  @Test
  @DisplayName("SP-2 a file that others can read, or that holds no keys, is refused by its name")
  void refused() throws Exception {
    Path file = folder.resolve("keys.json");
    start(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> start(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("KEYS")
        .hasMessageContaining(file.toString());
    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"signing\":\"s3cret\"}");
    Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> start(bad))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("KEYS")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> start(folder.resolve("absent/keys.json")))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("KEYS");
  }

  @Test
  @DisplayName("JW-5 the tokens of a second issuer are taken, by the keys that it publishes")
  void secondIssuer() throws Exception {
    Path first =
        Files.writeString(
            folder.resolve("first.properties"),
            "auth.jwt.issuer = the-first\nauth.passwords.cost = 10\n");
    try (RunningDemo issuer =
        RunningDemo.start(Map.of("ADMIN_PASSWORD", PASSWORD, "CONFIG", first.toString()))) {
      Path second =
          Files.writeString(
              folder.resolve("second.properties"),
              String.join(
                  "\n",
                  "auth.passwords.cost = 10",
                  "auth.jwt.trusted-issuer = the-first",
                  "auth.jwt.trusted-audience = sallyport-demo",
                  "auth.jwt.trusted-name = username",
                  "auth.jwt.trusted-keys = http://127.0.0.1:"
                      + issuer.port()
                      + "/.well-known/jwks.json"));
      try (RunningDemo host =
          RunningDemo.start(Map.of("ADMIN_PASSWORD", PASSWORD, "CONFIG", second.toString()))) {
        String foreign = accessToken(issuer);
        assertThat(hello(host, foreign)).isEqualTo(200);
        assertThat(hello(host, accessToken(host))).isEqualTo(200);
        HttpResponse<String> me = host.get("/auth/me", "Authorization", "Bearer " + foreign);
        assertThat(me.statusCode()).isEqualTo(403);
        assertThat(me.body()).contains("no_local_account");
        // It says that it is an admin, which nobody asked it about.
        assertThat(host.get("/api/admin", "Authorization", "Bearer " + foreign).statusCode())
            .isEqualTo(403);
      }
    }
  }
}
