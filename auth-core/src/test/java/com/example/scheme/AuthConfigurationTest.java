package com.example.scheme;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthConfigurationTest {
  private static final AuthRequest KNOCKS = TestRequest.get("/").header("Knock", "x").build();

  private static AuthConfiguration.Builder settings(String... pairs) {
    Map<String, String> settings = new HashMap<>(Map.of("auth.chain", "knock, plain"));
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return AuthConfiguration.builder(settings)
        .with(KnockScheme.Door.class, new KnockScheme.Door("front"));
  }

  private static List<String> faults(AuthConfiguration.Builder builder) {
    return catchThrowableOfType(ConfigurationException.class, builder::build).faults();
  }

  @Test
  @DisplayName("SP-1 auth.chain gives the order; keys stand below the scheme's name")
  void buildsTheChain() {
    AuthConfiguration auth =
        settings(
                "auth.knock.times", "5",
                "auth.knock.pause", " 60 ",
                "auth.knock.loud", "true",
                "auth.knock.answer", "come-in",
                "auth.knock.guests", "ann , bob",
                "auth.knock.word", "friend")
            .build();
    assertThat(auth.chain()).hasToString("AuthenticatorChain[knock, plain]");
    assertThatResult(auth.chain().authenticate(KNOCKS))
        .isAuthenticatedAs("front 5 PT1M true come_in [ann, bob] friend");
    assertThat(settings("auth.chain", "plain,knock").build().chain())
        .hasToString("AuthenticatorChain[plain, knock]");
  }

  @Test
  @DisplayName("SP-3 what is not set has its default")
  void defaults() {
    assertThatResult(settings().build().chain().authenticate(KNOCKS))
        .isAuthenticatedAs("front 3 PT2S false come_in [] sesame");
  }

  @Test
  @DisplayName("SP-1 settings can be Properties with defaults; other keys are nobody's business")
  void readsProperties() {
    Properties defaults = new Properties();
    defaults.setProperty("auth.chain", "plain");
    Properties properties = new Properties(defaults);
    properties.setProperty("server.port", "80");
    properties.setProperty("authx.chain", "x");
    assertThat(AuthConfiguration.builder(properties).build().chain())
        .hasToString("AuthenticatorChain[plain]");
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
    assertThat(faults(settings(key, value)))
        .singleElement()
        .asString()
        .startsWith(key + ": '" + value + "' is not allowed; allowed: ")
        .contains(allowed);
  }

  @Test
  @DisplayName("AD-3, SP-3 auth.mount-path is that of the environment; without it the host's stays")
  void mountPath() {
    AuthEnvironment mounted = AuthEnvironment.standard().withMountPath("/host");
    assertThat(settings("auth.mount-path", "/sites/app").build().environment().mountPath())
        .isEqualTo("/sites/app");
    assertThat(settings().with(AuthEnvironment.class, mounted).build().environment().mountPath())
        .isEqualTo("/host");
    assertThat(
            settings("auth.mount-path", "")
                .with(AuthEnvironment.class, mounted)
                .build()
                .environment()
                .mountPath())
        .isEmpty();
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
    assertThat(faults(settings("auth.chain", chain))).containsExactly("auth.chain: " + fault);
  }

  @Test
  @DisplayName("SP-2 an unknown scheme is refused with those that are installed")
  void refusesUnknownScheme() {
    assertThat(faults(settings("auth.chain", "plain, Knock")))
        .containsExactly("auth.chain: there is no scheme 'Knock'; installed: knock, plain");
  }

  @Test
  @DisplayName("SP-2 unknown keys are refused with the known ones, and without their values")
  void refusesUnknownKeys() {
    assertThat(
            faults(
                settings(
                    "auth.knock.tims", "s3cret-1",
                    "auth.nock.times", "s3cret-2",
                    "auth.chian", "s3cret-3",
                    "auth.knock.times.x", "s3cret-4")))
        .hasSize(4)
        .noneMatch(fault -> fault.contains("s3cret"))
        .contains(
            "auth.knock.tims: unknown key; known here: answer, guests, loud, pause, times, word",
            "auth.nock.times: there is no section 'auth.nock'; there are: knock, passwords, plain");
  }

  @Test
  @DisplayName("SP-2 the value of a secret setting is not shown")
  void hidesSecrets() {
    assertThat(faults(settings("auth.knock.word", "S3CRET")))
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
    assertThat(faults(settings("auth.knock.loud", "true", "auth.knock.answer", "go-away")))
        .containsExactly("auth.knock: loud contradicts answer = go-away");
  }

  @Test
  @DisplayName(
      "SP-2 a contradiction is told beside the faults of others, but not on top of its own")
  void reportsContradictionsWithTheRest() {
    assertThat(
            faults(
                settings(
                    "auth.knock.loud", "true",
                    "auth.knock.answer", "go-away",
                    "auth.permission", "everyone",
                    "auth.plain.colour", "red")))
        .hasSize(3)
        .contains("auth.knock: loud contradicts answer = go-away");
    assertThat(
            faults(
                settings(
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
    assertThat(settings(proxies).build().environment().proxies())
        .hasToString("TrustedProxies[10.0.0.0/8, 0:0:0:0:0:0:0:1/128]");
    assertThat(settings().build().environment().proxies().isNone()).isTrue();
    assertThat(
            faults(
                settings(
                    "auth.trusted-proxies",
                    "10.0.0.0/8",
                    "auth.transport",
                    "optional-on-loopback-for-development")))
        .singleElement()
        .asString()
        .startsWith("auth.transport: behind auth.trusted-proxies")
        .endsWith("allowed: required");
    assertThat(faults(settings("auth.trusted-proxies", "10.0.0.1/8"))).hasSize(1);
    AuthEnvironment developing =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    assertThat(faults(settings(proxies).with(AuthEnvironment.class, developing)))
        .singleElement()
        .asString()
        .startsWith("auth.transport: behind auth.trusted-proxies");
  }

  @Test
  @DisplayName("SP-4 without auth.chain the chain is session, basic")
  void defaultChain() {
    assertThat(AuthConfiguration.knownSettings().get("auth.chain").fallback())
        .isEqualTo("session, basic");
  }

  @Test
  @DisplayName("SP-2 all faults of one configuration are in one message")
  void reportsAllTogether() {
    assertThatThrownBy(
            settings(
                    "auth.chain", "knock, kerberos",
                    "auth.knock.times", "9",
                    "auth.knock.tims", "1")
                ::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The settings have 3 faults:\n- auth.knock.times: '9'")
        .hasMessageContaining("\n- auth.knock.tims: unknown key")
        .hasMessageContaining("\n- auth.chain: there is no scheme 'kerberos'");
  }

  @ParameterizedTest(name = "{0}: anonymous GET {1}")
  @DisplayName("SP-4 auth.permission is the default permission")
  @CsvSource({
    "authenticated, 401",
    "anyone, 200",
    "authenticated-or-read-only, 200",
    "role:admin, 401",
    "scope:read, 401",
  })
  void defaultPermission(String permission, int status) {
    Decision decision =
        settings("auth.permission", permission).build().guard().check(TestRequest.get("/").build());
    int answered = decision instanceof Decision.Refuse refuse ? refuse.response().status() : 200;
    assertThat(answered).isEqualTo(status);
  }

  @Test
  @DisplayName(
      "SP-1, CH-5, GU-5 transport, trusted origins and the limit of the field are settings")
  void generalSettings() {
    AuthConfiguration auth =
        settings(
                "auth.transport", "optional-on-loopback-for-development",
                "auth.trusted-origins", "https://app.example",
                "auth.max-authorization-length", "256")
            .build();
    assertThat(auth.environment().transport())
        .isEqualTo(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    assertThat(
            auth.environment()
                .origins()
                .judge(TestRequest.post("/").header("Origin", "https://app.example").build()))
        .isEqualTo(OriginPolicy.Origin.OWN);
    AuthResult tooLong =
        auth.chain()
            .authenticate(TestRequest.get("/").authorization("A " + "b".repeat(255)).build());
    assertThatResult(tooLong).isRejected(Reason.OVERSIZED);
    assertThat(settings().build().environment().transport()).isEqualTo(TransportSecurity.REQUIRED);
  }

  @Test
  @DisplayName("CH-11, EV-1 the host's clock and listener are used")
  void usesClockAndListener() {
    SettableClock clock = SettableClock.create();
    RecordingListener listener = new RecordingListener();
    AuthConfiguration auth =
        settings()
            .with(
                AuthEnvironment.class,
                AuthEnvironment.standard().withClock(clock).withListener(listener))
            .build();
    assertThat(auth.chain().authenticate(KNOCKS))
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> assertThat(who.authenticatedAt()).contains(clock.instant()));
    assertThat(listener.events(AuthEvent.RequestAuthenticated.class))
        .singleElement()
        .satisfies(event -> assertThat(event.at()).isEqualTo(clock.instant()));
  }

  @Test
  @DisplayName("PW-1, PW-4 auth.passwords sets the cost; without a store there are no passwords")
  void passwords() {
    AuthConfiguration auth =
        settings("auth.passwords.cost", "10")
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, TokenStore.inMemory())
            .build();
    assertThat(auth.auth().passwords().hash(Password.of("correct horse")).orElseThrow())
        .startsWith("$2b$10$");
    assertThatThrownBy(() -> settings().build().auth())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CredentialStore");
  }

  @Test
  @DisplayName("SP-3 what settings leave open is as the given environment says; what they set wins")
  void givenOrSet() {
    AuthEnvironment given =
        AuthEnvironment.standard()
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT)
            .withTokensOutlivePasswordChange(true)
            .withOrigins(OriginPolicy.trusting(List.of("https://app.example")));
    AuthEnvironment open =
        settings().with(AuthEnvironment.class, given).build().chain().environment();
    assertThat(open.transport()).isEqualTo(given.transport());
    assertThat(open.origins()).isSameAs(given.origins());
    assertThat(open.counts()).isSameAs(given.counts());
    assertThat(open.tokensOutlivePasswordChange()).isTrue();
    AuthEnvironment set =
        settings(
                "auth.transport", "required",
                "auth.trusted-origins", "",
                "auth.tokens-outlive-password-change", "false")
            .with(AuthEnvironment.class, given)
            .build()
            .environment();
    assertThat(set.transport()).isEqualTo(TransportSecurity.REQUIRED);
    assertThat(set.tokensOutlivePasswordChange()).isFalse();
    assertThat(
            set.origins()
                .judge(TestRequest.post("/").header("Origin", "https://app.example").build()))
        .isEqualTo(OriginPolicy.Origin.FOREIGN);
  }

  @Test
  @DisplayName("SP-3 options of passwords that settings can't hold are set in code, after them")
  void passwordOptions() {
    CheapHasher hasher = CheapHasher.create();
    AuthConfiguration auth =
        settings("auth.passwords.cost", "10")
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, TokenStore.inMemory())
            .passwords(options -> options.hasher(hasher))
            .build();
    assertThat(auth.auth().passwords().hasher()).isSameAs(hasher);
  }

  @Test
  @DisplayName("SP-2 all keys with their defaults can be asked for")
  void knownSettings() {
    assertThat(AuthConfiguration.knownSettings())
        .containsKeys("auth.chain", "auth.passwords.cost", "auth.knock.word")
        .hasEntrySatisfying(
            "auth.knock.times",
            setting -> assertThat(setting).hasToString("times (1 to 5; default '3')"));
  }
}
