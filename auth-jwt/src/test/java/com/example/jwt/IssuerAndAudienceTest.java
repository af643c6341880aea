package com.example.jwt;

import static com.example.jwt.Forge.AUDIENCE;
import static com.example.jwt.Forge.ISSUER;
import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerAndAudienceTest {
  private final JwtVerifier verifier = Forge.builder().build();

  private static JwtVerifier.Builder open() {
    return JwtVerifier.builder(
        AuthEnvironment.standard().withClock(SettableClock.create()),
        VerificationKeys.of(Forge.KEY.verificationKey()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "\"h\"",
        "\"https://idp\"",
        "\"idp.example\"",
        "\"https://idp.example/\"",
        "\"https://idp.example.evil\"",
        "\"https://idp.example \"",
        "\" https://idp.example\"",
        "\"HTTPS://idp.example\"",
        "\"https://IDP.example\"",
        "\"https://idp%2Eexample\"",
        "\"https://idp.example\\u0000\"",
        "\"https://\\u0131dp.example\"",
        "\"https://idp.example,https://other.example\""
      })
  @DisplayName("JW-3 CVE-2024-53861: iss is the issuer exactly, not a part of it, nor nearly it")
  void otherIssuers(String iss) {
    assertThat(refusal(verifier.verify(Forge.token("iss", iss))))
        .isEqualTo(JwtRefusal.WRONG_ISSUER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "true", "{}", "[]", "[\"https://idp.example\"]", "[null]"})
  @DisplayName("JW-3 an iss that is no string is refused, for whoever takes any issuer too")
  void issuerTypes(String iss) {
    JwtVerifier any = open().acceptAnyIssuer().audience(AUDIENCE).build();
    for (JwtVerifier each : new JwtVerifier[] {verifier, any}) {
      assertThat(refusal(each.verify(Forge.token("iss", iss)))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "[]",
        "[\"\"]",
        "\"https://api\"",
        "\"api.example\"",
        "\"https://api.example/\"",
        "\"https://API.example\"",
        "\"https://api.example https://other.example\"",
        "\"https://api.example,x\"",
        "[\"https://api.example/\",\"https://api\"]",
        "[\"h\",\"t\"]"
      })
  @DisplayName("JW-3 CVE-2020-26160: an aud that is missing, empty or nearly the expected one")
  void otherAudiences(String aud) {
    assertThat(refusal(verifier.verify(Forge.token("aud", aud))))
        .isEqualTo(JwtRefusal.WRONG_AUDIENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "true",
        "{}",
        "{\"https://api.example\":true}",
        "[null]",
        "[[\"https://api.example\"]]",
        "[{\"a\":\"https://api.example\"}]",
        "[\"https://api.example\",7]",
        "[\"https://api.example\",null]",
        "[7,\"https://api.example\"]",
        "[\"https://api.example\",[\"x\"]]"
      })
  @DisplayName("JW-3 an aud of another type is refused, for whoever takes any audience too")
  void audienceTypes(String aud) {
    JwtVerifier any = open().issuer(ISSUER).acceptAnyAudience().build();
    for (JwtVerifier each : new JwtVerifier[] {verifier, any}) {
      assertThat(refusal(each.verify(Forge.token("aud", aud)))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  @Test
  @DisplayName("JW-3 the audience may be one of several, at any place")
  void lists() {
    VerifiedJwt jwt =
        (VerifiedJwt) verifier.verify(Forge.token("aud", "[\"a\",\"https://api.example\",\"a\"]"));
    assertThat(jwt.audience()).isEqualTo(List.of("a", AUDIENCE, "a"));
    assertThat(((VerifiedJwt) verifier.verify(Forge.token())).audience()).containsExactly(AUDIENCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "null", "7", "true", "[\"alice\"]", "{}", "\"\\ud800\""})
  @DisplayName("JW-3 a token without a sub, or with one that is empty or no string, is refused")
  void subjects(String sub) {
    JwtVerifier any = open().acceptAnyIssuer().acceptAnyAudience().acceptAnyType().build();
    for (JwtVerifier each : new JwtVerifier[] {verifier, any}) {
      assertThat(refusal(each.verify(Forge.token("sub", sub)))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "{}", "true"})
  @DisplayName("JW-3 a jti that is no string is refused, though none is needed")
  void ids(String jti) {
    assertThat(refusal(verifier.verify(Forge.token("jti", jti)))).isEqualTo(JwtRefusal.BAD_CLAIMS);
    assertThat(((VerifiedJwt) verifier.verify(Forge.token("jti", "\"a\""))).id()).contains("a");
    assertThat(((VerifiedJwt) verifier.verify(Forge.token())).id()).isEmpty();
  }

  @Test
  @DisplayName("JW-3 what is forgotten, and what contradicts itself, fails in build()")
  void builder() {
    for (UnaryOperator<JwtVerifier.Builder> change :
        List.<UnaryOperator<JwtVerifier.Builder>>of(
            b -> b,
            b -> b.issuer(ISSUER),
            b -> b.audience(AUDIENCE),
            b -> b.acceptAnyIssuer(),
            b -> b.acceptAnyAudience(),
            b -> b.issuer(ISSUER).acceptAnyIssuer().audience(AUDIENCE),
            b -> b.acceptAnyIssuer().issuer(ISSUER).audience(AUDIENCE),
            b -> b.issuer(ISSUER).audience(AUDIENCE).acceptAnyAudience(),
            b -> b.issuer(ISSUER).acceptAnyAudience().audience(AUDIENCE))) {
      JwtVerifier.Builder builder = change.apply(open());
      assertThatIllegalArgumentException()
          .isThrownBy(builder::build)
          .withMessageContaining("acceptAnyIssuer")
          .withMessageContaining("acceptAnyAudience");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> open().issuer(""));
    assertThatIllegalArgumentException().isThrownBy(() -> open().audience(""));
    VerificationKeys keys = VerificationKeys.of(Forge.KEY.verificationKey());
    assertThatIllegalArgumentException().isThrownBy(() -> JwtVerifier.of("", AUDIENCE, keys));
    assertThatIllegalArgumentException().isThrownBy(() -> JwtVerifier.of(ISSUER, "", keys));
  }

  @Test
  @DisplayName("JW-3 who opts out by name takes any issuer or audience, and neither")
  void optedOut() {
    JwtVerifier any = open().acceptAnyIssuer().acceptAnyAudience().build();
    VerifiedJwt none = (VerifiedJwt) any.verify(Forge.token("iss", "", "aud", ""));
    assertThat(none.issuer()).isEmpty();
    assertThat(none.audience()).isEmpty();
    JwtVerifier anyIssuer = open().acceptAnyIssuer().audience(AUDIENCE).build();
    assertThat(anyIssuer.verify(Forge.token("iss", "\"x\""))).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(anyIssuer.verify(Forge.token("aud", "\"x\""))))
        .isEqualTo(JwtRefusal.WRONG_AUDIENCE);
    JwtVerifier anyAudience = open().issuer(ISSUER).acceptAnyAudience().build();
    assertThat(anyAudience.verify(Forge.token("aud", "\"x\""))).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(anyAudience.verify(Forge.token("iss", "\"x\""))))
        .isEqualTo(JwtRefusal.WRONG_ISSUER);
    assertThat(refusal(any.verify(Forge.token("exp", "1")))).isEqualTo(JwtRefusal.EXPIRED);
  }
}
