package com.example.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that can't be used, and what is said of them. */
class RefusedConfigurationTest {
  private static List<String> faults(AuthConfiguration.Builder builder) {
    return catchThrowableOfType(ConfigurationException.class, builder::build).faults();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("SP-2 a value just out of range is refused with the key, the value and the range")
  @CsvSource(
      delimiter = '|',
      value = {
        "auth.knock.times|0|1 to 5",
        "auth.knock.times|6|1 to 5",
        "auth.knock.times|three|1 to 5",
        "auth.knock.times|99999999999|1 to 5",
        "auth.knock.pause|0|1 to 60 seconds",
        "auth.knock.pause|61|1 to 60 seconds",
        "auth.knock.loud|TRUE|true, false",
        "auth.knock.answer|COME_IN|come-in, go-away",
        "auth.knock.guests|nobody|names",
        "auth.permission|everyone|anyone, authenticated",
        "auth.permission|role:|role:NAME",
        "auth.permission|scope:a b|scope:NAME",
        "auth.transport|optional|required, optional-on-loopback-for-development",
        "auth.trusted-origins|https://a.example/|origins",
        "auth.mount-path|/app/|empty, or a path such as /app",
        "auth.mount-path|app|empty, or a path such as /app",
        "auth.max-authorization-length|255|256 to 65536",
        "auth.passwords.cost|9|10 to 16",
        "auth.tokens-outlive-password-change|TRUE|true, false",
        "auth.passwords.max-concurrent-hashes|1025|1 to 1024",
        "auth.passwords.max-concurrent-hashes|0|1 to 1024",
        "auth.passwords.max-wait|61|0 to 60 seconds",
        "auth.passwords.remember|yes|true, false",
      })
  void refusesOutOfRange(String key, String value, String allowed) {
    assertThat(faults(KnockScheme.configured(key, value)))
        .singleElement()
        .asString()
        .startsWith(key + ": '" + value + "' is not allowed; allowed: ")
        .contains(allowed);
  }

  @ParameterizedTest(name = "auth.chain = {0}")
  @DisplayName("SP-2 an empty chain, an empty name and a scheme named twice are refused")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it names no scheme; installed: knock, plain",
        "' '|it names no scheme; installed: knock, plain",
        "'knock,'|there is no scheme ''; installed: knock, plain",
        "'knock, plain, knock'|the scheme 'knock' appears twice",
      })
  void refusesBadChains(String chain, String fault) {
    assertThat(faults(KnockScheme.configured("auth.chain", chain)))
        .containsExactly("auth.chain: " + fault);
  }

  @Test
  @DisplayName("SP-2 an unknown scheme is refused with those that are installed")
  void refusesUnknownScheme() {
    assertThat(faults(KnockScheme.configured("auth.chain", "plain, Knock")))
        .containsExactly("auth.chain: there is no scheme 'Knock'; installed: knock, plain");
  }

  @Test
  @DisplayName("SP-2 unknown keys are refused with the known ones, and without their values")
  void refusesUnknownKeys() {
    assertThat(
            faults(
                KnockScheme.configured(
                    "auth.knock.tims", "s3cret-1",
                    "auth.nock.times", "s3cret-2",
                    "auth.chian", "s3cret-3",
                    "auth.knock.times.x", "s3cret-4")))
        .hasSize(4)
        .noneMatch(fault -> fault.contains("s3cret"))
        .contains(
            "auth.knock.tims: unknown key; known here: answer, guests, loud, pause, times, word",
            "auth.nock.times: there is no section 'auth.nock'; there are: knock, passwords, plain, shed");
  }

  @Test
  @DisplayName("SP-2 the value of a secret setting is not shown")
  void hidesSecrets() {
    assertThat(faults(KnockScheme.configured("auth.knock.word", "S3CRET")))
        .containsExactly(
            "auth.knock.word: (its value is not shown) is not allowed; allowed: letters");
  }

  @Test
  @DisplayName("SP-2 what a scheme needs and nobody gave is refused by its name")
  void refusesMissingResource() {
    assertThat(faults(AuthConfiguration.builder(Map.of("auth.chain", "knock"))))
        .containsExactly(
            "auth.chain: the scheme 'knock' needs a Door; give one by with(Door.class, …)");
  }

  @Test
  @DisplayName("SP-2 settings that contradict each other are refused in the scheme's words")
  void refusesContradictions() {
    assertThat(
            faults(
                KnockScheme.configured("auth.knock.loud", "true", "auth.knock.answer", "go-away")))
        .containsExactly("auth.knock: loud contradicts answer = go-away");
  }

  @Test
  @DisplayName(
      "SP-2 a contradiction is told beside the faults of others, but not on top of its own")
  void reportsContradictionsWithTheRest() {
    assertThat(
            faults(
                KnockScheme.configured(
                    "auth.knock.loud", "true",
                    "auth.knock.answer", "go-away",
                    "auth.permission", "everyone",
                    "auth.plain.colour", "red")))
        .hasSize(3)
        .contains("auth.knock: loud contradicts answer = go-away");
    assertThat(
            faults(
                KnockScheme.configured(
                    "auth.knock.loud", "true",
                    "auth.knock.answer", "go-away",
                    "auth.knock.times", "9")))
        .singleElement()
        .asString()
        .startsWith("auth.knock.times: '9'");
  }

  @Test
  @DisplayName("GU-5, TH-5 the switch for development and trusted proxies exclude each other")
  void refusesDevelopmentBehindProxies() {
    String[] proxies = {"auth.trusted-proxies", "10.0.0.0/8, ::1"};
    assertThat(KnockScheme.configured(proxies).build().environment().proxies())
        .hasToString("TrustedProxies[10.0.0.0/8, 0:0:0:0:0:0:0:1/128]");
    assertThat(KnockScheme.configured().build().environment().proxies().isNone()).isTrue();
    assertThat(
            faults(
                KnockScheme.configured(
                    "auth.trusted-proxies",
                    "10.0.0.0/8",
                    "auth.transport",
                    "optional-on-loopback-for-development")))
        .singleElement()
        .asString()
        .startsWith("auth.transport: behind auth.trusted-proxies")
        .endsWith("allowed: required");
    assertThat(faults(KnockScheme.configured("auth.trusted-proxies", "10.0.0.1/8"))).hasSize(1);
    AuthEnvironment developing =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    assertThat(faults(KnockScheme.configured(proxies).with(AuthEnvironment.class, developing)))
        .singleElement()
        .asString()
        .startsWith("auth.transport: behind auth.trusted-proxies");
  }

  @Test
  @DisplayName("SP-2 all faults of one configuration are in one message")
  void reportsAllTogether() {
    assertThatThrownBy(
            KnockScheme.configured(
                    "auth.chain", "knock, kerberos",
                    "auth.knock.times", "9",
                    "auth.knock.tims", "1")
                ::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The settings have 3 faults:\n- auth.knock.times: '9'")
        .hasMessageContaining("\n- auth.knock.tims: unknown key")
        .hasMessageContaining("\n- auth.chain: there is no scheme 'kerberos'");
  }
}
