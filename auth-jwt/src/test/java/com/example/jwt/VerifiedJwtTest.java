package com.example.jwt;

import static com.example.jwt.Forge.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Secrets;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerifiedJwtTest {
  private static VerifiedJwt verified(String... changes) {
    return (VerifiedJwt) Forge.builder().build().verify(Forge.token(changes));
  }

  @Test
  @DisplayName("JW-4 nothing but verification can make one")
  void unforgeable() {
    assertThat(Modifier.isFinal(VerifiedJwt.class.getModifiers())).isTrue();
    assertThat(VerifiedJwt.class.isRecord()).isFalse();
    for (Constructor<?> one : VerifiedJwt.class.getDeclaredConstructors()) {
      assertThat(one.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)).isZero();
    }
    assertThat(JwtResult.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(VerifiedJwt.class, JwtResult.Refused.class);
    assertThat(
            Arrays.stream(VerifiedJwt.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())))
        .isEmpty();
  }

  @Test
  @DisplayName("JW-3 what it says is what was signed")
  void registered() {
    VerifiedJwt jwt = verified("iat", Long.toString(NOW - 1), "jti", "\"7\"");
    assertThat(jwt.issuer()).contains(Forge.ISSUER);
    assertThat(jwt.subject()).isEqualTo("alice");
    assertThat(jwt.audience()).containsExactly(Forge.AUDIENCE);
    assertThat(jwt.expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 300));
    assertThat(jwt.issuedAt()).contains(Instant.ofEpochSecond(NOW - 1));
    assertThat(jwt.id()).contains("7");
    assertThat(jwt.key().keyId()).isEmpty();
    assertThat(jwt.claims()).isEmpty();
    assertThat(verified().issuedAt()).isEmpty();
  }

  @Test
  @DisplayName("JW-3 other claims keep their types; a number is never more or less than it was")
  void others() {
    VerifiedJwt jwt =
        verified(
            "text", "\"\"",
            "flag", "true",
            "long", "9223372036854775807",
            "big", "9223372036854775808",
            "least", "-9223372036854775809",
            "half", "0.5",
            "list", "[1,null,[\"a\"]]",
            "map", "{\"a\":{\"b\":false}}",
            "nothing", "null");
    assertThat(jwt.claims())
        .containsEntry("text", "")
        .containsEntry("flag", true)
        .containsEntry("long", Long.MAX_VALUE)
        .containsEntry("big", BigInteger.TWO.pow(63))
        .containsEntry("least", BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE))
        .containsEntry("half", 0.5)
        .containsEntry("list", Arrays.asList(1L, null, List.of("a")))
        .containsEntry("map", Map.of("a", Map.of("b", false)))
        .hasSize(8);
  }

  @Test
  @DisplayName("JW-3 one claim by its name: ours, the host's, one that is null, one that is absent")
  void one() {
    VerifiedJwt jwt = verified("scope", "\"read\"", "plan", "\"pro\"", "nothing", "null");
    assertThat(jwt.claim("scope")).contains("read");
    assertThat(jwt.claim("plan")).contains("pro");
    assertThat(jwt.claim("nothing")).isEmpty();
    assertThat(jwt.claim("Plan")).isEmpty();
    assertThat(verified().claim("plan")).isEmpty();
    assertThat(jwt.claim("sub")).as("registered").isEmpty();
  }

  @Test
  @DisplayName("JW-4 nobody can change it, at any level: it is remembered and shared")
  @SuppressWarnings("unchecked")
  void immutable() {
    VerifiedJwt jwt = verified("roles", "[\"a\"]", "map", "{\"a\":[1]}");
    assertThatThrownBy(() -> jwt.claims().put("roles", "admin"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<Object>) jwt.claims().get("roles")).add("admin"))
        .isInstanceOf(UnsupportedOperationException.class);
    Map<String, Object> map = (Map<String, Object>) jwt.claims().get("map");
    assertThatThrownBy(() -> map.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<Object>) map.get("a")).add(2L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> jwt.audience().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("PW-6 neither claims nor tokens nor keys are shown")
  void hidden() {
    String token = Forge.token("email", "\"alice@private.example\"");
    Secrets.remember(token);
    Secrets.remember("alice@private.example");
    JwtVerifier verifier = Forge.builder().build();
    VerifiedJwt jwt = (VerifiedJwt) verifier.verify(token);
    assertThat(jwt).hasToString("VerifiedJwt[VerificationKey[HS256]]");
    assertThat(verifier).hasToString("JwtVerifier[https://idp.example [VerificationKey[HS256]]]");
    assertThat(Forge.builder(VerificationKeys.of(jwt.key())).build().toString())
        .doesNotContain(Forge.base64(Forge.SECRET));
    assertThat(new JwtResult.Refused(JwtRefusal.EXPIRED)).hasToString("Refused[refusal=EXPIRED]");
    assertThatThrownBy(() -> new JwtResult.Refused(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("EV-1 each refusal has a stable name of its own")
  void names() {
    assertThat(JwtRefusal.values())
        .extracting(JwtRefusal::text)
        .containsExactly(
            "oversized",
            "malformed",
            "unknown_key",
            "wrong_algorithm",
            "bad_signature",
            "wrong_type",
            "bad_claims",
            "wrong_issuer",
            "wrong_audience",
            "wrong_claim",
            "expired",
            "not_yet_valid");
  }
}
