package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.TRUSTED;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwtContradictionsTest {
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String... pairs) {
    return assertThatThrownBy(() -> new JwtSettings().jwt(pairs))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  @DisplayName("SP-2 nobody's tokens: issuer or trusted-issuer must be set")
  void nobody() {
    assertRefused().hasMessageContaining("auth.jwt: issuer or trusted-issuer must be set");
    assertRefused("issuer", "", "trusted-issuer", "")
        .hasMessageContaining("issuer or trusted-issuer must be set");
  }

  @Test
  @DisplayName(
      "SP-2 what belongs together is asked for: audience; trusted-audience; keys or where they are")
  void together() {
    assertRefused("issuer", Forge.ISSUER).hasMessageContaining("issuer needs audience");
    for (String[] some :
        new String[][] {
          {"trusted-issuer", "x"},
          {"trusted-issuer", "https://x.example"},
          {"trusted-issuer", "x", "trusted-keys", "https://x.example/"}
        }) {
      assertRefused(some).hasMessageContaining("trusted-issuer needs trusted-audience");
    }
    for (String issuer :
        new String[] {"x", "http://x.example", "https://x.example?a", "https://a:b@x.example"}) {
      assertRefused("trusted-issuer", issuer, "trusted-audience", "x")
          .hasMessageContaining("trusted-issuer needs trusted-keys, unless it is an https URL");
    }
    assertRefused(with(OWN, "idle", "61", "absolute", "60"))
        .hasMessageContaining("idle (61) is more than absolute (60)");
    assertThat(new JwtSettings().jwt(with(OWN, "idle", "60", "absolute", "60"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "audience, x",
    "lifetime, 300",
    "idle, 60",
    "absolute, 60",
    "grace, 10",
    "max-per-user, 5",
    "when-full, remove-oldest",
    "delivery, header",
    "delivery, cookie",
    "cookie-path, /auth/jwt",
    "look-up, false",
    "look-up, true"
  })
  @DisplayName("SP-2 a setting of our own tokens has no effect where there are none")
  void withoutOwn(String key, String value) {
    assertRefused(with(TRUSTED, key, value))
        .hasMessageContaining(key + " has no effect without issuer");
  }

  @ParameterizedTest
  @CsvSource({
    "trusted-audience, x",
    "trusted-keys, https://x.example/",
    "trusted-type, any",
    "trusted-roles, groups",
    "trusted-scopes, scope",
    "trusted-name, email"
  })
  @DisplayName("SP-2 a setting of another issuer has no effect where none is named")
  void withoutTrusted(String key, String value) {
    assertRefused(with(OWN, key, value))
        .hasMessageContaining(key + " has no effect without trusted-issuer");
  }

  @Test
  @DisplayName("SP-2 cookie-path and when-full have no effect beside what the others say")
  void withoutEffect() {
    assertRefused(with(OWN, "cookie-path", "/auth/jwt"))
        .hasMessageContaining("cookie-path has no effect unless delivery is cookie");
    assertRefused(with(OWN, "max-per-user", "unlimited", "when-full", "refuse-new"))
        .hasMessageContaining("when-full has no effect where max-per-user is unlimited");
  }

  @Test
  @DisplayName("SP-2 all faults of the scheme are told together")
  void atOnce() {
    assertRefused(
            "issuer",
            "x",
            "idle",
            "61",
            "absolute",
            "60",
            "cookie-path",
            "/a",
            "max-per-user",
            "unlimited",
            "when-full",
            "refuse-new",
            "trusted-roles",
            "groups")
        .hasMessageContaining("issuer needs audience")
        .hasMessageContaining("idle (61) is more than absolute (60)")
        .hasMessageContaining("trusted-roles has no effect without trusted-issuer")
        .hasMessageContaining("cookie-path has no effect")
        .hasMessageContaining("when-full has no effect");
  }

  @Test
  @DisplayName("SP-2 cookies beside another issuer are a contradiction, told with the other faults")
  void cookiesAndTrusted() {
    String[] both = with(with(OWN, TRUSTED), "delivery", "cookie");
    assertRefused(both).hasMessageContaining("cookies");
    assertRefused(with(both, "max-per-user", "unlimited", "when-full", "refuse-new"))
        .hasMessageContaining("when-full has no effect")
        .hasMessageContaining("cookie");
    assertThatThrownBy(AuthConfiguration.builder(settings(both))::build)
        .hasMessageContaining("needs a TokenStore")
        .hasMessageContaining("authenticator of their own");
  }

  @Test
  @DisplayName(
      "SP-2 an issuer that is trusted beside itself is a contradiction, told with the others")
  void sameIssuer() {
    String[] both = with(with(OWN, TRUSTED), "trusted-issuer", Forge.ISSUER);
    assertRefused(both).hasMessageContaining("trusted-issuer and issuer are the same");
    assertRefused(with(both, "max-per-user", "unlimited", "when-full", "refuse-new"))
        .hasMessageContaining("when-full has no effect")
        .hasMessageContaining("trusted-issuer and issuer are the same");
  }
}
