package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static com.example.http.JwtSite.access;
import static com.example.http.JwtSite.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.store.SecretDigest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DpopTest {
  private static final String ORIGIN = "https://site.example";

  private final SigningKey key = generate();
  private JwtSite site = site(DpopPolicy.allowed());

  private static JwtSite site(DpopPolicy policy) {
    return new JwtSite(JwsAlgorithm.ES256, builder -> builder.dpop(policy));
  }

  private static SigningKey generate() {
    return SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A proof; more claims begin with a comma. */
  private String proof(SigningKey by, String method, String path, String more) {
    String jwk = Jwk.publicJwk(by.verificationKey());
    String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}";
    String claims =
        "{\"jti\":\"%s\",\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d%s}"
            .formatted(
                UUID.randomUUID(),
                method,
                ORIGIN + path,
                site.site.clock.instant().getEpochSecond(),
                more);
    String content = base64(header) + "." + base64(claims);
    return content + "." + base64(by.sign(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private Browser with(String proof) {
    return site.program().always("Host", "site.example").always("DPoP", proof);
  }

  private AuthResponse logIn(String more) {
    return JwtSite.logIn(with(proof(key, "POST", "/auth/jwt", more)));
  }

  private AuthResponse renew(JsonNode pair, String proof) {
    return with(proof).post("/auth/jwt/refresh", "{\"refresh_token\":\"" + refresh(pair) + "\"}");
  }

  private AuthResponse renew(JsonNode pair, SigningKey by) {
    return renew(pair, proof(by, "POST", "/auth/jwt/refresh", ""));
  }

  private Browser presenting(JsonNode pair, SigningKey by, String method, String path) {
    String ath = ",\"ath\":\"" + SecretDigest.of(access(pair)).text() + "\"";
    return with(proof(by, method, path, ath)).always("Authorization", "DPoP " + access(pair));
  }

  @Test
  @DisplayName("RFC 9449 section 5: a login with a proof is answered by tokens that are bound")
  void journey() {
    JsonNode pair = assertOk(logIn(""));
    assertThat(pair.path("token_type").textValue()).isEqualTo("DPoP");
    assertOk(presenting(pair, key, "GET", "/auth/me").me());
    JsonNode next = assertOk(renew(pair, key));
    assertThat(next.path("token_type").textValue()).isEqualTo("DPoP");
    assertOk(presenting(next, key, "GET", "/auth/me").me());
    assertProblem(presenting(next, generate(), "GET", "/auth/me").me(), 401, "invalid_credentials");
    assertProblem(site.with(next).me(), 401, "invalid_token");
    assertDone(presenting(next, key, "POST", "/auth/logout").post("/auth/logout"), Answers.FORGET);
    assertProblem(renew(next, key), 401, "invalid_token");
  }

  @Test
  @DisplayName("RFC 9449 section 5: without a proof a login is as before, unless one is required")
  void unbound() {
    JsonNode pair = site.logIn();
    assertThat(pair.path("token_type").textValue()).isEqualTo("Bearer");
    assertOk(site.with(pair).me());
    site = site(DpopPolicy.required());
    assertProblem(JwtSite.logIn(site.program()), 400, "invalid_dpop_proof");
    assertOk(logIn(""));
  }

  @Test
  @DisplayName("RFC 9449 section 5: a wrong proof is 400 before the password is looked at")
  void wrongProof() {
    AuthResponse refused = JwtSite.logIn(with(proof(key, "POST", "/auth/login", "")));
    assertProblem(refused, 400, "invalid_dpop_proof");
    assertThat(header(refused, "WWW-Authenticate")).isEmpty();
    assertThat(header(refused, "DPoP-Nonce")).isEmpty();
    assertThat(site.site.listener.events())
        .filteredOn(AuthEvent.AuthenticationFailed.class::isInstance)
        .extracting(event -> ((AuthEvent.AuthenticationFailed) event).reason())
        .containsExactly("dpop_wrong_url");
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: a proof that was used is 400, and the refresh token lives")
  void replayed() {
    String login = proof(key, "POST", "/auth/jwt", "");
    JsonNode pair = assertOk(JwtSite.logIn(with(login)));
    assertProblem(JwtSite.logIn(with(login)), 400, "invalid_dpop_proof");
    String used = proof(key, "POST", "/auth/jwt/refresh", "");
    JsonNode next = assertOk(renew(pair, used));
    assertProblem(renew(next, used), 400, "invalid_dpop_proof");
    assertOk(renew(next, key));
  }

  @Test
  @DisplayName("RFC 9449 section 5: a refresh token without its key is 401, and its owner's")
  void stolen() {
    JsonNode pair = assertOk(logIn(""));
    assertProblem(renew(pair, generate()), 401, "invalid_token");
    assertProblem(site.refresh(refresh(pair)), 401, "invalid_token");
    assertOk(renew(pair, key));
  }

  @Test
  @DisplayName("RFC 9449 section 8: a 400 has a nonce, and so has each answer with tokens")
  void nonces() {
    site = site(DpopPolicy.required().withNonces(Duration.ofMinutes(1)));
    AuthResponse refused = logIn("");
    assertProblem(refused, 400, "use_dpop_nonce");
    String first = header(refused, "DPoP-Nonce").get(0);
    AuthResponse done = logIn(",\"nonce\":\"" + first + "\"");
    JsonNode pair = assertOk(done);
    String second = header(done, "DPoP-Nonce").get(0);
    String proof = proof(key, "POST", "/auth/jwt/refresh", ",\"nonce\":\"" + second + "\"");
    assertOk(renew(pair, proof));
    AuthResponse asked = presenting(pair, key, "GET", "/auth/me").me();
    assertProblem(asked, 401, "invalid_credentials");
    assertThat(header(asked, "DPoP-Nonce")).hasSize(1);
    assertThat(header(asked, "WWW-Authenticate"))
        .anyMatch(line -> line.startsWith("DPoP") && line.endsWith("error=\"use_dpop_nonce\""));
  }
}
