package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.http.Site.Order;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRefusalTest {
  private static final String X_BASIC = "xBasic realm=\"api\", charset=\"UTF-8\"";
  private static final String SESSION = "Session realm=\"api\"";
  private static final String JSON = "{\"username\":\"alice\",\"password\":\"wonderland-1865\"}";

  private final Site site = new Site();

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT-3 a failed login is 401 with challenges that browsers ignore, Basic's last")
  void challenges(Order order) {
    Site site = new Site(order);
    site.user("alice");
    AuthResponse response = site.browser().login("alice", "wrong-password");
    assertProblem(response, 401, "invalid_credentials");
    assertThat(header(response, "WWW-Authenticate"))
        .containsExactly(SESSION, X_BASIC);
  }

  @Test
  @DisplayName("GU-2 a chain without any challenge answers a failed login with 403")
  void withoutChallenge() {
    site.user("alice");
    SessionAuthenticator bare =
        SessionAuthenticator.builder(site.sessions).withoutChallenge().build();
    Browser browser = Browser.at(site.endpoints(site.guardOf(bare)));
    AuthResponse response = browser.login("alice", "wrong-password");
    assertProblem(response, 403, "invalid_credentials");
    assertThat(header(response, "WWW-Authenticate")).isEmpty();
    assertOk(browser.login("alice"));
  }

  @Test
  @DisplayName("GU-3 however a login fails, the answer is the same and one hash is computed")
  void sameAnswer() {
    site.user("alice");
    User deactivated = site.user("gone");
    site.users.update(deactivated, deactivated.toBuilder().active(false).build());
    site.users.insert(User.builder("1", "garbled").passwordHash("$2b$99$garbled").build());
    site.users.insert(User.builder("2", "unset").build());

    AuthResponse expected = site.browser().login("alice", "wrong-password");
    assertProblem(expected, 401, "invalid_credentials");
    for (String[] attempt :
        new String[][] {
          {"nobody", Site.PASSWORD},
          {"no:body", Site.PASSWORD},
          {"x".repeat(200), Site.PASSWORD},
          {"gone", Site.PASSWORD},
          {"garbled", Site.PASSWORD},
          {"unset", Site.PASSWORD},
          {"alice", "x".repeat(73)},
          {"alice", "nul\\u0000" + Site.PASSWORD},
          {"ALICE", "wrong-password"}
        }) {
      int before = site.hasher.computed();
      assertThat(site.browser().login(attempt[0], attempt[1])).isEqualTo(expected);
      assertThat(site.hasher.computed() - before).as("%s", attempt[0]).isEqualTo(1);
    }
    assertThat(site.browser().login("", Site.PASSWORD)).isEqualTo(expected);
    assertThat(site.listener.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .contains("unknown_user", "user_deactivated", "unusable_hash", "wrong_password");
  }

  @Test
  @DisplayName(
      "TH-1 after five failures login is 429 with Retry-After, for a name that exists or not")
  void throttled() {
    site.user("alice");
    List<AuthResponse> answers = new ArrayList<>();
    for (String name : List.of("alice", "nobody")) {
      for (int i = 0; i < 5; i++) {
        assertProblem(site.browser().login(name, "wrong-password"), 401, "invalid_credentials");
      }
      int before = site.hasher.computed();
      AuthResponse response = site.browser().login(name, Site.PASSWORD);
      assertProblem(response, 429, "throttled");
      assertThat(header(response, "Retry-After")).containsExactly("1");
      assertThat(header(response, "WWW-Authenticate")).isEmpty();
      assertThat(site.hasher.computed()).isEqualTo(before);
      answers.add(response);
    }
    assertThat(answers.get(0)).isEqualTo(answers.get(1));
    assertThat(site.listener.events(AuthEvent.Throttled.class))
        .extracting(AuthEvent.Throttled::scheme, AuthEvent.Throttled::subject)
        .containsExactly(tuple("login", "alice"), tuple("login", "nobody"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "PW-4 a login without a turn for hashing is 503 with Retry-After, and counts as nothing")
  void busy(Order order) {
    Site site = Site.withOneTurn(order);
    site.user("alice");
    for (int i = 0; i < 10; i++) {
      List<AuthResponse> second = new ArrayList<>();
      site.hashing.beforeNext("verify", () -> second.add(site.browser().login("nobody")));
      assertOk(site.browser().login("alice"));
      assertProblem(second.get(0), 503, "temporarily_unavailable");
      assertThat(header(second.get(0), "Retry-After")).containsExactly("1");
    }
  }

  @Test
  @DisplayName("CH-6 a login while either store is down is 503, and sets no cookie")
  void outage() {
    site.user("alice");
    for (Calls store : List.of(site.userCalls, site.tokenCalls)) {
      store.down = true;
      for (int i = 0; i < 10; i++) {
        AuthResponse response = site.browser().login("alice");
        assertProblem(response, 503, "temporarily_unavailable");
        assertThat(header(response, "Retry-After")).containsExactly("5");
      }
      store.down = false;
      assertOk(site.browser().login("alice"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Sec-Fetch-Site,SAME-ORIGIN",
    "Origin,https://evil.example",
    "Origin,null",
    "Origin,http://own.example",
    "Origin,https://own.example.evil.example"
  })
  @DisplayName(
      "HT-2 a login from another site's page is 403 csrf: no hash, no cookie, nothing ended")
  void crossSite(String name, String value) {
    site.user("alice");
    Browser victim = site.loggedIn("alice");
    int before = site.hasher.computed();
    Browser elsewhere = victim.silent().always("Host", "own.example").always(name, value);
    assertProblem(elsewhere.post("/auth/login", JSON), 403, "csrf");
    assertThat(site.hasher.computed()).isEqualTo(before);
    assertOk(victim.me());
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,same-origin",
    "Sec-Fetch-Site,none",
    "Origin,https://own.example",
    "X-Unrelated,x"
  })
  @DisplayName("HT-2 a login from the own site, or with neither header, passes")
  void ownSite(String name, String value) {
    site.user("alice");
    assertOk(
        Browser.silentAt(site.endpoints)
            .always("Host", "own.example")
            .always(name, value)
            .post("/auth/login", JSON));
  }

  @Test
  @DisplayName("GU-5 a login over plain HTTP is 403, unchecked and without a challenge")
  void insecure() {
    site.user("alice");
    int before = site.hasher.computed();
    AuthResponse response =
        site.browser()
            .send(
                TestRequest.post("/auth/login")
                    .header("Content-Type", "application/json")
                    .insecure(),
                JSON);
    assertProblem(response, 403, "insecure_transport");
    assertThat(header(response, "WWW-Authenticate")).isEmpty();
    assertThat(site.hasher.computed()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"})
  @DisplayName("HT login by another method than POST is 405, whatever the body says")
  void otherMethod(String method) {
    site.user("alice");
    AuthResponse response =
        site.browser()
            .send(
                TestRequest.of(method, "/auth/login").header("Content-Type", "application/json"),
                JSON);
    assertProblem(response, 405, "method_not_allowed");
    assertThat(header(response, "Allow")).containsExactly("POST");
  }
}
