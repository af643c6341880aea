package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.TRUSTED;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtRefusedSettingsTest {
  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String... pairs) {
    return assertThatThrownBy(() -> new JwtSettings().jwt(pairs))
        .isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("SP-2 a value out of range is refused with key, value and what is allowed")
  @CsvSource({
    "realm, '', printable ASCII",
    "issuer, a b, printable ASCII",
    "issuer, caf\u00E9, printable ASCII",
    "audience, a\u00A0b, printable ASCII",
    "lifetime, 0, 1 to 3600 seconds",
    "lifetime, 3601, 1 to 3600 seconds",
    "lifetime, 5m, 1 to 3600 seconds",
    "idle, 0, 1 to 31622400 seconds",
    "idle, 31622401, 1 to 31622400 seconds",
    "absolute, 0, 1 to 31622400 seconds",
    "absolute, 31622401, 1 to 31622400 seconds",
    "grace, -1, 0 to 300 seconds",
    "grace, 301, 0 to 300 seconds",
    "max-per-user, 0, 'unlimited, or 1 to 10000'",
    "max-per-user, 10001, 'unlimited, or 1 to 10000'",
    "when-full, REFUSE_NEW, 'remove-oldest, refuse-new'",
    "delivery, both, 'header, cookie'",
    "delivery, COOKIE, 'header, cookie'",
    "cookie-path, auth, behind each slash",
    "cookie-path, /, behind each slash",
    "cookie-path, /auth/, behind each slash",
    "cookie-path, //auth, behind each slash",
    "cookie-path, /auth/../x, behind each slash",
    "cookie-path, '/auth; Domain=x', behind each slash",
    "cookie-path, '', behind each slash",
    "dpop, on, 'off, allowed, required'",
    "look-up, yes, 'true, false'",
    "leeway, -1, 0 to 300 seconds",
    "leeway, 301, 0 to 300 seconds",
    "remember, -1, 0 to 10000000",
    "remember, 10000001, 0 to 10000000",
    "trusted-issuer, a b, printable ASCII",
    "trusted-audience, a b, printable ASCII",
    "trusted-keys, http://idp.example/jwks, an https URL",
    "trusted-keys, ftp://idp.example/jwks, an https URL",
    "trusted-keys, /etc/keys.json, an https URL",
    "trusted-keys, file:///etc/keys.json, an https URL",
    "trusted-keys, https://, an https URL",
    "trusted-keys, ht tp://x, an https URL",
    "trusted-type, '', a typ such as",
    "trusted-type, a b, a typ such as",
    "trusted-type, application/, a typ such as",
    "trusted-roles, sub, a claim that is not registered",
    "trusted-scopes, aud, a claim that is not registered",
    "trusted-name, a b, a claim that is not registered",
  })
  void refused(String key, String value, String allowed) {
    assertRefused(key, value)
        .hasMessageContaining("auth.jwt." + key + ": '" + value + "' is not allowed")
        .hasMessageContaining(
            allowed.equals("a claim that is not registered") ? "registered" : allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter22@idp.example/",
        "https://user:hunter22@idp_1.example/",
        "https://user:hunter22#x@idp.example/",
        "https://user:hunter22%@idp.example/",
        "https://user:hunter22|x@idp.example/"
      })
  @DisplayName("SP-2, PW-6 a secret in the URL of the keys is not shown")
  void userInfo(String uri) {
    assertRefused(with(TRUSTED, "trusted-keys", uri))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter22"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "algorithm",
        "algorithms",
        "secret",
        "key",
        "type",
        "trusted-realm",
        "trusted-algorithms",
        "Issuer"
      })
  @DisplayName("SP-2 what is no key is refused, its value is not shown, and the keys are named")
  void unknownKeys(String key) {
    assertRefused(with(OWN, key, "hunter22"))
        .hasMessageContaining("auth.jwt." + key + ": unknown key")
        .hasMessageContaining(
            "absolute, audience, client-id, cookie-path, delivery, dpop, dpop-algorithms,"
                + " dpop-max-age, dpop-nonces, grace, idle, issuer")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter22"));
  }

  @Test
  @DisplayName(
      "SP-2 stores and keys that are missing are named, all of them, and only where needed")
  void needs() {
    assertThatThrownBy(AuthConfiguration.builder(settings(OWN))::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("issuer needs a CredentialStore")
        .hasMessageContaining("issuer needs a TokenStore")
        .hasMessageContaining("issuer needs a JwtKeys; give one by with(JwtKeys.class");
    assertThat(AuthConfiguration.builder(settings(TRUSTED)).build().chain().members()).hasSize(1);
  }

  @Test
  @DisplayName("SP-2 no fault shows a key of the host")
  void noSecret() {
    Map<String, String> all = settings(with(OWN, "lifetime", "0", "idle", "x"));
    JwtSettings settings = new JwtSettings();
    assertThatThrownBy(() -> settings.build(all))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\"d\"", "\"k\"", "PRIVATE"));
  }
}
