package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.cookie;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo with no settings at all: what it keeps in its working directory. */
@Timeout(180)
class RestartTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String DATABASE = "sallyport-demo.mv.db";
  private static final String KEYS = "sallyport-demo.jwks";

  @TempDir private Path folder;

  @Test
  @DisplayName("ST-3 users and all that was issued outlive a restart, in two files")
  void restart() throws Exception {
    String cookie;
    String token;
    HttpResponse<String> pair;
    try (DemoProcess demo = DemoProcess.start(folder, Map.of())) {
      assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
      cookie = demo.loggedIn("alice", PASSWORD);
      token =
          field(
              demo.post("/auth/tokens", "Authorization", basic("alice", PASSWORD)).body(), "token");
      pair = demo.pair("alice", PASSWORD);
      assertFiles();

      assertThat(DemoProcess.refused(folder, Map.of()))
          .singleElement()
          .asString()
          .startsWith("STORE ")
          .contains("in use by another process");
      assertThat(demo.hello("Cookie", cookie)).isEqualTo(200);
      demo.stop();
    }
    assertFiles();
    try (DemoProcess demo = DemoProcess.start(folder, Map.of())) {
      assertThat(demo.hello("Cookie", cookie)).isEqualTo(200);
      assertThat(demo.hello("Authorization", "Bearer " + token)).isEqualTo(200);
      assertThat(demo.hello("Authorization", "Bearer " + field(pair.body(), "access_token")))
          .isEqualTo(200);
      assertThat(demo.refresh(field(pair.body(), "refresh_token")).statusCode()).isEqualTo(200);
      assertThat(cookie(demo.login("alice", PASSWORD))).isNotEqualTo(cookie);
      assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(409);
    }
  }

  private void assertFiles() throws Exception {
    assertThat(List.of(folder.toFile().list()))
        .containsExactlyInAnyOrder(DATABASE, KEYS, KEYS + ".lock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(KEYS))))
        .isEqualTo("rw-------");
  }
}
