package com.example.http;

import static com.example.http.Answers.FORGET;
import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.http.Site.Order;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordTest {
  private static final String NEXT = "looking-glass-1871";
  private static final String JSON =
      "{\"current_password\":\"wonderland-1865\",\"new_password\":\"looking-glass-1871\"}";

  private final Site site = new Site();

  @BeforeEach
  void users() {
    site.user("alice");
  }

  private static void assertOver(Browser browser) {
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AC-4 a change by session is 204 with a new cookie; the old id and others are dead")
  void bySession(Order order) {
    Site site = new Site(order);
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    Browser other = site.loggedIn("alice");
    String token = assertOk(browser.me()).path("csrf_token").textValue();

    assertDone(
        browser.changePassword(Site.PASSWORD, NEXT),
        "__Host-session=" + browser.cookie() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(browser.cookie()).isNotEmpty().isNotEqualTo(same.cookie());
    assertThat(assertOk(browser.me()).path("csrf_token").textValue()).isNotEqualTo(token);
    assertOver(same);
    assertOver(other);
    assertThat(site.accounts.activeLogins().orElseThrow().list("id-of-alice")).hasSize(1);
    assertProblem(site.browser().login("alice"), 401, "invalid_credentials");
    assertOk(site.browser().login("alice", NEXT));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("AC-4 a change by Basic is 204 without a cookie, and ends all sessions")
  void byBasic(Order order) {
    Site site = new Site(order);
    site.user("alice");
    Browser session = site.loggedIn("alice");
    TestRequest request =
        TestRequest.post("/auth/password")
            .header("Content-Type", "application/json")
            .basic("alice", Site.PASSWORD);
    assertDone(Browser.silentAt(site.endpoints).send(request, JSON));
    assertOver(session);
    TestRequest me = TestRequest.get("/auth/me");
    assertProblem(
        site.browser().send(me.basic("alice", Site.PASSWORD), ""), 401, "invalid_credentials");
    assertOk(site.browser().send(TestRequest.get("/auth/me").basic("alice", NEXT), ""));
  }

  @Test
  @DisplayName("BA-7 a change by Basic from another site's page is 403 csrf")
  void byBasicFromElsewhere() {
    TestRequest request =
        TestRequest.post("/auth/password")
            .header("Content-Type", "application/json")
            .header("Sec-Fetch-Site", "cross-site")
            .basic("alice", Site.PASSWORD);
    assertProblem(Browser.silentAt(site.endpoints).send(request, JSON), 403, "csrf");
    assertOk(site.browser().login("alice"));
  }

  @Test
  @DisplayName("SE-5 a change by session from another site's page, or without a token, is 403 csrf")
  void bySessionFromElsewhere() {
    Browser browser = site.loggedIn("alice");
    assertProblem(browser.silent().post("/auth/password", JSON), 403, "csrf");
    assertProblem(
        browser.silent().always("Origin", "null").post("/auth/password", JSON), 403, "csrf");
    assertProblem(
        browser.silent().always("Sec-Fetch-Site", "same-site").post("/auth/password", JSON),
        403,
        "csrf");
    assertOk(browser.me());
    assertOk(site.browser().login("alice"));
  }

  @Test
  @DisplayName("HT a wrong current password is 403 wrong_password, and counts as a failed attempt")
  void wrongCurrent() {
    Browser browser = site.loggedIn("alice");
    for (int i = 0; i < 5; i++) {
      AuthResponse response = browser.changePassword("wrong-password", NEXT);
      assertProblem(response, 403, "wrong_password");
      assertThat(header(response, "WWW-Authenticate")).isEmpty();
    }
    assertThat(site.listener.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::scheme, AuthEvent.AuthenticationFailed::reason)
        .containsOnly(tuple("password_change", "wrong_password"));
    int before = site.hasher.computed();
    AuthResponse throttled = browser.changePassword(Site.PASSWORD, NEXT);
    assertProblem(throttled, 429, "throttled");
    assertThat(header(throttled, "Retry-After")).containsExactly("1");
    assertThat(site.hasher.computed()).isEqualTo(before);
    assertProblem(site.browser().login("alice"), 429, "throttled");
    assertOk(browser.me());
  }

  @Test
  @DisplayName(
      "PW-5 a new password that won't do is 400 on new_password; the current isn't looked at")
  void weak() {
    Browser browser = site.loggedIn("alice");
    int before = site.hasher.computed();
    assertThat(faults(browser.changePassword("wrong-password", "short")))
        .containsExactly("new_password too_short");
    assertThat(faults(browser.changePassword(Site.PASSWORD, "a\\u0000")))
        .containsExactly("new_password too_short", "new_password invalid_character");
    assertThat(faults(browser.changePassword(Site.PASSWORD, "long-".repeat(15))))
        .containsExactly("new_password too_long");
    assertThat(faults(browser.changePassword(Site.PASSWORD, "qwertyuiop")))
        .containsExactly("new_password too_common");
    assertThat(site.hasher.computed()).isEqualTo(before);
    assertOk(browser.me());
  }

  @Test
  @DisplayName("HT all faults of both fields are told together")
  void badBody() {
    Browser browser = site.loggedIn("alice");
    String path = "/auth/password";
    assertThat(faults(browser.post(path, "{}")))
        .containsExactly("current_password required", "new_password required");
    assertThat(faults(browser.post(path, "{\"current_password\":1,\"new_password\":true}")))
        .containsExactly("current_password wrong_type", "new_password wrong_type");
    assertThat(faults(browser.post(path, "{\"current_password\":null,\"new_password\":\"alice\"}")))
        .containsExactly(
            "current_password wrong_type",
            "new_password too_short",
            "new_password same_as_username");
    assertThat(faults(browser.post(path, "{\"current_password\":\"x\"}")))
        .containsExactly("new_password required");
    assertProblem(browser.post(path), 415, "unsupported_media_type");
    assertProblem(browser.post(path, ""), 400, "malformed_json");
    assertProblem(browser.post(path, " ".repeat(16 * 1024 + 1)), 413, "content_too_large");
    assertProblem(site.browser().post(path, "{}"), 401, "authentication_required");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "PW-4 a change without a turn for hashing is 503 with Retry-After, and changes nothing")
  void busy(Order order) {
    Site site = Site.withOneTurn(order);
    site.user("alice");
    site.user("bob");
    Browser browser = site.loggedIn("alice");
    for (int i = 0; i < 10; i++) {
      List<AuthResponse> change = new ArrayList<>();
      site.hashing.beforeNext(
          "verify", () -> change.add(browser.changePassword(Site.PASSWORD, NEXT)));
      assertOk(site.browser().login("bob"));
      assertProblem(change.get(0), 503, "temporarily_unavailable");
      assertThat(header(change.get(0), "Retry-After")).containsExactly("1");
    }
    assertOk(browser.me());
    assertOk(site.browser().login("alice"));
  }

  @Test
  @DisplayName("CH-6 an outage before the change is 503; one behind it does not undo the 204")
  void outage() {
    Browser browser = site.loggedIn("alice");
    site.userCalls.fallAt("update");
    assertProblem(browser.changePassword(Site.PASSWORD, NEXT), 503, "temporarily_unavailable");
    site.userCalls.down = false;
    assertOk(browser.me());

    Browser same = site.browser().plant(browser.cookie());
    site.tokenCalls.fallAt("insert");
    assertDone(browser.changePassword(Site.PASSWORD, NEXT));
    site.tokenCalls.down = false;
    assertOver(same);
    assertOk(site.browser().login("alice", NEXT));
  }

  @Test
  @DisplayName("AC-2 of two changes from two sessions one wins; no session of the other survives")
  void interleaved() {
    Browser loser = site.loggedIn("alice");
    Browser winner = site.loggedIn("alice");
    // The loser's current password has been found right when the winner comes and goes.
    site.hashing.beforeNext(
        "hash",
        () -> assertThat(winner.changePassword(Site.PASSWORD, NEXT).status()).isEqualTo(204));
    assertProblem(
        loser.changePassword(Site.PASSWORD, "through-the-door-9"), 409, "account_changed");
    assertOver(loser);
    assertOk(winner.me());
    assertOk(site.browser().login("alice", NEXT));
    assertThat(site.listener.events(AuthEvent.PasswordChanged.class)).hasSize(1);
  }

  @Test
  @DisplayName("AC-2 a logout-all between the change and the new cookie wins")
  void endedMeanwhile() {
    Browser browser = site.loggedIn("alice");
    site.tokenCalls.beforeNext(
        "removeAll", () -> site.accounts.logOutEverywhere("id-of-alice", null));
    assertDone(browser.changePassword(Site.PASSWORD, NEXT), FORGET);
    assertOver(browser);
    assertThat(site.accounts.activeLogins().orElseThrow().list("id-of-alice")).isEmpty();
  }

  @Test
  @DisplayName("AC-2 100 pairs of changes at once: one of each wins, and one session is left")
  void raced() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      String current = Site.PASSWORD;
      for (int round = 0; round < 100; round++) {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          browsers.add(site.browser());
          assertOk(browsers.get(i).login("alice", current));
        }
        List<String> next = List.of("looking-glass-" + round, "mock-turtle-" + round);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<AuthResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Browser browser = browsers.get(i);
          String[] passwords = {current, next.get(i)};
          answers.add(
              threads.submit(
                  () -> {
                    assertThat(start.await(30, TimeUnit.SECONDS)).isTrue();
                    return browser.changePassword(passwords[0], passwords[1]);
                  }));
        }
        start.countDown();
        int first = answers.get(0).get(30, TimeUnit.SECONDS).status();
        int second = answers.get(1).get(30, TimeUnit.SECONDS).status();
        assertThat(List.of(first, second)).containsOnlyOnce(204).containsAnyOf(401, 403, 409);
        int winner = first == 204 ? 0 : 1;
        assertOk(browsers.get(winner).me());
        assertOver(browsers.get(1 - winner));
        assertThat(site.accounts.activeLogins().orElseThrow().list("id-of-alice")).hasSize(1);
        current = next.get(winner);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
