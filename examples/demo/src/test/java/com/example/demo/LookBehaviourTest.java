package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisProcess;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How the page itself behaves: its secrets, the keyboard, and outages. */
class LookBehaviourTest extends OpenLookPage {
  @Test
  @DisplayName("PW-6 in a browser: the page keeps no secret, and shows none before it is asked to")
  void keepsNothing() throws Exception {
    page.logInByAll(user);
    page.press("refresh");
    String kept =
        page.tab()
            .evaluate(
                "JSON.stringify([localStorage.length, sessionStorage.length, document.cookie,"
                    + " location.href])")
            .textValue();
    assertThat(kept).isEqualTo("[0,0,\"\",\"http://127.0.0.1:" + demo.port() + "/\"]");
    String secrets = "/sally_[A-Za-z0-9]|sallyr_|eyJ[A-Za-z0-9_-]+\\.|wonderland/";
    String shown = secrets + ".test(document.documentElement.outerHTML)";
    for (int i = 1; i <= 6; i++) {
      page.pressFirst("#history li:nth-child(" + i + ") button");
      assertThat(page.tab().evaluate(shown).booleanValue()).isFalse();
    }
    page.pressFirst("#token-held button");
    assertThat(page.tab().evaluate(shown).booleanValue()).isTrue();
    page.pressFirst("#token-held button");
    assertThat(page.tab().evaluate(shown).booleanValue()).isFalse();
    page.open();
    assertThat(page.isDisabled("#token-end")).isTrue();
    assertThat(page.text("decoded")).isEqualTo("Get a pair of JWTs first.");
  }

  @Test
  @DisplayName("In a browser: all is done with the keyboard alone, and each stop can be seen")
  void keyboard() throws Exception {
    page.tab().evaluate("document.getElementById('username').focus()");
    for (char c : (user + "\t" + LookPage.PASSWORD).toCharArray()) {
      page.tab().key(c == '\t' ? "Tab" : String.valueOf(c));
    }
    page.tab().key("Enter");
    page.tab().until("document.getElementById('message').textContent.endsWith('register: 201')");
    page.tab().key("Tab");
    page.tab().key("Tab");
    assertThat(focused()).isEqualTo("log-in-all");
    assertThat(
            page.tab()
                .evaluate("getComputedStyle(document.activeElement).outlineStyle")
                .textValue())
        .isEqualTo("solid");
    page.tab().key("Enter");
    page.tab().until("document.getElementById('message').textContent.startsWith('Logged in by')");
    assertThat(focused()).isEqualTo("log-in-all");
    for (int i = 0; i < 40 && !focused().equals("send"); i++) {
      page.tab().key("Tab");
    }
    page.tab().key(" ");
    page.tab().until("document.getElementById('message').textContent.includes('session vouched')");
    assertThat(focused()).isEqualTo("send");
  }

  private String focused() throws Exception {
    return page.tab().evaluate("document.activeElement.id").textValue();
  }

  @Test
  @DisplayName(
      "ST-6 in a browser: while the store is down the page says so, and goes on afterwards")
  void storeDown() throws Exception {
    try (RedisProcess server = RedisProcess.start(RedisProcess.keeping());
        RunningDemo stored =
            RunningDemo.start(Map.of("STORE", "memory redis://" + server.address()))) {
      LookPage down = new LookPage(chromium, stored);
      down.untilTraced();
      down.signUp(user);
      down.press("session-begin");
      server.stop();
      down.press("send");
      assertThat(down.message()).isEqualTo("GET /api/hello: 503 temporarily_unavailable");
      assertThat(down.steps()).endsWith("session no answer");
      assertThat(down.text("way")).contains("An outage is neither yes nor no", "Try again in 5 s");
      assertThat(down.text("events")).contains("StoreOutage");
      assertThat(down.text("session-held")).contains(user);
      server.restart();
      down.tab()
          .until(
              "(document.getElementById('send').click(),"
                  + " document.getElementById('message').textContent.includes('200'))");
      down.tab().open("about:blank");
    }
  }

  @Test
  @DisplayName("In a browser: a page whose demo is gone says so, and one too many does as well")
  void gone() throws Exception {
    RunningDemo other = RunningDemo.start();
    LookPage left = new LookPage(chromium, other);
    left.untilTraced();
    for (int i = 0; i < 4; i++) {
      new PageClient(other);
    }
    left.tab().until("document.getElementById('link-state').dataset.state === 'displaced'");
    left.press("send");
    assertThat(left.text("way")).contains("No trace");
    left.open();
    left.untilTraced();
    other.close();
    left.tab().until("document.getElementById('link-state').dataset.state !== 'open'");
    left.press("send");
    assertThat(left.text("way")).contains("The demo does not answer.");
    left.tab().open("about:blank");
  }
}
