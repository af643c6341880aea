package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePayloadTest {
  private final JwtVerifier verifier = Forge.builder().build();
  private final JwtVerifier own = Forge.builder(SigningKeySet.of(Forge.KEY)).build();

  private void assertBadClaims(String payload) {
    String token = Forge.withPayload(payload);
    assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    assertThat(refusal(own.verify(token))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    assertThat(Forge.reasonOfSeveral(token)).isEqualTo("bad_claims");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "0",
        "\"\"",
        "[]",
        "{",
        "}",
        "{\"\":}",
        "x",
        "iss=https://idp.example&sub=alice"
      })
  @DisplayName("JW-2 a payload that is empty, null or no object is none")
  void noObject(String payload) {
    assertBadClaims(payload);
    assertThat(refusal(verifier.verify(Forge.withPayload("{}")))).isEqualTo(JwtRefusal.BAD_CLAIMS);
  }

  @Test
  @DisplayName("JW-2 CVE-2022-39227: something before or behind the claims makes them none")
  void behind() {
    for (String more : new String[] {"{}", "null", "1", ",", "]", "}", "x", "//", "\u0000"}) {
      assertBadClaims(Forge.claims() + more);
      assertBadClaims(more + Forge.claims());
    }
    assertBadClaims("[" + Forge.claims() + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sub\":\"mallory\"",
        "\"\\u0073ub\":\"mallory\"",
        "\"iss\":\"https://other.example\"",
        "\"aud\":\"https://other.example\"",
        "\"exp\":1",
        "\"e\\u0078p\":1",
        "\"nbf\":1,\"nbf\":1",
        "\"iat\":1,\"iat\":1",
        "\"jti\":\"a\",\"jti\":\"a\"",
        "\"roles\":[],\"roles\":[\"admin\"]",
        "\"x\":null,\"x\":null",
        "\"x\":{\"a\":1,\"a\":1}",
        "\"x\":[{\"y\":{\"a\":1,\"\\u0061\":1}}]"
      })
  @DisplayName("JW-2 CVE-2017-12635: a claim that appears twice, the bad one first, at any level")
  void twice(String members) {
    assertBadClaims("{" + members + "," + Forge.claims().substring(1));
    String good = Forge.claims();
    assertBadClaims(good.substring(0, good.length() - 1) + "," + members + "}");
  }

  @Test
  @DisplayName("JW-2 CVE-2025-53864: 16 levels are read, 17 and 100,000 are refused")
  void depth() {
    String open = Forge.claims().replace("}", ",");
    assertThat(verifier.verify(Forge.withPayload(open + HostileHeaderTest.nested(15) + "}")))
        .isInstanceOf(VerifiedJwt.class);
    assertBadClaims(open + HostileHeaderTest.nested(16) + "}");
    JwtVerifier large = Forge.builder().maxLength(1 << 20).build();
    for (String deep : new String[] {"[".repeat(100_000), "{\"a\":".repeat(50_000)}) {
      assertThat(refusal(large.verify(Forge.withPayload(deep)))).isEqualTo(JwtRefusal.BAD_CLAIMS);
      assertThat(refusal(large.verify(Forge.withPayload(open + "\"x\":" + deep))))
          .isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e400", "-1e400", "NaN", "Infinity", "+1", "01", ".5", "1.", "0x10", "1_0"})
  @DisplayName("JW-2 a number without a value, anywhere in the claims")
  void numbers(String number) {
    assertBadClaims(Forge.claims("x", number));
    assertBadClaims(Forge.claims("x", "[{\"y\":" + number + "}]"));
  }

  @Test
  @DisplayName("JW-2 a number of 64 digits is read, one of 65 and one of 7,000 are not")
  void longNumbers() {
    assertThat(verifier.verify(Forge.token("x", "9".repeat(64)))).isInstanceOf(VerifiedJwt.class);
    assertBadClaims(Forge.claims("x", "9".repeat(65)));
    JwtVerifier large = Forge.builder().maxLength(1 << 20).build();
    assertThat(refusal(large.verify(Forge.token("x", "9".repeat(7000)))))
        .isEqualTo(JwtRefusal.BAD_CLAIMS);
  }
}
