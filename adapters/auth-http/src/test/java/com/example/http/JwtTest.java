package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.header;
import static com.example.http.JwtSite.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
  private final JwtSite site = new JwtSite();

  private Stream<String> failures() {
    return site.site.listener.events().stream()
        .filter(AuthEvent.AuthenticationFailed.class::isInstance)
        .map(event -> ((AuthEvent.AuthenticationFailed) event).reason());
  }

  @Test
  @DisplayName("HT jwt: by username and password there are an access and a refresh token")
  void logIn() {
    JsonNode pair = site.logIn();
    assertThat(pair.fieldNames())
        .toIterable()
        .containsExactly(
            "access_token", "token_type", "expires_in", "refresh_token", "refresh_expires_in");
    assertThat(pair.path("token_type").textValue()).isEqualTo("Bearer");
    assertThat(pair.path("expires_in").longValue()).isEqualTo(300);
    assertThat(pair.path("refresh_expires_in").longValue()).isEqualTo(30 * 86_400);
    JsonNode me = assertOk(site.with(pair).me());
    assertThat(me.path("username").textValue()).isEqualTo("alice");
    assertThat(me.path("scheme").textValue()).isEqualTo("jwt");
    assertThat(me.path("scopes").isNull()).isTrue();
    assertThat(me.path("authenticated_at").textValue()).isNotNull();
  }

  @Test
  @DisplayName("HT jwt: a wrong password is 401, with challenges that no browser asks by")
  void wrongPassword() {
    AuthResponse refused =
        site.program().post("/auth/jwt", "{\"username\":\"alice\",\"password\":\"wrong\"}");
    assertProblem(refused, 401, "invalid_credentials");
    assertThat(header(refused, "WWW-Authenticate"))
        .containsExactly(
            "Bearer realm=\"api\"",
            "Session realm=\"api\"",
            "xBasic realm=\"api\", charset=\"UTF-8\"");
    assertThat(faults(site.program().post("/auth/jwt", "{}")))
        .containsExactly("username required", "password required");
  }

  @Test
  @DisplayName(
      "JW-7 a refresh token is exchanged once; within the grace there is the same successor")
  void exchange() {
    JsonNode first = site.logIn();
    JsonNode second = assertOk(site.refresh(refresh(first)));
    assertThat(refresh(second)).isNotEqualTo(refresh(first));
    assertOk(site.with(second).me());
    site.site.clock.advance(Duration.ofSeconds(10));
    assertThat(refresh(assertOk(site.refresh(refresh(first))))).isEqualTo(refresh(second));
    site.site.clock.advance(Duration.ofMillis(1));
    assertProblem(site.refresh(refresh(first)), 401, "invalid_token");
    assertProblem(site.refresh(refresh(second)), 401, "invalid_token");
    assertThat(failures()).containsExactly("reused", "unknown_or_expired");
    assertThat(site.site.listener.events())
        .anyMatch(AuthEvent.RefreshReuseDetected.class::isInstance);
  }

  @Test
  @DisplayName("JW-8 a token with a changed tag is 401, and the family lives")
  void forged() {
    String token = refresh(site.logIn());
    char changed = token.charAt(80) == 'A' ? 'B' : 'A';
    AuthResponse refused = site.refresh(token.substring(0, 80) + changed + token.substring(81));
    assertProblem(refused, 401, "invalid_token");
    assertThat(header(refused, "WWW-Authenticate")).contains("Bearer realm=\"api\"");
    assertOk(site.refresh(token));
  }

  @Test
  @DisplayName("HT revoke: 204, twice; then the refresh token is worth nothing")
  void revoke() {
    String token = refresh(site.logIn());
    assertDone(site.revoke(token));
    assertDone(site.revoke(token));
    assertDone(site.revoke("anything"));
    assertProblem(site.refresh(token), 401, "invalid_token");
  }

  @Test
  @DisplayName("JW-9 logout ends the family, also with an access token that has expired")
  void logout() {
    JsonNode pair = site.logIn();
    site.site.clock.advance(Duration.ofHours(1));
    assertProblem(site.with(pair).me(), 401, "invalid_token");
    assertDone(site.with(pair).post("/auth/logout"), Answers.FORGET);
    assertProblem(site.refresh(refresh(pair)), 401, "invalid_token");
  }

  @Test
  @DisplayName("JW-9 an access token whose login has ended lives, and manages no account")
  void ended() {
    JsonNode pair = site.logIn();
    site.revoke(refresh(pair));
    assertOk(site.with(pair).me());
    assertProblem(site.with(pair).post("/auth/logout-all"), 401, "invalid_token");
    assertProblem(site.with(pair).get("/auth/sessions"), 401, "invalid_token");
  }

  @Test
  @DisplayName("SE-7 the list of sessions has families, and each can be ended")
  void listed() {
    JsonNode pair = site.logIn();
    JsonNode listed = assertOk(site.with(pair).get("/auth/sessions")).path("sessions").path(0);
    assertThat(listed.path("kind").textValue()).isEqualTo("family");
    assertThat(listed.path("current").booleanValue()).isTrue();
    assertDone(site.with(pair).delete("/auth/sessions/" + listed.path("id").textValue()));
    assertProblem(site.refresh(refresh(pair)), 401, "invalid_token");
  }

  @Test
  @DisplayName("AC-2 logout-all and a new password end families")
  void endsAll() {
    JsonNode pair = site.logIn();
    assertDone(site.with(pair).post("/auth/logout-all"));
    assertProblem(site.refresh(refresh(pair)), 401, "invalid_token");
    JsonNode other = site.logIn();
    assertDone(site.with(other).changePassword(Site.PASSWORD, "another good password"));
    assertProblem(site.refresh(refresh(other)), 401, "invalid_token");
  }

  @Test
  @DisplayName("HT jwt: 409 where the user has reached the maximum number")
  void tooMany() {
    JwtSite limited =
        new JwtSite(
            JwsAlgorithm.ES256,
            builder -> builder.limit(new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW)));
    limited.logIn();
    assertProblem(JwtSite.logIn(limited.program()), 409, "too_many_sessions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/jwt", "/auth/jwt/refresh", "/auth/jwt/revoke"})
  @DisplayName(
      "HT-2 GU-5 from another site's page, or over plain HTTP: 403, and nothing is looked at")
  void entrance(String path) {
    String token = refresh(site.logIn());
    String body =
        "{\"refresh_token\":\"%s\",\"username\":\"alice\",\"password\":\"%s\"}"
            .formatted(token, Site.PASSWORD);
    Browser foreign = site.program().always("Sec-Fetch-Site", "cross-site");
    assertProblem(foreign.post(path, body), 403, "csrf");
    TestRequest plain =
        TestRequest.post(path).header("Content-Type", "application/json").insecure();
    assertProblem(site.program().send(plain, body), 403, "insecure_transport");
    assertOk(site.refresh(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/jwt/refresh", "/auth/jwt/revoke"})
  @DisplayName("HT refresh, revoke: the token is a text in a JSON object")
  void badBodies(String path) {
    assertThat(faults(site.program().post(path, "{}"))).containsExactly("refresh_token required");
    assertThat(faults(site.program().post(path, "{\"refresh_token\":7}")))
        .containsExactly("refresh_token wrong_type");
    assertProblem(site.program().post(path), 415, "unsupported_media_type");
    assertProblem(site.program().get(path), 405, "method_not_allowed");
  }

  @Test
  @DisplayName("CH-6 while the store is down, refresh is 503, and the token stays good")
  void outage() {
    String token = refresh(site.logIn());
    site.site.tokenCalls.down = true;
    assertProblem(site.refresh(token), 503, "temporarily_unavailable");
    assertProblem(site.revoke(token), 503, "temporarily_unavailable");
    site.site.tokenCalls.down = false;
    assertOk(site.refresh(token));
  }
}
