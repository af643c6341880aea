package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The input is a payload that is signed with the right secret, and a whole token: a verifier of
 * another's keys, one of our own, and an authenticator of two issuers answer, the first two alike,
 * and take only what they may.
 */
public final class JwtFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SECRET = new byte[32];
  private static final String AUDIENCE = "https://api.example";
  private static final Set<String> ISSUERS = Set.of("https://a.example", "https://b.example");
  private static final SettableClock CLOCK = SettableClock.create();
  private static final String HEADER =
      base64("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));

  private static final SigningKey KEY = SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET);
  private static final VerificationKeys FOREIGN = VerificationKeys.of(KEY.verificationKey());

  private static final JwtVerifier ONE = verifier(FOREIGN, "https://a.example");

  /** It takes the secret for the host's own, and reads what that has signed in its own way. */
  private static final JwtVerifier OWN = verifier(SigningKeySet.of(KEY), "https://a.example");

  private static final JwtAuthenticator BOTH =
      JwtAuthenticator.builder()
          .trust(
              TrustedIssuer.of(verifier(FOREIGN, "https://a.example"))
                  .withRoles("roles")
                  .withScopes("scope")
                  .withName("name"))
          .trust(TrustedIssuer.of(verifier(FOREIGN, "https://b.example")))
          .build();

  private JwtFuzz() {}

  private static JwtVerifier verifier(VerificationKeys keys, String issuer) {
    return JwtVerifier.builder(AuthEnvironment.standard().withClock(CLOCK), keys)
        .issuer(issuer)
        .audience(AUDIENCE)
        .remember(100, 64 << 10)
        .maxLength(1 << 16)
        .build();
  }

  /** Claims, and a token. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(ONE.verify(text)).isInstanceOf(JwtResult.Refused.class);
    assertThat(present(text)).isNotInstanceOf(Authenticated.class);

    String token = signed(input);
    JwtResult result = ONE.verify(token);
    if (result instanceof VerifiedJwt jwt) {
      assertClaims(JSON.readTree(input), Set.of("https://a.example"));
      assertThat(jwt.subject()).isNotEmpty();
      assertThat(jwt.claims()).doesNotContainKeys("iss", "sub", "aud", "exp", "nbf", "iat", "jti");
      assertThat(ONE.verify(token)).isSameAs(result);
    }
    assertSame(result, OWN.verify(token));
    if (present(token) instanceof Authenticated who) {
      JsonNode claims = JSON.readTree(input);
      assertClaims(claims, ISSUERS);
      assertThat(who.principal().id())
          .isEqualTo(claims.get("iss").textValue() + "|" + claims.get("sub").textValue());
      assertThat(who.epoch()).isEmpty();
      assertThat(who.scopes()).isPresent();
      if (claims.get("iss").textValue().equals("https://b.example")) {
        assertThat(who.principal().roles()).isEmpty();
        assertThat(who.scopes()).contains(Set.of());
      }
    } else if (result instanceof VerifiedJwt) {
      JsonNode claims = JSON.readTree(input);
      assertThat(List.of("roles", "scope", "name")).anyMatch(claims::has);
    }
  }

  private static void assertSame(JwtResult one, JwtResult other) {
    if (one instanceof VerifiedJwt jwt && other instanceof VerifiedJwt own) {
      assertThat(own)
          .returns(jwt.subject(), VerifiedJwt::subject)
          .returns(jwt.audience(), VerifiedJwt::audience)
          .returns(jwt.expiresAt(), VerifiedJwt::expiresAt)
          .returns(jwt.issuedAt(), VerifiedJwt::issuedAt)
          .returns(jwt.id(), VerifiedJwt::id)
          .returns(jwt.claims(), VerifiedJwt::claims);
    } else {
      assertThat(other).isEqualTo(one);
    }
  }

  private static AuthResult present(String token) {
    return BOTH.authenticate(
        TestRequest.get("/").header("Authorization", "Bearer " + token).build());
  }

  private static void assertClaims(JsonNode claims, Set<String> issuers) throws IOException {
    assertThat(claims.isObject()).isTrue();
    assertThat(issuers).contains(claims.get("iss").textValue());
    assertThat(claims.get("sub").isTextual()).isTrue();
    long now = CLOCK.instant().getEpochSecond();
    assertThat(claims.get("exp").isNumber()).isTrue();
    assertThat(claims.get("exp").doubleValue()).isBetween(now - 30.0, 253_402_300_799.0);
    for (String start : List.of("nbf", "iat")) {
      if (claims.has(start)) {
        assertThat(claims.get(start).doubleValue()).isBetween(-0.0, now + 31.0);
      }
    }
    JsonNode audience = claims.get("aud");
    if (audience.isTextual()) {
      assertThat(audience.textValue()).isEqualTo(AUDIENCE);
    } else {
      assertThat(audience)
          .allMatch(JsonNode::isTextual)
          .anyMatch(a -> a.textValue().equals(AUDIENCE));
    }
  }

  private static String signed(byte[] payload) throws GeneralSecurityException {
    String content = HEADER + "." + base64(payload);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
