package com.example.demo;

import static com.example.demo.RunningDemo.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that holds a key (RFC 9449), beside one that doesn't. */
class BoundClientTest {
  private static final String LOGIN =
      "{\"username\":\"alice\",\"password\":\"down the rabbit hole\"}";

  private final SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
  @TempDir private Path folder;
  private RunningDemo demo;

  /** A proof for one request; with the hash of an access token, unless that is null. */
  private String proof(SigningKey by, String method, String path, String accessToken)
      throws Exception {
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":"
            + Jwk.publicJwk(by.verificationKey())
            + "}";
    String claims =
        "{\"jti\":\"%s\",\"htm\":\"%s\",\"htu\":\"http://127.0.0.1:%d%s\",\"iat\":%d%s}"
            .formatted(
                UUID.randomUUID(),
                method,
                demo.port(),
                path,
                Instant.now().getEpochSecond(),
                accessToken == null ? "" : ",\"ath\":\"" + hash(accessToken) + "\"");
    String content = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    return content + "." + base64(by.sign(content.getBytes(UTF_8)));
  }

  private static String hash(String token) throws Exception {
    return base64(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String token(HttpResponse<String> pair, String name) {
    String token = field(pair.body(), name);
    Secrets.remember(token);
    return token;
  }

  private int hello(String scheme, String token, String proof) throws Exception {
    return demo.get("/api/hello", "Authorization", scheme + " " + token, "DPoP", proof)
        .statusCode();
  }

  @Test
  @DisplayName("RFC 9449: bound tokens need the key at each request and refresh, others need none")
  void bound() throws Exception {
    Path config =
        Files.write(
            folder.resolve("auth.properties"),
            List.of("auth.jwt.dpop = allowed", "auth.passwords.cost = 10"));
    try (RunningDemo running = RunningDemo.start(config)) {
      demo = running;
      demo.register("alice", "down the rabbit hole");
      HttpResponse<String> pair =
          demo.json("/auth/jwt", LOGIN, "DPoP", proof(key, "POST", "/auth/jwt", null));
      assertThat(field(pair.body(), "token_type")).isEqualTo("DPoP");
      String access = token(pair, "access_token");
      String proof = proof(key, "GET", "/api/hello", access);
      assertThat(hello("DPoP", access, proof)).isEqualTo(200);
      assertThat(hello("DPoP", access, proof)).as("the same proof again").isEqualTo(401);
      assertThat(demo.hello("Authorization", "Bearer " + access)).isEqualTo(401);
      SigningKey thiefs = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
      assertThat(hello("DPoP", access, proof(thiefs, "GET", "/api/hello", access))).isEqualTo(401);

      String body = "{\"refresh_token\":\"" + token(pair, "refresh_token") + "\"}";
      assertThat(demo.json("/auth/jwt/refresh", body).statusCode()).isEqualTo(401);
      String refresh = "/auth/jwt/refresh";
      HttpResponse<String> next =
          demo.json(refresh, body, "DPoP", proof(key, "POST", refresh, null));
      String renewed = token(next, "access_token");
      assertThat(hello("DPoP", renewed, proof(key, "GET", "/api/hello", renewed))).isEqualTo(200);

      HttpResponse<String> usual = demo.pair("alice", "down the rabbit hole");
      assertThat(field(usual.body(), "token_type")).isEqualTo("Bearer");
      assertThat(demo.hello("Authorization", "Bearer " + token(usual, "access_token")))
          .isEqualTo(200);
    }
  }
}
