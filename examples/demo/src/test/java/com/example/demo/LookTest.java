package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.SiteClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the page shows of the schemes. */
class LookTest extends OpenLookPage {
  @Test
  @DisplayName("HT in a browser: signs up, logs in by each scheme, and gives each up")
  void eachScheme() throws Exception {
    assertThat(page.steps()).isEqualTo("jwt passed, token passed, basic passed, session passed");
    page.signUp(user);
    page.press("basic-begin");
    assertThat(page.message()).isEqualTo("GET /auth/me: 200, basic vouched for " + user);
    assertThat(page.steps())
        .isEqualTo("jwt passed, token passed, basic said yes, session not asked");
    page.press("basic-end");
    assertThat(page.text("basic-held")).isEqualTo("Not in use.");

    page.press("session-begin");
    assertThat(page.text("session-held")).contains("A cookie of " + user);
    assertThat(page.text("way")).contains("dev-session= value hidden", "HttpOnly", "SameSite=Lax");
    page.press("session-end");
    assertThat(page.text("session-held")).isEqualTo("No session.");
    assertThat(page.text("way")).contains("dev-session= forgotten");

    page.set("token-scope", "notes:read");
    page.press("token-begin");
    assertThat(page.message()).isEqualTo("POST /auth/tokens: 201");
    page.set("with-token", "right");
    page.set("route", "POST /api/scoped-notes");
    page.press("send");
    assertThat(page.message()).isEqualTo("POST /api/scoped-notes: 403 insufficient_scope");
    assertThat(page.text("way")).contains("only for notes:read", "scope=\"notes:write\"");
    page.set("token-scope", "");
    page.press("token-begin");
    page.press("send");
    assertThat(page.message()).isEqualTo("POST /api/scoped-notes: 201, token vouched for " + user);
    page.press("token-end");
    assertThat(page.message()).startsWith("DELETE /auth/tokens/").contains(": 204");

    page.press("jwt-begin");
    assertThat(page.text("decoded")).contains("ES256", "at+jwt", user, "64 bytes");
    page.press("jwt-end");
    assertThat(page.message()).isEqualTo("POST /auth/jwt/revoke: 204");
    assertThat(page.text("story")).contains("The family has ended.");
    assertThat(page.isDisabled("#jwt-end")).isTrue();
  }

  @Test
  @DisplayName("CH-2 CH-4 in a browser: wrong credentials never fall through to a good cookie")
  void anyMix() throws Exception {
    page.logInByAll(user);
    page.press("send");
    assertThat(page.steps()).isEqualTo("jwt passed, token passed, basic passed, session said yes");
    page.set("with-basic", "wrong");
    page.press("send");
    assertThat(page.steps())
        .isEqualTo("jwt passed, token passed, basic said no, session not asked");
    assertThat(page.text("way"))
        .contains("wrong_password", "The client is told only invalid_credentials.");
    page.set("with-token", "right");
    page.press("send");
    assertThat(page.text("way")).contains("chain refuses: several_credentials");
    page.set("with-basic", "");
    page.press("send");
    assertThat(page.steps()).startsWith("jwt passed, token said yes, basic not asked");
    page.set("with-token", "wrong");
    page.press("send");
    assertThat(page.steps()).startsWith("jwt passed, token said no, basic not asked");
    page.set("with-token", "");
    page.set("with-jwt", "right");
    page.set("route", "GET /api/admin");
    page.press("send");
    assertThat(page.message()).isEqualTo("GET /api/admin: 403 forbidden");
    assertThat(page.text("way")).contains(user + " is known, and may not do this.");
    page.set("with-jwt", "wrong");
    page.press("send");
    assertThat(page.text("way")).contains("bad_signature");
    page.set("with-jwt", "");
    page.tab().evaluate("document.getElementById('with-session').click()");
    page.set("route", "GET /api/public");
    page.press("send");
    assertThat(page.message()).isEqualTo("GET /api/public: 200");
    page.pressFirst("#history li:last-child button");
    assertThat(page.text("history")).contains("200", "401", "403");
    assertThat(page.tab().evaluate("document.querySelectorAll('#history li').length").intValue())
        .isEqualTo(6);
    page.tab().evaluate("document.getElementById('with-session').click()");
    page.set("route", "POST /auth/logout");
    page.press("send");
    assertThat(page.text("session-held")).isEqualTo("No session.");
  }

