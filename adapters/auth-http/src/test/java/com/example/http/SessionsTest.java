package com.example.http;

import static com.example.http.Answers.FORGET;
import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.http.Site.Order;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private final Site site = new Site();

  @BeforeEach
  void users() {
    site.user("alice");
    site.user("bob");
  }

  private static JsonNode list(Browser browser) {
    return assertOk(browser.get("/auth/sessions")).path("sessions");
  }

  /** The public id of the browser's own session. */
  private static String id(Browser browser) {
    for (JsonNode session : list(browser)) {
      if (session.path("current").booleanValue()) {
        return session.path("id").textValue();
      }
    }
    throw new AssertionError("no current session");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT sessions lists where the user is logged in, oldest first, one of them current")
  void lists(Order order) {
    Site site = new Site(order);
    site.user("alice");
    site.user("bob");
    Browser first = site.browser().always("User-Agent", "Phone \"1\"");
    first.login("alice");
    site.clock.advance(Duration.ofMinutes(2));
    Browser second = site.browser().always("User-Agent", "x".repeat(100));
    second.login("alice");
    site.loggedIn("bob");
    assertOk(first.me());

    JsonNode sessions = list(first);
    assertThat(sessions).hasSize(2);
    assertThat(sessions.get(0).toString())
        .isEqualTo(
            "{\"id\":\""
                + sessions.get(0).path("id").textValue()
                + "\",\"kind\":\"session\",\"client\":\"Phone \\\"1\\\"\","
                + "\"created_at\":\"2030-01-01T00:00:00Z\","
                + "\"last_seen_at\":\"2030-01-01T00:02:00Z\","
                + "\"expires_at\":\"2030-01-01T00:32:00Z\",\"current\":true}");
    assertThat(sessions.get(1).path("client").textValue()).isEqualTo("x".repeat(64));
    assertThat(sessions.get(1).path("created_at").textValue()).isEqualTo("2030-01-01T00:02:00Z");
    assertThat(sessions.get(1).path("current").isBoolean()).isTrue();
    assertThat(sessions.get(1).path("current").booleanValue()).isFalse();
    assertThat(sessions.toString()).doesNotContain(first.cookie()).doesNotContain(second.cookie());

    JsonNode byBasic =
        assertOk(
                site.browser()
                    .send(TestRequest.get("/auth/sessions").basic("alice", Site.PASSWORD), ""))
            .path("sessions");
    assertThat(byBasic).hasSize(2);
    assertThat(byBasic.findValues("current")).noneMatch(JsonNode::booleanValue);
  }

  @Test
  @DisplayName("HT sessions that are over are in no list")
  void leavesOutEnded() {
    site.loggedIn("alice");
    site.clock.advance(Duration.ofMinutes(30));
    Browser browser = site.loggedIn("alice");
    assertThat(list(browser)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SE-7 DELETE of another of the own sessions is 204, ends that one and no other")
  void endsOne(Order order) {
    Site site = new Site(order);
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    Browser second = site.loggedIn("alice");
    Browser third = site.loggedIn("alice");
    String id = id(second);
    assertDone(browser.delete("/auth/sessions/" + id));
    assertProblem(second.me(), 401, "authentication_required");
    assertOk(browser.me());
    assertOk(third.me());
    assertThat(list(browser)).hasSize(2);
    assertProblem(browser.delete("/auth/sessions/" + id), 404, "not_found");
    assertThat(site.listener.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::id, AuthEvent.Ended::why)
        .containsExactly(tuple(id, "revoked"));
  }

  @Test
  @DisplayName(
      "SE-7 DELETE of the current session is 204 and expires the cookie, by Basic it doesn't")
  void endsOwn() {
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    assertDone(browser.delete("/auth/sessions/" + id(browser)), FORGET);
    assertProblem(same.me(), 401, "authentication_required");

    Browser another = site.loggedIn("alice");
    TestRequest byBasic =
        TestRequest.of("DELETE", "/auth/sessions/" + id(another)).basic("alice", Site.PASSWORD);
    assertDone(site.browser().send(byBasic, ""));
    assertProblem(another.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("SE-7 DELETE of another user's session is 404, as of one that never was")
  void ofAnother() {
    Browser alice = site.loggedIn("alice");
    Browser bob = site.loggedIn("bob");
    assertThat(bob.delete("/auth/sessions/" + id(alice)))
        .isEqualTo(bob.delete("/auth/sessions/AAAAAAAAAAAAAAAA"));
    assertProblem(bob.delete("/auth/sessions/" + id(alice)), 404, "not_found");
    assertOk(alice.me());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{id}",
        "*",
        "%",
        "%00",
        "..",
        ".",
        "a/b",
        "a%2Fb",
        "a;b",
        "'--",
        "a b",
        "\u00e4",
        "a\u0000",
        "AAAAAAAAAAAAAAAA/"
      })
  @DisplayName("HT DELETE of what can be no id is 404 for anybody")
  void hostileIds(String id) {
    Browser browser = site.loggedIn("alice");
    site.tokenCalls.down = true;
    assertProblem(browser.delete("/auth/sessions/" + id), 404, "not_found");
    assertProblem(site.browser().delete("/auth/sessions/" + id), 404, "not_found");
    assertProblem(site.browser().delete("/auth/sessions/" + "A".repeat(65) + id), 404, "not_found");
    site.tokenCalls.down = false;
    assertOk(browser.me());
  }

  @Test
  @DisplayName("SE-7 neither the secret, nor its hash, nor the user's id names a session")
  void otherNames() {
    Browser browser = site.loggedIn("alice");
    for (String name :
        List.of(browser.cookie(), SecretDigest.of(browser.cookie()).text(), "id-of-alice")) {
      assertProblem(browser.delete("/auth/sessions/" + name), 404, "not_found");
    }
    assertOk(browser.me());
  }

  @Test
  @DisplayName("HT sessions need credentials: 401 without, 403 csrf for a DELETE from another site")
  void refused() {
    Browser browser = site.loggedIn("alice");
    String path = "/auth/sessions/" + id(browser);
    assertProblem(site.browser().get("/auth/sessions"), 401, "authentication_required");
    assertProblem(site.browser().delete(path), 401, "authentication_required");
    assertProblem(browser.silent().delete(path), 403, "csrf");
    assertProblem(
        browser.silent().always("Sec-Fetch-Site", "cross-site").delete(path), 403, "csrf");
    assertThat(list(browser.silent())).hasSize(1);
  }

  @Test
  @DisplayName("HT sessions by other methods are 405 with Allow")
  void methods() {
    Browser browser = site.loggedIn("alice");
    for (String method : List.of("POST", "DELETE", "PUT", "get")) {
      AuthResponse response = browser.send(TestRequest.of(method, "/auth/sessions"), "");
      assertProblem(response, 405, "method_not_allowed");
      assertThat(header(response, "Allow")).containsExactly("GET, HEAD");
    }
    for (String method : List.of("GET", "HEAD", "POST", "delete")) {
      AuthResponse response = browser.send(TestRequest.of(method, "/auth/sessions/x"), "");
      assertProblem(response, 405, "method_not_allowed");
      assertThat(header(response, "Allow")).containsExactly("DELETE");
    }
    assertThat(browser.send(TestRequest.of("HEAD", "/auth/sessions"), ""))
        .isEqualTo(browser.get("/auth/sessions"));
  }

  @Test
  @DisplayName("CH-6 sessions while the store is down are 503")
  void outage() {
    TestRequest byBasic = TestRequest.get("/auth/sessions").basic("alice", Site.PASSWORD);
    site.tokenCalls.down = true;
    assertProblem(site.browser().send(byBasic, ""), 503, "temporarily_unavailable");
  }

  @Test
  @DisplayName("HT there is no list where the accounts don't know the store")
  void withoutStore() {
    Accounts alone = Accounts.of(site.users, site.passwords);
    Browser browser = Browser.at(AuthEndpoints.of(alone, site.guard));
    browser.login("alice");
    assertProblem(browser.get("/auth/sessions"), 404, "not_found");
    assertProblem(browser.delete("/auth/sessions/x"), 404, "not_found");
  }
}
