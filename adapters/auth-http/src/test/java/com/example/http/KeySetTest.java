package com.example.http;

import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeySetTest {
  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  @DisplayName("HT jwks.json: who reads it verifies our tokens, and sees nothing private")
  void published(JwsAlgorithm algorithm) {
    JwtSite site = new JwtSite(algorithm, builder -> builder);
    AuthResponse answer = site.program().get("/.well-known/jwks.json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).containsExactly("application/jwk-set+json");
    assertThat(header(answer, "Cache-Control")).containsExactly("public, max-age=300");
    assertThat(answer.body()).doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"k\"");
    VerificationKey[] keys = JwkSet.verificationKeys(answer.body()).toArray(VerificationKey[]::new);
    JwtVerifier verifier =
        JwtVerifier.builder(site.site.environment, VerificationKeys.of(keys))
            .issuer("https://site.example")
            .audience("https://site.example")
            .build();
    JwtResult result = verifier.verify(JwtSite.access(site.logIn()));
    assertThat(result).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-5 a former key is published until its end")
  void rotated() {
    JwtSite site = new JwtSite();
    site.keys.rotate(
        SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom()), Duration.ofMinutes(5));
    assertThat(JwkSet.verificationKeys(body(site))).hasSize(2);
    site.site.clock.advance(Duration.ofMinutes(5));
    assertThat(JwkSet.verificationKeys(body(site))).hasSize(1);
  }

  private static String body(JwtSite site) {
    return site.program().get("/.well-known/jwks.json").body();
  }

  @Test
  @DisplayName(
      "HT jwks.json: secrets are not published, and where there are no JWTs there is nothing")
  void secrets() {
    JwtSite site = new JwtSite(JwsAlgorithm.HS256, builder -> builder);
    assertProblem(site.program().get("/.well-known/jwks.json"), 404, "not_found");
    assertProblem(new TokenSite().program().get("/.well-known/jwks.json"), 404, "not_found");
  }
}
