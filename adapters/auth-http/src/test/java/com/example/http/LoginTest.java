package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.cookies;
import static com.example.http.Answers.faults;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Site.Order;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private final Site site = new Site();

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT login is 200 with user, session and csrf_token, and the cookie of SE-1")
  void logsIn(Order order) {
    Site site = new Site(order);
    site.user("alice", "admin");
    Browser browser = site.browser();
    AuthResponse response = browser.login("alice");

    JsonNode body = assertOk(response);
    String id = body.path("session").path("id").textValue();
    String token = body.path("csrf_token").textValue();
    assertThat(response.body())
        .isEqualTo(
            "{\"id\":\"id-of-alice\",\"username\":\"alice\",\"session\":{\"id\":\""
                + id
                + "\",\"expires_at\":\"2030-01-01T00:30:00Z\"},\"csrf_token\":\""
                + token
                + "\"}");
    assertThat(id).matches("[A-Za-z0-9_-]{16}");
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(browser.cookie()).matches("[A-Za-z0-9_-]{43}");
    assertThat(cookies(response))
        .containsExactly(
            "__Host-session=" + browser.cookie() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(response.headers()).hasSize(3);
    assertThat(response.body()).doesNotContain(browser.cookie());

    JsonNode me = assertOk(browser.me());
    assertThat(me.toString())
        .isEqualTo(
            "{\"id\":\"id-of-alice\",\"username\":\"alice\",\"roles\":[\"admin\"],"
                + "\"scheme\":\"session\",\"scopes\":null,"
                + "\"authenticated_at\":\"2030-01-01T00:00:00Z\",\"csrf_token\":\""
                + token
                + "\"}");
    assertThat(site.listener.events())
        .hasExactlyElementsOfTypes(
            AuthEvent.LoggedIn.class, AuthEvent.Issued.class, AuthEvent.RequestAuthenticated.class);
  }

  @Test
  @DisplayName("HT login with remember gives a cookie with Max-Age and the longer timeouts of SE-3")
  void remembers() {
    site.user("alice");
    Browser browser = site.browser();
    String json = "{\"username\":\"alice\",\"password\":\"wonderland-1865\",\"remember\":%s}";
    AuthResponse response = browser.post("/auth/login", json.formatted(true));
    assertThat(assertOk(response).path("session").path("expires_at").textValue())
        .isEqualTo("2030-01-15T00:00:00Z");
    assertThat(cookies(response))
        .containsExactly(
            "__Host-session="
                + browser.cookie()
                + "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax");
    site.clock.advance(Duration.ofDays(13));
    assertOk(browser.me());

    AuthResponse standard = site.browser().post("/auth/login", json.formatted(false));
    assertOk(standard);
    assertThat(cookies(standard).get(0)).doesNotContain("Max-Age");
  }

  @Test
  @DisplayName("SE-3 a session that is not used for 30 minutes is over, and is 401")
  void expires() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    site.clock.advance(Duration.ofMinutes(30).minusMillis(1));
    assertOk(browser.me());
    site.clock.advance(Duration.ofMinutes(30));
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT login tells all faults of its body together, and hashes nothing")
  void badBody() {
    Browser browser = site.browser();
    assertThat(faults(browser.post("/auth/login", "{}")))
        .containsExactly("username required", "password required");
    assertThat(
            faults(
                browser.post(
                    "/auth/login", "{\"username\":1,\"password\":null,\"remember\":\"true\"}")))
        .containsExactly("username wrong_type", "password wrong_type", "remember wrong_type");
    for (String value : List.of("1", "null", "\"\"", "[]", "{}")) {
      String json = "{\"username\":\"a\",\"password\":\"b\",\"remember\":" + value + "}";
      assertThat(faults(browser.post("/auth/login", json))).containsExactly("remember wrong_type");
    }
    assertProblem(browser.post("/auth/login", "{\"a\":1,\"a\":2}"), 400, "malformed_json");
    assertProblem(browser.post("/auth/login", ""), 400, "malformed_json");
    assertProblem(browser.post("/auth/login"), 415, "unsupported_media_type");
    assertProblem(
        browser.send(
            TestRequest.post("/auth/login")
                .header("Content-Type", "application/x-www-form-urlencoded"),
            "username=alice&password=wonderland-1865"),
        415,
        "unsupported_media_type");
    assertProblem(
        browser.post("/auth/login", "{\"a\":\"" + "x".repeat(16 * 1024) + "\"}"),
        413,
        "content_too_large");
    assertThat(site.hasher.computed()).isZero();
    assertThat(site.listener.events()).isEmpty();
  }

  @Test
  @DisplayName("SE-2 an id that the client brings is never adopted")
  void adoptsNothing() {
    site.user("alice");
    String planted = "A".repeat(43);
    for (String value : List.of(planted, "short", "a=b", planted + "; __Host-session=" + planted)) {
      Browser browser = site.browser().plant(value);
      assertOk(browser.login("alice"));
      assertThat(browser.cookie()).isNotEqualTo(value).doesNotContain(planted);
      assertOk(browser.me());
      assertProblem(site.browser().plant(value).me(), 401, "authentication_required");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "bob"})
  @DisplayName(
      "SE-2 a live session that the client brings is dead after the login, whoever's it is")
  void endsFormer(String next) {
    site.user("alice");
    site.user("bob");
    Browser browser = site.loggedIn("alice");
    Browser thief = site.browser().plant(browser.cookie());
    assertOk(thief.me());
    assertOk(browser.login(next));
    assertThat(browser.cookie()).isNotEqualTo(thief.cookie());
    assertProblem(thief.me(), 401, "authentication_required");
    assertThat(assertOk(browser.me()).path("username").textValue()).isEqualTo(next);
  }

  @Test
  @DisplayName("SE-2 a login that fails leaves the session that the client has")
  void failureEndsNothing() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    assertProblem(browser.login("alice", "wrong-password"), 401, "invalid_credentials");
    assertOk(browser.me());
  }

  @Test
  @DisplayName("SE-6 where the limit refuses, one more login is 409 too_many_sessions")
  void tooMany() {
    Site strict = new Site(Order.BASIC_FIRST, new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW), 8);
    strict.user("alice");
    Browser first = strict.loggedIn("alice");
    assertProblem(strict.browser().login("alice"), 409, "too_many_sessions");
    assertOk(first.me());
    assertProblem(strict.browser().login("alice", "wrong-password"), 401, "invalid_credentials");
    assertOk(first.login("alice")); // its own makes room

    Site lenient =
        new Site(Order.BASIC_FIRST, new TokenLimit(1, TokenLimit.WhenFull.REMOVE_OLDEST), 8);
    lenient.user("alice");
    Browser older = lenient.loggedIn("alice");
    assertOk(lenient.loggedIn("alice").me());
    assertProblem(older.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT the chain does not run for login: credentials in the header don't matter")
  void chainDoesNotRun() {
    site.user("alice");
    Browser browser = site.browser().always("Authorization", "Basic !!!");
    assertOk(browser.login("alice"));
  }

  @Test
  @DisplayName("HT there is no login where the chain has no sessions")
  void noSessions() {
    AuthEndpoints basicOnly = site.endpoints(site.guardOf(site.basic));
    assertProblem(Browser.at(basicOnly).login("alice"), 404, "not_found");
  }

  @Test
  @DisplayName("AC-2 a login that races a password change is dead on arrival")
  void deadOnArrival() {
    site.user("alice");
    Browser late = site.browser();
    site.tokenCalls.beforeNext("insert", () -> site.accounts.logOutEverywhere("id-of-alice", null));
    assertOk(late.login("alice"));
    assertProblem(late.me(), 401, "authentication_required");
  }
}
