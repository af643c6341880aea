package com.example.session;

import static com.example.session.SessionFixture.remembered;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionBySettingsTest {
  private final SettableClock clock = SettableClock.create();
  private final AccountStore users = CredentialStore.inMemory();
  private final TokenStore tokens = TokenStore.inMemory();
  private final User alice = User.builder("1", "alice").build();

  SessionBySettingsTest() {
    users.insert(alice);
  }

  private AuthConfiguration build(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("auth.chain", "session");
    return AuthConfiguration.builder(all)
        .with(
            AuthEnvironment.class,
            AuthEnvironment.standard().withClock(clock).withListener(new RecordingListener()))
        .with(CredentialStore.class, users)
        .with(TokenStore.class, tokens)
        .build();
  }

  private SessionAuthenticator session(String... settings) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("auth.session." + settings[i], settings[i + 1]);
    }
    return (SessionAuthenticator) build(all).chain().members().get(0);
  }

  private Started start(SessionAuthenticator by, TestRequest request, boolean remember) {
    return remembered(
        (Started) by.sessions().start(alice, clock.instant(), request.build(), remember));
  }

  private static TestRequest get(Started session) {
    return SessionFixture.get(session);
  }

  @Test
  @DisplayName("SP-1, SP-3 settings and code have the same defaults")
  void sameDefaults() {
    AuthRequest request = TestRequest.get("/").build();
    SessionAuthenticator code =
        SessionAuthenticator.of(
            Sessions.builder(
                    Sallyport.of(
                        AuthEnvironment.standard().withClock(clock).withRandom(new SecureRandom()),
                        users,
                        tokens))
                .build());
    SessionAuthenticator configured = session();
    assertThat(configured.challenges(request)).isEqualTo(code.challenges(request));
    assertThat(configured).hasToString(code.toString());
    for (boolean remember : new boolean[] {false, true}) {
      Started byCode = start(code, TestRequest.post("/"), remember);
      Started bySettings = start(configured, TestRequest.post("/"), remember);
      assertThat(bySettings.record().idleExpiresAt()).isEqualTo(byCode.record().idleExpiresAt());
      assertThat(bySettings.record().expiresAt()).isEqualTo(byCode.record().expiresAt());
    }
    Started session = start(configured, TestRequest.post("/"), false);
    assertThat(configured.authenticate(get(session).from("192.0.2.1").build()))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  @DisplayName("SP-1, SE-3 the four timeouts are set by keys")
  void timeouts() {
    SessionAuthenticator authenticator =
        session(
            "idle", "60",
            "absolute", "120",
            "remembered-idle", "240",
            "remembered-absolute", "480");
    Started session = start(authenticator, TestRequest.post("/"), false);
    Started remembered = start(authenticator, TestRequest.post("/"), true);
    assertThat(session.record().idleExpiresAt()).contains(clock.instant().plusSeconds(60));
    assertThat(session.record().expiresAt()).contains(clock.instant().plusSeconds(120));
    assertThat(remembered.record().idleExpiresAt()).contains(clock.instant().plusSeconds(240));
    assertThat(remembered.record().expiresAt()).contains(clock.instant().plusSeconds(480));
  }

  @Test
  @DisplayName("SP-1, SE-6 the limit and what happens at it are set by keys")
  void limit() {
    SessionAuthenticator refusing = session("max-per-user", "1", "when-full", "refuse-new");
    start(refusing, TestRequest.post("/"), false);
    AuthRequest login = TestRequest.post("/").build();
    assertThat(refusing.sessions().start(alice, clock.instant(), login, false))
        .isInstanceOf(SessionResult.TooMany.class);
    SessionAuthenticator removing = session("max-per-user", "1");
    assertThat(removing.sessions().start(alice, clock.instant(), login, false))
        .isInstanceOf(Started.class);
    assertThat(tokens.list("1", TokenKind.all(), clock.instant())).hasSize(1);
  }

  @Test
  @DisplayName("SP-1, SE-4, SE-9, SE-10 bindings, realm and kept attributes are set by keys")
  void others() {
    SessionAuthenticator authenticator =
        session(
            "bind-user-agent", "strict",
            "bind-network", "off",
            "realm", "orders",
            "keep-at-login", "lang, cart");
    AuthRequest any = TestRequest.get("/").build();
    assertThat(authenticator.challenges(any))
        .singleElement()
        .hasToString("Session realm=\"orders\"");
    assertThat(session("realm", "none").challenges(any)).isEmpty();
    Started session = start(authenticator, TestRequest.post("/"), false);
    authenticator
        .sessions()
        .updateAttributes(get(session).build(), a -> Map.of("lang", "en", "x", "y"));
    Started next = start(authenticator, get(session), false);
    assertThat(authenticator.authenticate(get(next).from("192.0.2.1").build()))
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> assertThat(who.attributes()).isEqualTo(Map.of("lang", "en")));
    assertThat(authenticator.authenticate(get(next).header("User-Agent", "x").build()))
        .isInstanceOf(NotAttempted.class);
  }

  @Test
  @DisplayName("SP-1, GU-5 transport and trusted origins come from the general settings")
  void general() {
    AuthConfiguration auth =
        build(
            Map.of(
                "auth.transport", "optional-on-loopback-for-development",
                "auth.trusted-origins", "https://app.example"));
    SessionAuthenticator authenticator = (SessionAuthenticator) auth.chain().members().get(0);
    Started session = start(authenticator, TestRequest.post("/"), false);
    assertThat(session.cookie().name()).isEqualTo("dev-session");
    AuthRequest request =
        TestRequest.post("/")
            .cookie("dev-session", session.cookie().value())
            .insecure()
            .header("Host", "localhost")
            .header("Origin", "https://app.example")
            .build();
    assertThatResult(auth.chain().authenticate(request)).isAuthenticatedAs("alice");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("SP-2 a value out of range is refused with key, value and what is allowed")
  @CsvSource({
    "idle, 0, 1 to 31536000",
    "idle, 31536001, 1 to 31536000",
    "idle, 1h, 1 to 31536000",
    "absolute, -1, 1 to 31536000",
    "remembered-idle, '', 1 to 31536000",
    "remembered-absolute, 99999999999999999999, 1 to 31536000",
    "max-per-user, 0, 'unlimited, or 1 to 10000'",
    "max-per-user, 10001, 'unlimited, or 1 to 10000'",
    "max-per-user, Unlimited, 'unlimited, or 1 to 10000'",
    "when-full, REMOVE_OLDEST, 'remove-oldest, refuse-new'",
    "bind-user-agent, on, 'off, log, strict'",
    "bind-network, STRICT, 'off, log, strict'",
    "realm, '', printable ASCII",
    "realm, caf\u00E9, printable ASCII",
    "keep-at-login, .client, begin with no dot",
    "keep-at-login, 'a,,b', begin with no dot",
  })
  void refused(String key, String value, String allowed) {
    assertThatThrownBy(() -> session(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.session." + key + ": '" + value + "' is not allowed")
        .hasMessageContaining(allowed);
  }

  @Test
  @DisplayName("SP-2 contradictions are told together: idle above absolute, twice")
  void contradictions() {
    assertThatThrownBy(
            () ->
                session(
                    "idle", "3600",
                    "absolute", "60",
                    "remembered-idle", "31536000"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("idle (3600) is more than absolute (60)")
        .hasMessageContaining(
            "remembered-idle (31536000) is more than remembered-absolute (7776000)");
    assertThat(session("idle", "60", "absolute", "60")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"remove-oldest", "refuse-new"})
  @DisplayName("SP-2 when-full without a limit is refused, with its default too")
  void withoutEffect(String whenFull) {
    assertThatThrownBy(() -> session("when-full", whenFull, "max-per-user", "unlimited"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "auth.session: when-full has no effect where max-per-user is unlimited");
    assertThat(session("when-full", whenFull)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie-name", "domain", "same-site", "timeout"})
  @DisplayName("SP-2, SE-1, row 49 what would weaken the cookie is no setting")
  void unknownKeys(String key) {
    assertThatThrownBy(() -> session(key, "x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("auth.session." + key + ": unknown key")
        .hasMessageContaining("absolute, bind-network, bind-user-agent, idle");
  }

  @Test
  @DisplayName("SP-2 it needs both stores, and says so at once")
  void needsStores() {
    assertThatThrownBy(AuthConfiguration.builder(Map.of("auth.chain", "session"))::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the scheme 'session' needs a CredentialStore")
        .hasMessageContaining("the scheme 'session' needs a TokenStore");
  }
}
