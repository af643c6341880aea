package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Wire.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Secret;
import dev.sallyport.TransportSecurity;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.jwt.IntrospectionAuthenticator;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.TokenIntrospector;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A site on one port, and on another a server that asks it what tokens are worth. */
class IntrospectJourneyTest {
  private static final String ISSUER = "https://site.example";
  private static final String AUDIENCE = "https://notes.example";
  private static final String JSON = "Content-Type: application/json";
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  @RegisterExtension final Wire site = new Wire();
  @RegisterExtension final Wire notes = new Wire();

  private final Site stores = new Site();
  private final AuthEnvironment environment =
      stores.environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);

  @BeforeEach
  void open() {
    stores.user("alice");
    stores.user("notes", "introspect");
    Sallyport auth = Sallyport.of(environment, stores.users, stores.tokens);
    JwtKeys keys = JwtKeys.generate(environment, JwsAlgorithm.ES256);
    RefreshFamilies families =
        RefreshFamilies.of(auth, JwtIssuer.of(ISSUER, AUDIENCE, keys.signing()), keys.refresh());
    Guard guard =
        Guard.of(
            AuthenticatorChain.of(
                environment,
                TokenAuthenticator.of(auth),
                JwtAuthenticator.of(families),
                BasicAuthenticator.of(
                    Passwords.builder(environment, stores.users).hasher(stores.hasher).build())));
    AuthEndpoints endpoints =
        AuthEndpoints.builder(stores.accounts, guard)
            .introspection(Permission.role("introspect"))
            .build();
    site.route(endpoints.basePath(), HttpServerAdapter.of(guard).endpoints(endpoints));

    serve(
        "/opaque",
        IntrospectionAuthenticator.builder(
            asking().acceptWithoutIssuer().acceptAnyAudience().build()));
    serve(
        "/jwt",
        IntrospectionAuthenticator.builder(asking().audience(AUDIENCE).build())
            .accepts(token -> true));
  }

  private TokenIntrospector.Builder asking() {
    return TokenIntrospector.builder(
            environment, URI.create("http://" + site.host() + "/auth/introspect"), ISSUER)
        .clientSecret("notes", Secret.of(Site.PASSWORD))
        .timeout(Duration.ofSeconds(20))
        .rememberFor(REMEMBERED);
  }

  private void serve(String path, IntrospectionAuthenticator.Builder authenticator) {
    Guard guard =
        Guard.of(
            AuthenticatorChain.of(
                environment, authenticator.scopes("scope").name("username").build()));
    notes.route(
        path,
        HttpServerAdapter.of(guard)
            .protect(
                Permission.authenticated(),
                (exchange, who) ->
                    HttpServerAdapter.send(
                        exchange,
                        JsonResponse.of(
                            200,
                            Map.of(
                                "id", who.orElseThrow().principal().id(),
                                "reads", who.orElseThrow().allows("notes:read"))))));
  }

  private JsonNode post(String path, String more) throws IOException {
    Answer answer =
        site.send(
            "POST",
            path,
            "{\"username\":\"alice\",\"password\":\"" + Site.PASSWORD + "\"" + more + "}",
            JSON);
    assertThat(answer.status()).isBetween(200, 201);
    JsonNode made = new ObjectMapper().readTree(answer.body());
    for (String secret : new String[] {"token", "access_token", "refresh_token"}) {
      if (made.has(secret)) {
        Secrets.remember(made.path(secret).textValue());
      }
    }
    return made;
  }

  private Answer read(String path, String token) throws IOException {
    return notes.send("GET", path, "", "Authorization: Bearer " + token);
  }

  @Test
  @DisplayName(
      "RFC 7662 an opaque token is good on another server, until a minute after it is revoked")
  void opaque() throws IOException {
    JsonNode made = post("/auth/tokens", ",\"scopes\":[\"notes:read\",\"account\"]");
    String token = made.path("token").textValue();
    Answer first = read("/opaque", token);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).contains("\"id\":\"https://site.example|id-of-alice\"");
    assertThat(first.body()).contains("\"reads\":true");

    String bearer = "Authorization: Bearer " + token;
    assertThat(
            site.send("DELETE", "/auth/tokens/" + made.path("id").textValue(), "", bearer).status())
        .isEqualTo(204);
    stores.clock.advance(REMEMBERED.minus(MILLI));
    assertThat(read("/opaque", token).status()).isEqualTo(200);
    stores.clock.advance(MILLI);
    Answer last = read("/opaque", token);
    assertThat(last.status()).isEqualTo(401);
    assertThat(last.values("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"");
    assertThat(read("/jwt", token).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("RFC 7662 an access token ends elsewhere a minute after its login does")
  void jwt() throws IOException {
    JsonNode pair = post("/auth/jwt", "");
    String access = pair.path("access_token").textValue();
    String refresh = pair.path("refresh_token").textValue();
    assertThat(read("/jwt", access).body()).contains("id-of-alice", "\"reads\":false");
    assertThat(read("/jwt", refresh).status()).isEqualTo(401);
    assertThat(read("/opaque", access).status()).isEqualTo(401); // its form is another's

    String body = "{\"refresh_token\":\"" + refresh + "\"}";
    assertThat(site.send("POST", "/auth/jwt/revoke", body, JSON).status()).isEqualTo(204);
    stores.clock.advance(REMEMBERED.minus(MILLI));
    assertThat(read("/jwt", access).status()).isEqualTo(200);
    stores.clock.advance(MILLI);
    assertThat(read("/jwt", access).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("CH-6 while the site can't answer, new tokens are 503 elsewhere, and no failure")
  void outage() throws IOException {
    String token = post("/auth/tokens", "").path("token").textValue();
    stores.tokenCalls.down = true;
    Answer answer = read("/opaque", token);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.values("Retry-After")).containsExactly("5");
    stores.tokenCalls.down = false;
    assertThat(read("/opaque", token).status()).isEqualTo(200);
  }
}
