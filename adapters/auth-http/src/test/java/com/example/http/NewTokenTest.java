package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.header;
import static com.example.http.Answers.json;
import static com.example.http.TokenSite.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewTokenTest {
  private final TokenSite site = new TokenSite();

  private Instant end(JsonNode made) {
    return Instant.parse(made.path("expires_at").textValue());
  }

  @Test
  @DisplayName("HT tokens: 201 with all that was asked for; the token is told this once")
  void made() {
    AuthResponse made =
        site.make(",\"label\":\"ci \\u5341\",\"scopes\":[\"b\",\"a\",\"b\"],\"expires_in\":60");
    assertThat(made.status()).isEqualTo(201);
    assertThat(header(made, "Cache-Control")).containsExactly("no-store");
    JsonNode fields = json(made);
    assertThat(fields.path("label").textValue()).isEqualTo("ci \u5341");
    assertThat(fields.path("scopes").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(end(fields)).isEqualTo(site.site.clock.instant().plusSeconds(60));
    String token = token(made);
    JsonNode me = assertOk(site.with(token).me());
    assertThat(me.path("scheme").textValue()).isEqualTo("token");
    assertThat(me.path("scopes").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(site.tokens.list("id-of-alice").get(0).toString()).doesNotContain(token);
  }

  @Test
  @DisplayName("TK-1 to the millisecond of its end a token is good, at its end it is not")
  void expires() {
    Browser browser = site.with(token(site.make(",\"expires_in\":1")));
    site.site.clock.advance(Duration.ofMillis(999));
    assertOk(browser.me());
    site.site.clock.advance(Duration.ofMillis(1));
    assertProblem(browser.me(), 401, "invalid_token");
  }

  @Test
  @DisplayName("TK-1 never is not to be had by the endpoint, unless it is the host's own default")
  void never() {
    assertThat(faults(site.make(",\"expires_in\":null"))).containsExactly("expires_in wrong_type");
    TokenSite lasting = new TokenSite(b -> b.lifetime(Lifetime.never()));
    assertThat(json(lasting.make("")).path("expires_at").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"expires_in\":0 | expires_in out_of_range",
        ",\"expires_in\":315360001 | expires_in out_of_range",
        ",\"expires_in\":-1 | expires_in out_of_range",
        ",\"expires_in\":1.5 | expires_in wrong_type",
        ",\"expires_in\":\"60\" | expires_in wrong_type",
        ",\"expires_in\":99999999999999999999 | expires_in wrong_type",
        ",\"label\":\"\" | label invalid_label",
        ",\"label\":\"a\\u0000\" | label invalid_label",
        ",\"label\":7 | label wrong_type",
        ",\"scopes\":\"a\" | scopes wrong_type",
        ",\"scopes\":[1] | scopes wrong_type",
        ",\"scopes\":{\"a\":\"b\"} | scopes wrong_type",
        ",\"scopes\":[\"a b\"] | scopes invalid_scope",
        ",\"scopes\":[\"\"] | scopes invalid_scope",
        ",\"scopes\":[\"\\u00e9\"] | scopes invalid_scope"
      })
  @DisplayName("HT tokens: 400 for what a token can't be, and no password is checked")
  void bad(String more, String fault) {
    assertThat(faults(site.make(more))).containsExactly(fault);
    assertThat(site.site.hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("HT tokens: all faults are told together, half a pair of credentials as well")
  void allFaults() {
    AuthResponse response =
        site.program()
            .post("/auth/tokens", "{\"username\":\"alice\",\"label\":\"\",\"expires_in\":0}");
    assertThat(faults(response))
        .containsExactly("password required", "label invalid_label", "expires_in out_of_range");
    assertThat(faults(site.make(",\"expires_in\":315360000.5,\"scopes\":[\"\"]"))).hasSize(2);
  }

  @Test
  @DisplayName("HT tokens, HT-3 a wrong password is 401 like a failed login, whoever else calls")
  void wrongPassword() {
    String good = token(site.make(""));
    for (String user : new String[] {"alice", "nobody"}) {
      AuthResponse refused =
          site.with(good)
              .post("/auth/tokens", "{\"username\":\"" + user + "\",\"password\":\"wrong\"}");
      assertProblem(refused, 401, "invalid_credentials");
      assertThat(header(refused, "WWW-Authenticate"))
          .contains("xBasic realm=\"api\", charset=\"UTF-8\"")
          .noneMatch(value -> value.contains("error="));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  @DisplayName("HT-2 another site's page makes no token, by the password or any credentials")
  void crossSite(String from) {
    Browser foreign = site.program().always("Sec-Fetch-Site", from);
    assertProblem(foreign.post("/auth/tokens", TokenSite.json("")), 403, "csrf");
    Browser token = site.with(token(site.make(""))).always("Sec-Fetch-Site", from);
    assertProblem(token.post("/auth/tokens"), 403, "csrf");
    assertThat(site.tokens.list("id-of-alice")).hasSize(1);
  }

  @Test
  @DisplayName("HT-2, SE-5 by a session a token is made from the site's own page only")
  void bySession() {
    Browser page = site.page();
    page.login("alice");
    assertThat(page.post("/auth/tokens").status()).isEqualTo(201);
    assertProblem(page.silent().post("/auth/tokens"), 403, "csrf");
  }

  @Test
  @DisplayName("GU-5 over plain HTTP no token is made")
  void insecure() {
    TestRequest request =
        TestRequest.post("/auth/tokens").insecure().header("Content-Type", "application/json");
    assertProblem(site.program().send(request, TokenSite.json("")), 403, "insecure_transport");
    assertThat(site.site.hasher.computed()).isEqualTo(1);
  }

  @Test
  @DisplayName("TK-1 one token more than there may be is 409")
  void limit() {
    TokenSite two = new TokenSite(b -> b.limit(new TokenLimit(2, WhenFull.REFUSE_NEW)));
    two.make("");
    two.make("");
    assertProblem(two.make(""), 409, "too_many_tokens");
  }

  @Test
  @DisplayName("HT tokens: an outage is 503, and makes no token")
  void outage() {
    site.site.tokenCalls.down = true;
    assertProblem(site.make(""), 503, "temporarily_unavailable");
    site.site.tokenCalls.down = false;
    assertThat(site.tokens.list("id-of-alice")).isEmpty();
  }
}
