package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.testkit.Secrets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo trusts another issuer by its name alone. */
class SecondIssuerTest {
  private static final String AUDIENCE = "https://demo.example";

  private final SigningKeySet keys =
      SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom()));
  @TempDir private Path folder;
  private HttpServer issuer;
  private String name;

  @BeforeEach
  void start() throws Exception {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    name = "http://127.0.0.1:" + issuer.getAddress().getPort();
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + name + "/keys\"}");
    serve("/keys", JwkSet.publicJwkSet(keys.verificationKeys()));
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  private void serve(String path, String json) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static String token(String issuer, String audience, SigningKeySet keys) {
    String token =
        JwtSigner.builder(issuer, audience, keys)
            .type("call+jwt")
            .lifetime(Duration.ofMinutes(5))
            .build()
            .sign("robot")
            .reveal();
    Secrets.remember(token);
    return token;
  }

  @Test
  @DisplayName("JW-5 its keys are found by discovery; our own users log in as before")
  void discovered() throws Exception {
    Path config =
        Files.write(
            folder.resolve("auth.properties"),
            List.of(
                "auth.jwt.trusted-issuer = " + name,
                "auth.jwt.trusted-audience = " + AUDIENCE,
                "auth.jwt.trusted-type = call+jwt",
                "auth.passwords.cost = 10"));
    try (RunningDemo demo = RunningDemo.start(config)) {
      String good = "Bearer " + token(name, AUDIENCE, keys);
      assertThat(demo.get("/api/hello", "Authorization", good).body())
          .isEqualTo("{\"hello\":\"robot\",\"scheme\":\"jwt\"}");
      String elsewhere = "Bearer " + token(name, "https://other.example", keys);
      assertThat(demo.hello("Authorization", elsewhere)).isEqualTo(401);
      String stranger = "Bearer " + token("https://evil.example", AUDIENCE, keys);
      assertThat(demo.hello("Authorization", stranger)).isEqualTo(401);
      SigningKeySet others =
          SigningKeySet.of(SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom()));
      assertThat(demo.hello("Authorization", "Bearer " + token(name, AUDIENCE, others)))
          .isEqualTo(401);

      demo.register("alice", "down the rabbit hole");
      String own =
          RunningDemo.field(demo.pair("alice", "down the rabbit hole").body(), "access_token");
      assertThat(demo.hello("Authorization", "Bearer " + own)).isEqualTo(200);
    }
  }
}
