package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSignerTest {
  private static final String TYPE = "download+jwt";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final SettableClock clock = SettableClock.create();
  private final AuthEnvironment environment = AuthEnvironment.standard().withClock(clock);
  private final SigningKeySet keys =
      SigningKeySet.of(environment, Pairs.key(JwsAlgorithm.ES256).withKeyId("1"));
  private final JwtSigner links = builder(keys).build();

  private static JwtSigner.Builder builder(SigningKeySet keys) {
    return JwtSigner.builder(Forge.ISSUER, Forge.AUDIENCE, keys).type(TYPE).lifetime(TEN_MINUTES);
  }

  private static VerifiedJwt verified(JwtVerifier verifier, String token) {
    JwtResult result = verifier.verify(token);
    assertThat(result).isInstanceOf(VerifiedJwt.class);
    return (VerifiedJwt) result;
  }

  private static JsonNode part(String token, int index) throws Exception {
    return new ObjectMapper().readTree(Forge.bytes(token.split("\\.", -1)[index]));
  }

  @Test
  @DisplayName("RFC 7519 section 4.1: it has the six claims, the host's, and nothing else")
  void claims() throws Exception {
    Map<String, Object> given = new HashMap<>();
    given.put("user", "42");
    given.put("pages", List.of(1, 2));
    given.put("nothing", null);
    String token = links.sign("report-7.pdf", given).reveal();
    JsonNode header = part(token, 0);
    assertThat(header.toString())
        .isEqualTo("{\"alg\":\"ES256\",\"kid\":\"1\",\"typ\":\"download+jwt\"}");
    JsonNode claims = part(token, 1);
    assertThat(claims.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "iss", "sub", "aud", "exp", "iat", "jti", "user", "pages", "nothing");
    assertThat(claims.get("iss").textValue()).isEqualTo(Forge.ISSUER);
    assertThat(claims.get("sub").textValue()).isEqualTo("report-7.pdf");
    assertThat(claims.get("aud").textValue()).isEqualTo(Forge.AUDIENCE);
    assertThat(claims.get("iat").longValue()).isEqualTo(Forge.NOW);
    assertThat(claims.get("exp").longValue()).isEqualTo(Forge.NOW + 600);
    VerifiedJwt jwt = verified(links.verifier().build(), token);
    assertThat(jwt.subject()).isEqualTo("report-7.pdf");
    assertThat(jwt.claims()).isEqualTo(Map.of("user", "42", "pages", List.of(1L, 2L)));
    assertThat(jwt.id()).contains(claims.get("jti").textValue());
    assertThat(verified(links.verifier().build(), links.sign("x").reveal()).claims()).isEmpty();
  }

  @Test
  @DisplayName("CH-11: its jti is 128 bits of the environment's randomness, and differs each time")
  void ids() throws Exception {
    SecureRandom fixed =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
          }
        };
    SigningKeySet same =
        SigningKeySet.of(environment.withRandom(fixed), Pairs.key(JwsAlgorithm.EDDSA));
    byte[] sevens = new byte[16];
    Arrays.fill(sevens, (byte) 7);
    assertThat(part(builder(same).build().sign("x").reveal(), 1).get("jti").textValue())
        .isEqualTo(Forge.base64(sevens));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      ids.add(part(links.sign("x").reveal(), 1).get("jti").textValue());
    }
    assertThat(ids).hasSize(50);
  }

  @Test
  @DisplayName("RFC 7519 section 4.1.4: it expires at exactly its lifetime and the leeway")
  void expiry() {
    JwtVerifier exact = links.verifier().leeway(Duration.ZERO).build();
    JwtVerifier usual = links.verifier().build();
    String token = links.sign("x").reveal();
    clock.advance(TEN_MINUTES.minusMillis(1));
    assertThat(exact.verify(token)).isInstanceOf(VerifiedJwt.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(refusal(exact.verify(token))).isEqualTo(JwtRefusal.EXPIRED);
    assertThat(usual.verify(token)).isInstanceOf(VerifiedJwt.class);
    clock.advance(Duration.ofSeconds(30));
    assertThat(refusal(usual.verify(token))).isEqualTo(JwtRefusal.EXPIRED);
  }

  @Test
  @DisplayName("RFC 7519: it lives 1 s to 366 d, in whole seconds")
  void lifetimes() throws Exception {
    for (Duration good : List.of(Duration.ofSeconds(1), Duration.ofDays(366))) {
      JsonNode claims = part(builder(keys).lifetime(good).build().sign("x").reveal(), 1);
      assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
          .isEqualTo(good.toSeconds());
    }
    JsonNode cut =
        part(builder(keys).lifetime(Duration.ofMillis(1999)).build().sign("x").reveal(), 1);
    assertThat(cut.get("exp").longValue()).isEqualTo(Forge.NOW + 1);
    for (Duration bad :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(999),
            Duration.ofSeconds(-1),
            Duration.ofDays(366).plusMillis(1),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder(keys).lifetime(bad))
          .withMessageContaining("1 second to 366 days");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
  @DisplayName("JW-10 a registered claim can't be given, whatever its value")
  void registered(String name) {
    for (Object value : new Object[] {"x", 1L, List.of("https://other.example")}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> links.sign("x", Map.of("fine", 1, name, value)).reveal())
          .withMessageContaining("'" + name + "'");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> links.sign("x", Collections.singletonMap(name, null)).reveal());
    String upper = name.toUpperCase(Locale.ROOT);
    assertThat(
            verified(links.verifier().build(), links.sign("x", Map.of(upper, "y")).reveal())
                .claim(upper))
        .contains("y");
  }

  @Test
  @DisplayName("RFC 7519: what can't be written is refused by name, and a subject is never empty")
  void unfit() {
    assertThatIllegalArgumentException().isThrownBy(() -> links.sign("").reveal());
    assertThatIllegalArgumentException().isThrownBy(() -> links.sign("\uD800").reveal());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> links.sign("x", Map.of("odd", new Object())).reveal())
        .withMessageContaining("'odd'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtSigner.builder("", Forge.AUDIENCE, keys));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtSigner.builder(Forge.ISSUER, "", keys));
  }

  @Test
  @DisplayName("DESIGN 8: a type or a lifetime that was forgotten is refused")
  void forgotten() {
    JwtSigner.Builder noType =
        JwtSigner.builder(Forge.ISSUER, Forge.AUDIENCE, keys).lifetime(TEN_MINUTES);
    JwtSigner.Builder noLifetime = JwtSigner.builder(Forge.ISSUER, Forge.AUDIENCE, keys).type(TYPE);
    assertThatIllegalArgumentException().isThrownBy(noType::build).withMessageContaining("type");
    assertThatIllegalArgumentException()
        .isThrownBy(noLifetime::build)
        .withMessageContaining("lifetime");
  }

  @Test
  @DisplayName("JW-10 over the limit, 4,096 by default, it names the largest claim and no value")
  void tooLong() {
    String most = links.sign("x", Map.of("big", "v".repeat(2500))).reveal();
    int length = most.length();
    Map<String, Object> claims = Map.of("big", "v".repeat(2500));
    assertThat(builder(keys).maxLength(length).build().sign("x", claims).reveal()).hasSize(length);
    assertThatThrownBy(() -> builder(keys).maxLength(length - 1).build().sign("x", claims).reveal())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(length + " characters, more than " + (length - 1), "'big'")
        .hasMessageNotContaining("vvv");
    Map<String, Object> withNull = new HashMap<>();
    withNull.put("none", null);
    withNull.put("big", "v".repeat(3000));
    assertThatThrownBy(() -> links.sign("x", withNull).reveal())
        .hasMessageContainingAll("more than 4096", "'big'");
    for (int bad : new int[] {0, 1023, 8193}) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder(keys).maxLength(bad));
    }
    builder(keys).maxLength(1024);
    builder(keys).maxLength(8192);
  }

  @Test
  @DisplayName("JW-10 where the signature takes most of the room, that is said")
  void longSignature() {
    KeyPair pair = Pairs.generate("RSA", 4096);
    SigningKey large = SigningKey.of(JwsAlgorithm.RS256, pair.getPublic(), pair.getPrivate());
    JwtSigner signer = builder(SigningKeySet.of(environment, large)).maxLength(1024).build();
    assertThatThrownBy(() -> signer.sign("x", Map.of("big", "v".repeat(200))).reveal())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("more than 1024; its signature alone has 683");
  }

  @Test
  @DisplayName("JW-5 after a rotation the next key signs, and older tokens verify until its end")
  void rotation() throws Exception {
    JwtVerifier verifier = links.verifier().leeway(Duration.ZERO).build();
    JwtSigner days = builder(keys).lifetime(Duration.ofDays(2)).build();
    String old = days.sign("x").reveal();
    keys.rotate(Pairs.key(JwsAlgorithm.RS256).withKeyId("2"), Duration.ofDays(1));
    assertThat(part(links.sign("x").reveal(), 0).get("kid").textValue()).isEqualTo("2");
    assertThat(verifier.verify(links.sign("x").reveal())).isInstanceOf(VerifiedJwt.class);
    assertThat(verifier.verify(old)).isInstanceOf(VerifiedJwt.class);
    clock.advance(Duration.ofDays(1));
    assertThat(refusal(verifier.verify(old))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }

  @Test
  @DisplayName("PW-6 a signer shows whose and what for, and no key")
  void hidden() {
    assertThat(links).hasToString("JwtSigner[" + Forge.ISSUER + " download+jwt]");
  }
}
