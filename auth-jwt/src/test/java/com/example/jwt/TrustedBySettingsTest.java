package com.example.jwt;

import static com.example.jwt.JwtSettings.OWN;
import static com.example.jwt.JwtSettings.settings;
import static com.example.jwt.JwtSettings.with;
import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.TokenPair;
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

  private JwtLoginResult login(JwtAuthenticator by) {
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
      "SP-1, JW-5 another issuer's tokens are accepted by keys alone, and its claims as named")
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
            token("groups", "[\"a\"]", "scp", "\"read\"", "email", "\"x@y\""));
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
  @DisplayName("JW-5 by settings: roles by a path, and a token without aud by rules alone")
  void rules() {
    JwtAuthenticator taking =
        trusting(
            "trusted-audience",
            "",
            "trusted-without-audience",
            "true",
            "trusted-require",
            "client_id=web, client_id=app, token_use=access",
            "trusted-roles",
            "resource_access my.api/v1 roles");
    String roles = "{\"my.api/v1\":{\"roles\":[\"edit\"]}}";
    for (String client : new String[] {"web", "app"}) {
      String token =
          token(
              "aud",
              "",
              "client_id",
              Forge.quoted(client),
              "token_use",
              "\"access\"",
              "resource_access",
              roles);
      assertThat(who(taking, token).principal().roles()).containsExactly("edit");
    }
    assertThat(reason(taking, token("aud", "", "client_id", "\"x\"", "token_use", "\"access\"")))
        .isEqualTo("wrong_claim");
    assertThat(reason(taking, token("client_id", "\"web\"", "token_use", "\"access\"")))
        .isEqualTo("wrong_audience");
    JwtAuthenticator shaped = trusting("trusted-roles", "groups");
    assertThat(who(shaped, token("groups", "7")).principal().roles()).isEmpty();
    assertThat(settings.events.events(AuthEvent.SchemeEvent.class)).hasSize(1);
  }

  @Test
  @DisplayName("SP-3, JW-5 by settings: without trusted-keys, they are discovered from the issuer")
  void discovered() {
    try (Idp idp = new Idp()) {
      JwtAuthenticator taking =
          settings.jwt("trusted-issuer", idp.issuer, "trusted-audience", Forge.AUDIENCE);
      assertThat(idp.asked).isEmpty();
      assertThat(who(taking, idp.token(idp.key)).principal().id()).isEqualTo(idp.issuer + "|alice");
      assertThat(reason(taking, idp.token(RemoteKeys.key("1")))).isEqualTo("bad_signature");
    }
  }

  @Test
  @DisplayName("SP-2, JW-3 rules, lengths and client_id that contradict the rest are refused")
  void contradictions() {
    for (String[] bad :
        new String[][] {
          {"trusted-without-audience", "true"},
          {"trusted-require", "aud=x"},
          {"trusted-require", "azp"},
          {"trusted-require", "azp="},
          {"trusted-roles", "iss roles"},
          {"trusted-roles", "realm_access  roles"},
          {"max-length", "63"},
          {"max-length", "8192"},
          {"client-id", "x"}
        }) {
      assertThatThrownBy(() -> trusting(bad)).hasMessageContaining(bad[0]);
    }
    assertThatThrownBy(() -> settings.jwt(with(OWN, "max-length", "1023")))
        .hasMessageContaining("1024");
    JwtAuthenticator named = settings.jwt(with(OWN, "client-id", "app", "max-length", "1024"));
    assertThat(who(named, pair(named).accessToken().reveal())).isNotNull();
  }

  @Test
  @DisplayName("JW-2, CH-5 one setting raises the limit of field and token, and max-length lowers")
  void lengths() {
    String text = "\"" + "x".repeat(12_000) + "\"";
    String token = token("x", text);
    String[] trusted =
        with(
            new String[] {"trusted-issuer", A, "trusted-audience", Forge.AUDIENCE},
            "trusted-keys",
            server.uri().toString());
    Map<String, String> all = settings(trusted);
    assertThat(settings.build(all).chain().authenticate(bearer(token)))
        .isNotInstanceOf(Authenticated.class);
    int field = "Bearer ".length() + token.length();
    all.put("auth.max-authorization-length", String.valueOf(field - 1));
    assertThat(settings.build(all).chain().authenticate(bearer(token)))
        .isNotInstanceOf(Authenticated.class);
    all.put("auth.max-authorization-length", String.valueOf(field));
    assertThat(settings.build(all).chain().authenticate(bearer(token)))
        .isInstanceOf(Authenticated.class);
    all.put("auth.jwt.max-length", String.valueOf(token.length()));
    assertThat(settings.build(all).chain().authenticate(bearer(token)))
        .isInstanceOf(Authenticated.class);
    all.put("auth.jwt.max-length", String.valueOf(token.length() - 1));
    assertThat(settings.build(all).chain().authenticate(bearer(token)))
        .isNotInstanceOf(Authenticated.class);
    all.put("auth.jwt.max-length", String.valueOf(token.length() + 1));
    assertThatThrownBy(() -> settings.build(all))
        .hasMessageContaining("auth.max-authorization-length leaves");
  }

  private static AuthRequest bearer(String token) {
    return TestRequest.get("/").authorization("Bearer " + token).build();
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
    assertThat(who(both, pair(both).accessToken().reveal()).epoch()).isPresent();
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
