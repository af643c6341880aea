package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.JwtLogin;
import dev.sallyport.jwt.SigningKey;
import dev.sallyport.jwt.TokenPair;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrustedBySettingsTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");

  private final JwtSettings settings = new JwtSettings();
  private final KeyServer server = KeyServer.start();
  private final SigningKey foreign = RemoteKeys.key("1");
  private final User alice = User.builder("7", "alice").build();

  TrustedBySettingsTest() {
    server.publish(foreign.verificationKey());
    settings.users.insert(alice);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private JwtLogin login(JwtAuthenticator by) {
    return by.families().orElseThrow().start(alice, settings.clock.instant(), CLIENT, null);
  }

  private TokenPair pair(JwtAuthenticator by) {
    return login(by).orElseThrow();
  }

  private JwtAuthenticator trusting(String... more) {
    return settings.jwt(
        with(
            new String[] {
              "trusted-issuer",
              A,
              "trusted-audience",
              Forge.AUDIENCE,
              "trusted-keys",
              server.uri().toString()
            },
            more));
  }

  private String token(String... changes) {
    return WiredIssuers.token(foreign, A, changes);
  }

  @Test
  @DisplayName(
      "SP-1, JW-5 another issuer's tokens are taken by keys alone, and its claims as named")
  void trusted() {
    JwtAuthenticator plain = trusting();
    Authenticated who = who(plain, token("groups", "\"a\""));
    assertThat(who.principal().id()).isEqualTo(A + "|alice");
    assertThat(who.principal().roles()).isEmpty();
    assertThat(who.scopes()).contains(Set.of());
    assertThat(plain.families()).isEmpty();
    Authenticated named =
        who(
            trusting("trusted-roles", "groups", "trusted-scopes", "scp", "trusted-name", "email"),
            token("groups", "\"a\"", "scp", "\"read\"", "email", "\"x@y\""));
    assertThat(named.principal().roles()).containsExactly("a");
    assertThat(named.scopes()).contains(Set.of("read"));
    assertThat(named.principal().name()).isEqualTo("x@y");
    assertThat(reason(trusting("trusted-type", "JWT"), token())).isEqualTo("wrong_type");
    assertThat(who(trusting("trusted-type", "any"), token())).isNotNull();
    assertThat(who(trusting("trusted-type", "application/at+jwt"), token())).isNotNull();
    assertThat(reason(plain, token("aud", "\"x\""))).isEqualTo("wrong_audience");
    settings.clock.advance(Duration.ofSeconds(330));
    assertThat(reason(plain, token("jti", "\"2\""))).isEqualTo("expired");
    assertThat(reason(trusting("leeway", "300", "trusted-audience", "x"), token()))
        .isEqualTo("wrong_audience");
    assertThat(who(trusting("leeway", "300", "remember", "0"), token())).isNotNull();
  }

  @Test
  @DisplayName("SP-1, CH-8 our own tokens and another issuer's are taken by one member")
  void both() {
    List<String> all = new ArrayList<>(List.of(OWN));
    all.addAll(
        List.of(
            "trusted-issuer",
            A,
            "trusted-audience",
            Forge.AUDIENCE,
            "trusted-keys",
            server.uri().toString()));
    JwtAuthenticator both = settings.jwt(all.toArray(String[]::new));
    assertThat(who(both, pair(both).accessToken()).epoch()).isPresent();
    assertThat(who(both, token()).epoch()).isEmpty();
    assertThat(reason(both, Pairs.token(foreign))).isEqualTo("unknown_key");
  }

  @Test
  @DisplayName("SP-1, EV-1 the listener that is given hears that the keys can't be fetched")
  void listener() {
    server.answer(500, "");
    JwtAuthenticator plain = trusting();
    assertThatThrownBy(() -> who(plain, token())).isInstanceOf(StoreUnavailableException.class);
    assertThat(settings.events.events(AuthEvent.StoreOutage.class)).hasSize(1);
  }

  @Test
  @DisplayName(
      "SP-1, GU-5 the transport is a general setting, and holds for another issuer's tokens")
  void transport() {
    for (String transport : new String[] {"required", "optional-on-loopback-for-development"}) {
      Map<String, String> all =
          settings(
              "trusted-issuer",
              A,
              "trusted-audience",
              Forge.AUDIENCE,
              "trusted-keys",
              server.uri().toString());
      all.put("auth.transport", transport);
      AuthResult result =
          settings
              .build(all)
              .chain()
              .authenticate(
                  TestRequest.get("/")
                      .header("Host", "localhost")
                      .authorization("Bearer " + token())
                      .insecure()
                      .build());
      assertThat(result instanceof Authenticated).isEqualTo(!transport.equals("required"));
    }
  }
}
