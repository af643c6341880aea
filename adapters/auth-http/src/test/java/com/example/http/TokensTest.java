package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.cookies;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.header;
import static com.example.http.Answers.json;
import static com.example.http.TokenSite.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final String FORGET_TOKEN =
      "__Host-token=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";

  private final TokenSite site = new TokenSite();

  @Test
  @DisplayName("HT tokens: the list tells each token but its secret, the oldest first")
  void lists() {
    String first = token(site.make(",\"label\":\"one\",\"scopes\":[\"account\"]"));
    site.site.clock.advance(Duration.ofSeconds(1));
    String second = token(site.make(",\"label\":\"two\""));
    AuthResponse response = site.with(first).get("/auth/tokens");
    JsonNode listed = assertOk(response).path("tokens");
    assertThat(listed.findValuesAsText("label")).containsExactly("one", "two");
    assertThat(listed.findValuesAsText("current")).containsExactly("true", "false");
    assertThat(listed.get(0).path("scopes").toString()).isEqualTo("[\"account\"]");
    assertThat(Instant.parse(listed.get(1).path("created_at").textValue()))
        .isEqualTo(site.site.clock.instant());
    assertThat(response.body()).doesNotContain(first, second);
    assertThat(assertOk(site.with(first).get("/auth/sessions")).path("sessions")).isEmpty();
  }

  @Test
  @DisplayName("HT tokens: one is revoked by its id; another user's id and a session's are 404")
  void revokes() {
    JsonNode made = json(site.make(""));
    String id = made.path("id").textValue();
    String token = made.path("token").textValue();
    site.site.user("bob");
    Browser bob = site.page();
    bob.login("bob");
    assertProblem(bob.delete("/auth/tokens/" + id), 404, "not_found");
    Browser alice = site.page();
    String session = json(alice.login("alice")).path("session").path("id").textValue();
    assertProblem(alice.delete("/auth/tokens/" + session), 404, "not_found");
    assertOk(site.with(token).me());
    assertDone(alice.delete("/auth/tokens/" + id));
    assertProblem(site.with(token).me(), 401, "invalid_token");
    assertProblem(alice.delete("/auth/tokens/" + id), 404, "not_found");
    assertOk(alice.me());
  }

  @Test
  @DisplayName("HT-1 with scopes but not 'account' no token is made, listed or revoked")
  void needsScope() {
    JsonNode made = json(site.make(",\"scopes\":[\"read\"]"));
    Browser reader = site.with(made.path("token").textValue());
    for (AuthResponse response :
        new AuthResponse[] {
          reader.post("/auth/tokens"),
          reader.get("/auth/tokens"),
          reader.delete("/auth/tokens/" + made.path("id").textValue())
        }) {
      assertProblem(response, 403, "insufficient_scope");
      assertThat(header(response, "WWW-Authenticate"))
          .contains("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"account\"");
    }
    assertThat(site.tokens.list("id-of-alice")).hasSize(1);
  }

  @Test
  @DisplayName("HT-1 a token made with a token has its scopes or fewer, and ends no later")
  void noBroader() {
    Browser parent =
        site.with(token(site.make(",\"scopes\":[\"account\",\"read\"],\"expires_in\":60")));
    assertProblem(
        parent.post("/auth/tokens", "{\"expires_in\":61}"), 401, "reauthentication_required");
    JsonNode child = json(parent.post("/auth/tokens", "{}"));
    assertThat(child.path("scopes").toString()).isEqualTo("[\"account\",\"read\"]");
    assertThat(Instant.parse(child.path("expires_at").textValue()))
        .isEqualTo(site.site.clock.instant().plusSeconds(60));
    assertThat(
            json(parent.post("/auth/tokens", "{\"scopes\":[\"read\"]}")).path("scopes").toString())
        .isEqualTo("[\"read\"]");
    assertThat(faults(parent.post("/auth/tokens", "{\"scopes\":[\"read\",\"write\"]}")))
        .containsExactly("scopes too_broad");
    JsonNode free = json(site.with(token(site.make(""))).post("/auth/tokens"));
    assertThat(free.path("scopes")).isEmpty();
  }

  @Test
  @DisplayName("HT logout revokes the token of the request, and no other")
  void logout() {
    String one = token(site.make(""));
    String other = token(site.make(""));
    Browser browser = site.with(one);
    AuthResponse out = browser.post("/auth/logout");
    assertThat(out.status()).isEqualTo(204);
    assertProblem(browser.me(), 401, "invalid_token");
    assertOk(site.with(other).me());
    assertThat(site.with("sally_x").post("/auth/logout").status()).isEqualTo(204);
  }

  @Test
  @DisplayName("AC-2 a new password and logout-all end all tokens, also the caller's")
  void endsAll() {
    String token = token(site.make(""));
    assertDone(site.with(token).changePassword(Site.PASSWORD, "looking-glass-1871"));
    assertProblem(site.with(token).me(), 401, "invalid_token");
  }

  @Test
  @DisplayName("TK-7 in a cookie: one that has ended is forgotten, another takes its place")
  void cookieEnds() {
    TokenSite inCookie = new TokenSite(Tokens.Builder::inCookie);
    Browser page = inCookie.page();
    page.post("/auth/tokens", TokenSite.json(""));
    JsonNode second = json(page.post("/auth/tokens", TokenSite.json("")));
    assertThat(inCookie.tokens.list("id-of-alice")).hasSize(1);
    assertDone(page.delete("/auth/tokens/" + second.path("id").textValue()), FORGET_TOKEN);
    page.post("/auth/tokens", TokenSite.json(""));
    assertDone(page.post("/auth/logout-all"), FORGET_TOKEN);
    page.post("/auth/tokens", TokenSite.json(""));
    assertDone(page.changePassword(Site.PASSWORD, "looking-glass-1871"), FORGET_TOKEN);
    assertProblem(page.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("TK-7 in a cookie: no token in the body, none from the header, forgotten at logout")
  void cookie() {
    TokenSite inCookie = new TokenSite(Tokens.Builder::inCookie);
    Browser page = inCookie.page();
    AuthResponse made = page.post("/auth/tokens", TokenSite.json(",\"expires_in\":60"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(json(made).has("token")).isFalse();
    assertThat(cookies(made)).hasSize(1);
    String line = cookies(made).get(0);
    assertThat(line)
        .matches(
            "__Host-token=sally_[0-9A-Za-z]{49}; Path=/; Max-Age=60; Secure; HttpOnly;"
                + " SameSite=Lax");
    assertOk(page.me());
    assertOk(page.silent().me());
    assertProblem(page.silent().post("/auth/tokens"), 403, "csrf");
    String token = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
    assertProblem(inCookie.with(token).me(), 401, "authentication_required");
    AuthResponse out = page.post("/auth/logout");
    assertThat(out.status()).isEqualTo(204);
    assertThat(cookies(out)).contains(FORGET_TOKEN);
    assertThat(inCookie.tokens.list("id-of-alice")).isEmpty();
  }
}
