package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtSigner;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725 section 3.11: a host's tokens have a type that nobody else accepts. */
class OwnTypeTest {
  private final SigningKeySet keys = SigningKeySet.of(Forge.KEY.withKeyId("k"));

  private JwtSigner.Builder builder() {
    return JwtSigner.builder(Forge.ISSUER, Forge.AUDIENCE, keys).lifetime(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "Application/At+Jwt",
        "dpop+jwt",
        "secevent+jwt",
        "logout+jwt",
        "Logout+JWT",
        "token-introspection+jwt",
        "oauth-authz-req+jwt",
        "client-authentication+jwt",
        "oauth-client-attestation-pop+jwt",
        "entity-statement+jwt",
        "kb+jwt",
        "vc+jwt"
      })
  @DisplayName("RFC 8725 section 3.11: a type that has a meaning to others is refused, by name")
  void reserved(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().type(type))
        .withMessageContaining("has a meaning to others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JWT",
        "jwt",
        "application/jwt",
        "JOSE",
        "passport",
        "dc+sd-jwt",
        "download",
        "+jwt",
        "download+jwt ",
        " download+jwt",
        "download +jwt",
        "download+jwt\n",
        "application/application/at+jwt",
        "text/download+jwt",
        "download/x+jwt",
        "download+jwt; charset=utf-8",
        "\u212At+jwt",
        "\u00E9+jwt",
        "download+\u0458wt",
        "",
        "application/"
      })
  @DisplayName("RFC 6838 section 4.2: a type is a plain name that ends in +jwt")
  void malformed(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().type(type));
  }

  @Test
  @DisplayName("RFC 6838 section 4.2: a type has up to 127 characters")
  void length() {
    assertThat(builder().type("a".repeat(123) + "+jwt").build().toString()).contains("aaa+jwt");
    assertThatIllegalArgumentException().isThrownBy(() -> builder().type("a".repeat(124) + "+jwt"));
  }

  @Test
  @DisplayName("RFC 7515 section 4.1.9: a type is written in lower case, without application/")
  void normalised() {
    String token = builder().type("application/Download+JWT").build().sign("x").reveal();
    assertThat(new String(Forge.bytes(token.substring(0, token.indexOf('.'))), UTF_8))
        .contains("\"typ\":\"download+jwt\"");
    assertThat(builder().type("DOWNLOAD+jwt").build().verifier().build().verify(token))
        .isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName(
      "RFC 8725 section 3.11: no purpose accepts the tokens of another, nor any type of ours")
  void apart() {
    JwtSigner links = builder().type("download+jwt").build();
    JwtSigner invitations = builder().type("invitation+jwt").build();
    String link = links.sign("x").reveal();
    assertThat(links.verifier().build().verify(link)).isInstanceOf(VerifiedJwt.class);
    JwtVerifier access = JwtVerifier.of(Forge.ISSUER, Forge.AUDIENCE, keys);
    JwtVerifier plain =
        JwtVerifier.builder(keys).issuer(Forge.ISSUER).audience(Forge.AUDIENCE).type("JWT").build();
    for (JwtVerifier other : List.of(invitations.verifier().build(), access, plain)) {
      assertThat(refusal(other.verify(link))).isEqualTo(JwtRefusal.WRONG_TYPE);
      assertThat(refusal(other.verifyEvenExpired(link))).isEqualTo(JwtRefusal.WRONG_TYPE);
    }
    for (String type : List.of("at+jwt", "JWT", "", "invitation+jwt", "xdownload+jwt")) {
      String header = "{\"alg\":\"HS256\",\"kid\":\"k\",\"typ\":\"" + type + "\"}";
      long now = keys.environment().now().getEpochSecond();
      String token = Forge.signed(header, Forge.claims("exp", Long.toString(now + 60)));
      assertThat(refusal(links.verifier().build().verify(token))).isEqualTo(JwtRefusal.WRONG_TYPE);
    }
    String none = Forge.signed("{\"alg\":\"HS256\",\"kid\":\"k\"}", Forge.claims());
    assertThat(refusal(links.verifier().build().verify(none))).isEqualTo(JwtRefusal.WRONG_TYPE);
  }
}
