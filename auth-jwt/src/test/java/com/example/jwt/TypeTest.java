package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTest {
  private static JwtResult verify(JwtVerifier verifier, String typ) {
    return verifier.verify(Forge.withHeader("{\"alg\":\"HS256\",\"typ\":\"" + typ + "\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at+jwt",
        "AT+JWT",
        "at+JwT",
        "application/at+jwt",
        "APPLICATION/AT+JWT",
        "Application/at+JWT"
      })
  @DisplayName("JW-3 at+jwt in any case, with and without application/, is an access token")
  void access(String typ) {
    assertThat(verify(Forge.builder().build(), typ)).isInstanceOf(VerifiedJwt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JWT",
        "jwt",
        "",
        " at+jwt",
        "at+jwt ",
        "at+jwt\\u0000",
        "at",
        "rt+jwt",
        "x-at+jwt",
        "at+jwtx",
        "/at+jwt",
        "application/",
        "application/application/at+jwt",
        "text/at+jwt",
        "xapplication/at+jwt",
        "applicationx/at+jwt",
        "at+jwtapplication/",
        "application/at+jwt; charset=utf-8",
        "at jwt",
        "logout+jwt",
        "dpop+jwt"
      })
  @DisplayName("JW-3 another typ is refused: an ID token or a refresh token is no access token")
  void others(String typ) {
    assertThat(refusal(verify(Forge.builder().build(), typ))).isEqualTo(JwtRefusal.WRONG_TYPE);
  }

  @Test
  @DisplayName("JW-3 a token without a typ is refused, unless any is taken")
  void missing() {
    String token = Forge.withHeader("{\"alg\":\"HS256\"}");
    assertThat(refusal(Forge.builder().build().verify(token))).isEqualTo(JwtRefusal.WRONG_TYPE);
    JwtVerifier any = Forge.builder().acceptAnyType().build();
    assertThat(any.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(verify(any, "whatever")).isInstanceOf(VerifiedJwt.class);
  }

  @ParameterizedTest
  @CsvSource({
    "JWT, jwt",
    "JWT, application/JWT",
    "application/JWT, JWT",
    "application/logout+jwt, LOGOUT+jwt",
    "ID, id",
    "ok, OK",
    "AZ, az",
    "az, AZ"
  })
  @DisplayName("JW-3 another type can be set by name, and then it alone is taken")
  void set(String type, String typ) {
    JwtVerifier verifier = Forge.builder().type(type).build();
    assertThat(verify(verifier, typ)).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(verify(verifier, "at+jwt"))).isEqualTo(JwtRefusal.WRONG_TYPE);
  }

  @ParameterizedTest
  @CsvSource({
    "ID, \u0131D",
    "ID, \u0130D",
    "ok, o\u212A",
    "os, o\u017F",
    "JWT, \uFF2AWT",
    "a@, a`",
    "a[, a{"
  })
  @DisplayName("JW-3 CVE-2024-38827: only ASCII letters are compared without their case")
  void ascii(String type, String typ) {
    assertThat(refusal(verify(Forge.builder().type(type).build(), typ)))
        .isEqualTo(JwtRefusal.WRONG_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/", "APPLICATION/", "a\n", "\u0000", "\uD800"})
  @DisplayName("JW-3 a type that is empty, or that a header can't hold, is refused at construction")
  void refused(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> Forge.builder().type(type));
  }
}
