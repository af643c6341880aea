package com.example.http;

import static com.example.http.Answers.FORGET;
import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.cookies;
import static com.example.http.Answers.faults;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Site.Order;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.TokenKind;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutAllTest {
  private static final String KEEP = "{\"keep_current\":true}";

  private final Site site = new Site();

  @BeforeEach
  void users() {
    site.user("alice");
    site.user("bob");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT logout-all is 204, ends all of the user's sessions and forgets the cookie")
  void endsAll(Order order) {
    Site site = new Site(order);
    site.user("alice");
    site.user("bob");
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    Browser other = site.loggedIn("alice");
    Browser bob = site.loggedIn("bob");
    assertDone(browser.post("/auth/logout-all"), FORGET);
    for (Browser ended : List.of(browser, same, other)) {
      assertProblem(ended.me(), 401, "authentication_required");
    }
    assertOk(bob.me());
    assertThat(site.tokens.list("id-of-alice", TokenKind.all(), site.clock.instant())).isEmpty();
    assertOk(site.loggedIn("alice").me());
  }

  @Test
  @DisplayName("AC-2 where the records can't be removed, all sessions are over all the same")
  void withoutHousekeeping() {
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    site.tokenCalls.beforeNext(
        "removeAll",
        () -> {
          throw new StoreUnavailableException("down");
        });
    assertDone(browser.post("/auth/logout-all"), FORGET);
    assertProblem(same.me(), 401, "authentication_required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"keep_current\":false}"})
  @DisplayName("HT logout-all keeps the current session only if it is asked to")
  void keepsNothingByDefault(String json) {
    Browser browser = site.loggedIn("alice");
    AuthResponse response =
        json.isEmpty() ? browser.post("/auth/logout-all") : browser.post("/auth/logout-all", json);
    assertDone(response, FORGET);
  }

  @Test
  @DisplayName(
      "AC-2 with keep_current the session goes on under a new id; the old one and others end")
  void keepsCurrent() {
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    Browser other = site.loggedIn("alice");
    AuthResponse response = browser.post("/auth/logout-all", KEEP);
    assertDone(
        response,
        "__Host-session=" + browser.cookie() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(browser.cookie()).isNotEqualTo(same.cookie());
    assertOk(browser.me());
    assertProblem(same.me(), 401, "authentication_required");
    assertProblem(other.me(), 401, "authentication_required");
    assertThat(site.accounts.activeLogins().orElseThrow().list("id-of-alice")).hasSize(1);
  }

  @Test
  @DisplayName(
      "HT logout-all by Basic ends all sessions and sets no cookie, whatever keep_current is")
  void byBasic() {
    Browser browser = site.loggedIn("alice");
    TestRequest request =
        TestRequest.post("/auth/logout-all")
            .header("Content-Type", "application/json")
            .basic("alice", Site.PASSWORD);
    assertDone(site.browser().send(request, KEEP));
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT logout-all with a bad body is 400 or 415, and ends nothing")
  void badBody() {
    Browser browser = site.loggedIn("alice");
    for (String value : List.of("1", "null", "\"true\"", "[]", "{}")) {
      assertThat(faults(browser.post("/auth/logout-all", "{\"keep_current\":" + value + "}")))
          .containsExactly("keep_current wrong_type");
    }
    assertProblem(browser.post("/auth/logout-all", "[]"), 400, "malformed_json");
    assertProblem(
        browser.send(TestRequest.post("/auth/logout-all"), "{}"), 415, "unsupported_media_type");
    assertProblem(
        browser.post("/auth/logout-all", " ".repeat(16 * 1024 + 1)), 413, "content_too_large");
    assertOk(browser.me());
  }

  @Test
  @DisplayName("HT logout-all needs credentials: 401 without, 403 csrf from another site")
  void refused() {
    Browser browser = site.loggedIn("alice");
    assertProblem(site.browser().post("/auth/logout-all"), 401, "authentication_required");
    assertProblem(browser.silent().post("/auth/logout-all"), 403, "csrf");
    assertProblem(
        browser.silent().always("Origin", "https://evil.example").post("/auth/logout-all"),
        403,
        "csrf");
    assertProblem(
        browser.silent().always("Sec-Fetch-Site", "cross-site").post("/auth/logout-all"),
        403,
        "csrf");
    assertOk(browser.me());
  }

  @Test
  @DisplayName(
      "CH-6 an outage before anything has ended is 503; one behind it does not undo the 204")
  void outage() {
    Browser browser = site.loggedIn("alice");
    site.userCalls.fallAt("update");
    assertProblem(browser.post("/auth/logout-all", KEEP), 503, "temporarily_unavailable");
    site.userCalls.down = false;
    assertOk(browser.me());

    Browser same = site.browser().plant(browser.cookie());
    site.tokenCalls.fallAt("removeAll");
    AuthResponse response = browser.post("/auth/logout-all", KEEP);
    assertThat(response.status()).isEqualTo(204);
    assertThat(cookies(response)).isEmpty();
    site.tokenCalls.down = false;
    assertProblem(same.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("AC-2 a logout-all that comes in between wins: the session that was kept is over")
  void raced() {
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    site.userCalls.beforeNext("update", () -> site.accounts.logOutEverywhere("id-of-alice", null));
    assertDone(browser.post("/auth/logout-all", KEEP), FORGET);
    assertProblem(same.me(), 401, "authentication_required");
    assertThat(site.accounts.activeLogins().orElseThrow().list("id-of-alice")).isEmpty();
  }
}
