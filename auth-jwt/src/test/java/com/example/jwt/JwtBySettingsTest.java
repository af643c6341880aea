package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Client;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.PairCookies;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JwtBySettingsTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");

  private final JwtSettings settings = new JwtSettings();
  private final User alice = User.builder("7", "alice").build();

  JwtBySettingsTest() {
    settings.users.insert(alice);
  }

  private JwtLoginResult login(JwtAuthenticator by) {
    return by.families().orElseThrow().start(alice, settings.clock.instant(), CLIENT, null);
  }

  private TokenPair pair(JwtAuthenticator by) {
    return login(by).orElseThrow();
  }

  @Test
  @DisplayName("SP-1, SP-3 settings and code have the same defaults")
  void sameDefaults() {
    JwtAuthenticator configured = settings.jwt(OWN);
    JwtIssuer issuer = JwtIssuer.of(Forge.ISSUER, Forge.AUDIENCE, settings.keys.signing());
    JwtAuthenticator code =
        JwtAuthenticator.of(
            RefreshFamilies.builder(
                    Sallyport.of(
                        AuthEnvironment.standard().withClock(settings.clock),
                        settings.users,
                        settings.tokens),
                    issuer,
                    settings.keys.refresh())
                .build());
    assertThat(configured).hasToString(code.toString());
    assertThat(configured.families().orElseThrow())
        .hasToString(code.families().orElseThrow().toString());
    assertThat(configured.challenges(TestRequest.get("/").build()))
        .isEqualTo(code.challenges(TestRequest.get("/").build()))
        .containsExactly(Challenge.of("Bearer", "api"));
    for (JwtAuthenticator by : List.of(configured, code)) {
      TokenPair pair = pair(by);
      assertThat(pair.expiresIn()).isEqualTo(Duration.ofMinutes(5));
      assertThat(pair.refreshExpiresIn()).isEqualTo(Duration.ofDays(30));
      assertThat(who(configured, pair.accessToken().reveal()).principal().id()).isEqualTo("7");
      assertThat(who(code, pair.accessToken().reveal()).principal().id()).isEqualTo("7");
    }
    settings.clock.advance(Duration.ofSeconds(329));
    assertThat(configured.name()).isEqualTo("jwt");
  }

  @Test
  @DisplayName("SP-1 it is found by name, and beside other schemes; all keys are known")
  void found() {
    AuthConfiguration auth = settings.build(settings(OWN));
    AuthenticatorChain chain = auth.chain();
    assertThat(chain.members()).singleElement().isInstanceOf(JwtAuthenticator.class);
    assertThat(
            AuthConfiguration.knownSettings().keySet().stream()
                .filter(k -> k.startsWith("auth.jwt.")))
        .containsExactlyInAnyOrder(
            "auth.jwt.realm",
            "auth.jwt.issuer",
            "auth.jwt.audience",
            "auth.jwt.client-id",
            "auth.jwt.lifetime",
            "auth.jwt.idle",
            "auth.jwt.absolute",
            "auth.jwt.grace",
            "auth.jwt.max-per-user",
            "auth.jwt.when-full",
            "auth.jwt.delivery",
            "auth.jwt.dpop",
            "auth.jwt.dpop-algorithms",
            "auth.jwt.dpop-max-age",
            "auth.jwt.dpop-nonces",
            "auth.jwt.cookie-path",
            "auth.jwt.look-up",
            "auth.jwt.leeway",
            "auth.jwt.max-length",
            "auth.jwt.remember",
            "auth.jwt.trusted-issuer",
            "auth.jwt.trusted-audience",
            "auth.jwt.trusted-keys",
            "auth.jwt.trusted-type",
            "auth.jwt.trusted-roles",
            "auth.jwt.trusted-scopes",
            "auth.jwt.trusted-name",
            "auth.jwt.trusted-require",
            "auth.jwt.trusted-without-audience");
  }

  @Test
  @DisplayName("SP-1, JW-6 how long tokens live, and the limit, are set by keys")
  void lifetimes() {
    JwtAuthenticator brief =
        settings.jwt(
            with(OWN, "lifetime", "60", "idle", "120", "absolute", "180", "max-per-user", "2"));
    TokenPair first = pair(brief);
    assertThat(first.expiresIn()).isEqualTo(Duration.ofMinutes(1));
    assertThat(first.refreshExpiresIn()).isEqualTo(Duration.ofMinutes(2));
    pair(brief);
    JwtAuthenticator refusing =
        settings.jwt(with(OWN, "max-per-user", "2", "when-full", "refuse-new"));
    assertThat(login(refusing)).isInstanceOf(JwtLoginResult.TooMany.class);
    assertThat(login(brief)).isInstanceOf(JwtLoginResult.LoggedIn.class);
    settings.clock.advance(Duration.ofSeconds(60 + 30));
    assertThat(reason(brief, first.accessToken().reveal())).isEqualTo("expired");
  }

  @Test
  @DisplayName(
      "SP-1, JW-9 the look-up is on by a key: then an ended family ends its tokens at once")
  void lookUp() {
    for (boolean on : new boolean[] {false, true}) {
      JwtAuthenticator by = settings.jwt(with(OWN, "look-up", Boolean.toString(on)));
      TokenPair pair = pair(by);
      who(by, pair.accessToken().reveal());
      by.families().orElseThrow().revoke(pair.refreshToken().reveal());
      if (on) {
        assertThat(reason(by, pair.accessToken().reveal())).isEqualTo("family_ended");
      } else {
        assertThat(who(by, pair.accessToken().reveal()).principal().name()).isEqualTo("alice");
      }
    }
  }

  @Test
  @DisplayName("SP-1, JW-3 leeway, realm and what is remembered are set by keys")
  void others() {
    JwtAuthenticator strict = settings.jwt(with(OWN, "leeway", "0", "remember", "0", "realm", "r"));
    assertThat(strict.challenges(TestRequest.get("/").build()))
        .containsExactly(Challenge.of("Bearer", "r"));
    String token = pair(strict).accessToken().reveal();
    settings.clock.advance(Duration.ofSeconds(299));
    who(strict, token);
    settings.clock.advance(Duration.ofSeconds(1));
    assertThat(reason(strict, token)).isEqualTo("expired");
    assertThat(settings.jwt(with(OWN, "remember", "1"))).isNotNull();
    assertThat(settings.jwt(with(OWN, "remember", "10000000", "leeway", "300"))).isNotNull();
  }

  @Test
  @DisplayName("SP-1, JW-11 delivery in cookies, and where refresh is, are set by keys")
  void cookies() {
    JwtAuthenticator by =
        settings.jwt(with(OWN, "delivery", "cookie", "cookie-path", "/api/v1/auth/jwt"));
    assertThat(by.families().orElseThrow().cookies().map(PairCookies::path))
        .contains("/api/v1/auth/jwt");
    assertThat(by.challenges(TestRequest.get("/").build()))
        .containsExactly(Challenge.of("Cookie", "api"));
    assertThat(
            settings
                .jwt(with(OWN, "delivery", "cookie"))
                .families()
                .orElseThrow()
                .cookies()
                .map(PairCookies::path))
        .contains("/auth/jwt");
  }
}