  @Test
  @DisplayName("JW-7 in a browser: a family refreshes, repeats a lost reply, and ends with a theft")
  void family() throws Exception {
    page.signUp(user);
    assertThat(page.isDisabled("#refresh")).isTrue();
    page.press("jwt-begin");
    page.press("refresh");
    page.press("refresh");
    page.press("replay");
    assertThat(page.message())
        .startsWith("You present generation 1 again")
        .contains("comes back, 2");
    page.press("steal");
    assertThat(page.message()).startsWith("A thief copies generation 2 and refreshes twice.");
    assertThat(circles()).isEqualTo("0 1 2 2 3 4");
    assertThat(page.isDisabled("#steal")).isTrue();
    page.press("refresh");
    assertThat(page.message()).contains("somebody has a copy");
    assertThat(page.text("events")).contains("RefreshReuseDetected", "generation 2");
    assertThat(
            page.tab()
                .evaluate("!!document.querySelector('#family circle.you.back')")
                .booleanValue())
        .isTrue();
    assertThat(page.tab().evaluate("document.querySelector('#family svg').ariaLabel").textValue())
        .contains("The family has ended, when generation 2 came back");
    assertThat(page.isDisabled("#refresh")).isTrue();
    assertThat(page.text("jwt-held")).isEqualTo("No tokens.");
    page.press("jwt-begin");
    assertThat(circles()).isEqualTo("0");
  }

  private String circles() throws Exception {
    return page.tab()
        .evaluate(
            "[...document.querySelectorAll('#family .number')].map(one => one.textContent)"
                + ".join(' ')")
        .textValue();
  }

  @Test
  @DisplayName("TH-1 in a browser: after five wrong passwords, the wait counts down and ends")
  void waits() throws Exception {
    page.signUp(user);
    for (int i = 0; i < 4; i++) {
      page.press("guess");
      assertThat(page.message()).isEqualTo("POST /auth/login: 401 invalid_credentials");
    }
    // A slow machine may need longer than the first waits for one guess.
    for (int i = 0; i < 6 && !page.message().contains("429"); i++) {
      page.press("guess");
    }
    assertThat(page.message()).isEqualTo("POST /auth/login: 429 throttled");
    assertThat(page.text("events")).contains("Throttled");
    page.tab().until("document.getElementById('message').textContent.endsWith(' is over.')");
    assertThat(page.text("waits")).isEmpty();
  }

  @Test
  @DisplayName("SE-7 TK-5 in a browser: sessions and tokens are listed, and ended from afar")
  void listed() throws Exception {
    page.logInByAll(user);
    String elsewhere = demo.loggedIn(user, LookPage.PASSWORD, "User-Agent", "Another device");
    page.press("list");
    assertThat(page.text("listed")).contains("Another device", "this one", "the page", "family");
    endRow("Another device");
    assertThat(demo.hello("Cookie", elsewhere)).isEqualTo(401);
    for (String scheme : new String[] {"basic", "token", "jwt", "session"}) {
      page.set("list-with", scheme);
      page.press("list");
      assertThat(page.text("listed")).as(scheme).contains("the page");
    }
    endRow("the page");
    assertThat(page.text("token-held")).isEqualTo("No token.");
    page.set("list-with", "token");
    page.press("list");
    assertThat(page.text("listed")).contains("can’t list anything now");
  }

  private void endRow(String text) throws Exception {
    page.tab()
        .evaluate(
            "[...document.querySelectorAll('#listed tr')].find(row => row.textContent.includes('"
                + text
                + "')).querySelector('button').click()");
    page.tab().until("!document.getElementById('listed').textContent.includes('" + text + "')");
  }

  @Test
  @DisplayName("CH-3 in a browser: a session that has ended elsewhere is stale, and nobody's")
  void endedSession() throws Exception {
    page.signUp(user);
    page.press("session-begin");
    String basic = SiteClient.basic(user, LookPage.PASSWORD);
    String id = SiteClient.field(demo.get("/auth/sessions", "Authorization", basic).body(), "id");
    String path = "/auth/sessions/" + id;
    assertThat(demo.send("DELETE", path, new byte[0], "Authorization", basic).statusCode())
        .isEqualTo(204);
    page.press("send");
    assertThat(page.message()).isEqualTo("GET /api/hello: 401 authentication_required");
    assertThat(page.text("way")).contains("unknown_or_expired");
    assertThat(page.text("session-held")).contains("worthless");
    assertThat(page.text("events")).contains("StaleCredentials");
    page.press("session-begin");
    page.press("send");
    assertThat(page.message()).isEqualTo("GET /api/hello: 200, session vouched for " + user);
    page.open();
    page.tab()
        .until("document.getElementById('session-held').textContent.includes('" + user + "')");
  }

  @Test
  @DisplayName(
      "GU-3 in a browser: two windows share a session, and neither sees the other's requests")
  void twoWindows() throws Exception {
    page.signUp(user);
    page.press("session-begin");
    LookPage other = new LookPage(chromium, demo);
    other.untilTraced();
    other.press("send");
    assertThat(other.message()).isEqualTo("GET /api/hello: 200, session vouched for " + user);
    other.set("username", "somebody-else");
    other.press("guess");
    assertThat(other.text("events")).contains("somebody-else").doesNotContain("LoggedIn");
    page.press("send");
    assertThat(page.text("events")).contains("LoggedIn").doesNotContain("somebody-else");
    other.tab().open("about:blank");
  }
}
