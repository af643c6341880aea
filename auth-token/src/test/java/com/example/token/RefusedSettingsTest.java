package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.token.TokenAuthenticator;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedSettingsTest {
  private static TokenAuthenticator token(String... settings) {
    return new TokenSettings(new TokenFixture()).token(settings);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("SP-2 a value out of range is refused with key, value and what is allowed")
  @CsvSource({
    "lifetime, 0, 1 to 315360000",
    "lifetime, 315360001, 1 to 315360000",
    "lifetime, 90d, 1 to 315360000",
    "lifetime, '', 1 to 315360000",
    "idle, -1, 1 to 315360000",
    "idle, 99999999999999999999, 1 to 315360000",
    "ends, NEVER, 'fixed, sliding, never'",
    "ends, '', 'fixed, sliding, never'",
    "max-per-user, 0, 'unlimited, or 1 to 10000'",
    "max-per-user, 10001, 'unlimited, or 1 to 10000'",
    "when-full, REFUSE_NEW, 'remove-oldest, refuse-new'",
    "delivery, both, 'header, cookie'",
    "accept-imported, yes, 'true, false'",
    "realm, '', printable ASCII",
    "realm, caf\u00E9, printable ASCII",
    "keywords, '', auth-schemes",
    "keywords, 'Token,', auth-schemes",
    "keywords, 'Token, token', auth-schemes",
    "keywords, 'TITLE, title', auth-schemes",
    "keywords, 'a b', auth-schemes",
    "keywords, T\u00F6ken, auth-schemes",
    "keywords, 'Tit, T\u0131t', auth-schemes",
    "prefix, sally, 2 to 10 letters",
    "prefix, '', 2 to 10 letters",
    "prefix, elevenchar_, 2 to 10 letters",
    "prefix, a.b_, 2 to 10 letters",
    "former-prefixes, 'a_,', prefixes",
    "former-prefixes, sally, prefixes",
  })
  void refused(String key, String value, String allowed) {
    assertThatThrownBy(() -> token(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.token." + key + ": '" + value + "' is not allowed")
        .hasMessageContaining(allowed);
  }

  @Test
  @DisplayName("SP-2 a contradiction is told: idle above lifetime, where it slides")
  void contradiction() {
    assertThatThrownBy(() -> token("ends", "sliding", "lifetime", "60", "idle", "61"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("idle (61) is more than lifetime (60)");
    assertThat(token("ends", "sliding", "lifetime", "60", "idle", "60")).isNotNull();
  }

  @ParameterizedTest(name = "{0}; {1} = {2}")
  @DisplayName("SP-2 a setting without effect beside the others is refused, with its default too")
  @CsvSource({
    "ends=never, lifetime, 60, where ends is never",
    "ends=never, lifetime, 7776000, where ends is never",
    "ends=never, idle, 60, unless ends is sliding",
    "ends=fixed, idle, 60, unless ends is sliding",
    "lifetime=60, idle, 1209600, unless ends is sliding",
    "delivery=cookie, keywords, Key, where delivery is cookie",
    "delivery=cookie, keywords, 'Token, Bearer', where delivery is cookie",
    "max-per-user=unlimited, when-full, remove-oldest, where max-per-user is unlimited",
    "max-per-user=unlimited, when-full, refuse-new, where max-per-user is unlimited",
  })
  void withoutEffect(String beside, String key, String value, String why) {
    String[] other = beside.split("=", -1);
    assertThatThrownBy(() -> token(other[0], other[1], key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.token: " + key + " has no effect " + why);
    assertThat(token(other[0], other[1])).isNotNull();
  }

  @Test
  @DisplayName("SP-2 all settings without effect are told at once")
  void allWithoutEffect() {
    assertThatThrownBy(
            () ->
                token(
                    "ends", "never",
                    "lifetime", "60",
                    "idle", "60",
                    "delivery", "cookie",
                    "keywords", "Key",
                    "max-per-user", "unlimited",
                    "when-full", "remove-oldest"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("lifetime has no effect")
        .hasMessageContaining("idle has no effect")
        .hasMessageContaining("keywords has no effect")
        .hasMessageContaining("when-full has no effect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie-name", "domain", "same-site", "length", "query"})
  @DisplayName("SP-2 what is no key is refused, and the keys are named")
  void unknownKeys(String key) {
    assertThatThrownBy(() -> token(key, "x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.token." + key + ": unknown key")
        .hasMessageContaining("delivery, ends, former-prefixes, idle, keywords, lifetime");
  }

  @Test
  @DisplayName("SP-2 it needs both stores, and says so at once")
  void needsStores() {
    assertThatThrownBy(AuthConfiguration.builder(Map.of("auth.chain", "token"))::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the scheme 'token' needs a CredentialStore")
        .hasMessageContaining("the scheme 'token' needs a TokenStore");
  }
}
