package com.example.scheme;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings build. */
class AuthConfigurationTest {
  private static final AuthRequest KNOCKS = TestRequest.get("/").header("Knock", "x").build();

  @Test
  @DisplayName("SP-1 auth.chain gives the order; keys stand below the scheme's name")
  void buildsTheChain() {
    AuthConfiguration auth =
        KnockScheme.configured(
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
    assertThat(KnockScheme.configured("auth.chain", "plain,knock").build().chain())
        .hasToString("AuthenticatorChain[plain, knock]");
  }

  @Test
  @DisplayName("SP-3 what is not set has its default")
  void defaults() {
    assertThatResult(KnockScheme.configured().build().chain().authenticate(KNOCKS))
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

  @Test
  @DisplayName("AD-3, SP-3 auth.mount-path is that of the environment; without it the host's stays")
  void mountPath() {
    AuthEnvironment mounted = AuthEnvironment.standard().withMountPath("/host");
    assertThat(
            KnockScheme.configured("auth.mount-path", "/sites/app")
                .build()
                .environment()
                .mountPath())
        .isEqualTo("/sites/app");
    assertThat(
            KnockScheme.configured()
                .with(AuthEnvironment.class, mounted)
                .build()
                .environment()
                .mountPath())
        .isEqualTo("/host");
    assertThat(
            KnockScheme.configured("auth.mount-path", "")
                .with(AuthEnvironment.class, mounted)
                .build()
                .environment()
                .mountPath())
        .isEmpty();
  }

  @Test
  @DisplayName("SP-4 without auth.chain the chain is session, basic")
  void defaultChain() {
    assertThat(AuthConfiguration.knownSettings().get("auth.chain").fallback())
        .isEqualTo("session, basic");
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
        KnockScheme.configured("auth.permission", permission)
            .build()
            .guard()
            .check(TestRequest.get("/").build());
    int answered = decision instanceof Decision.Refuse refuse ? refuse.response().status() : 200;
    assertThat(answered).isEqualTo(status);
  }

  @Test
  @DisplayName(
      "SP-1, CH-5, GU-5 transport, trusted origins and the limit of the field are settings")
  void generalSettings() {
    AuthConfiguration auth =
        KnockScheme.configured(
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
    assertThat(KnockScheme.configured().build().environment().transport())
        .isEqualTo(TransportSecurity.REQUIRED);
  }

  @Test
  @DisplayName("CH-11, EV-1 the host's clock and listener are used")
  void usesClockAndListener() {
    SettableClock clock = SettableClock.create();
    RecordingListener listener = new RecordingListener();
    AuthConfiguration auth =
        KnockScheme.configured()
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
        KnockScheme.configured("auth.passwords.cost", "10")
            .with(CredentialStore.class, CredentialStore.inMemory())
            .with(TokenStore.class, TokenStore.inMemory())
            .build();
    assertThat(auth.auth().passwords().hash(Password.of("correct horse")).orElseThrow())
        .startsWith("$2b$10$");
    assertThatThrownBy(() -> KnockScheme.configured().build().auth())
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
        KnockScheme.configured().with(AuthEnvironment.class, given).build().chain().environment();
    assertThat(open.transport()).isEqualTo(given.transport());
    assertThat(open.origins()).isSameAs(given.origins());
    assertThat(open.counts()).isSameAs(given.counts());
    assertThat(open.tokensOutlivePasswordChange()).isTrue();
    AuthEnvironment set =
        KnockScheme.configured(
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
        KnockScheme.configured("auth.passwords.cost", "10")
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
