package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.Chromium;
import com.example.host.Tab;
import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The page that shows what each request meets, in one window. */
final class LookPage {
  static final String PASSWORD = "wonderland-1865";

  private static final String AXE = "/axe.min.js";

  private final Tab tab;
  private final String address;

  LookPage(Chromium chromium, RunningDemo demo) throws Exception {
    tab = chromium.newTab();
    address = "http://127.0.0.1:" + demo.port() + "/";
    Secrets.remember(PASSWORD);
    tab.resize(1400, 900);
    open();
  }

  Tab tab() {
    return tab;
  }

  /** Loads the page, and waits until its traces are on and its first request is shown. */
  void open() throws Exception {
    tab.open(address);
    tab.until("document.querySelector('#history li') && !document.body.dataset.busy");
  }

  void untilTraced() throws Exception {
    tab.until("document.getElementById('link-state').dataset.state === 'open'");
  }

  void set(String id, String value) throws Exception {
    tab.evaluate("document.getElementById('" + id + "').value = '" + value + "'");
  }

  /** Presses a button that can be pressed, and waits until its work is done. */
  void press(String id) throws Exception {
    pressFirst("#" + id);
  }

  void pressFirst(String selector) throws Exception {
    assertThat(isDisabled(selector)).as(selector + " is disabled").isFalse();
    tab.evaluate("document.querySelector('" + selector + "').click()");
    tab.until("!document.body.dataset.busy");
  }

  boolean isDisabled(String selector) throws Exception {
    return tab.evaluate("document.querySelector('" + selector + "').disabled === true")
        .booleanValue();
  }

  String text(String id) throws Exception {
    return tab.evaluate("document.getElementById('" + id + "').innerText").textValue();
  }

  String message() throws Exception {
    return text("message");
  }

  /** What each member of the chain said, for example {@code basic said yes}. */
  String steps() throws Exception {
    return tab.evaluate(
            "[...document.querySelectorAll('.steps li')].map(li => "
                + "li.querySelector('.name').textContent + ' ' +"
                + " li.querySelector('.verdict').textContent).join(', ')")
        .textValue();
  }

  void signUp(String user) throws Exception {
    set("username", user);
    set("password", PASSWORD);
    press("sign-up");
    assertThat(message()).isEqualTo("POST /auth/register: 201");
  }

  void logInByAll(String user) throws Exception {
    signUp(user);
    press("log-in-all");
    assertThat(message()).startsWith("Logged in by all four.");
  }

  /** What axe-core finds wrong with the page as it is; empty if it finds nothing. */
  String violations() throws Exception {
    try (InputStream script = LookPage.class.getResourceAsStream(AXE)) {
      if (script == null) {
        throw new IOException("axe-core lacks " + AXE);
      }
      tab.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
    }
    return tab.evaluate(
            "axe.run().then(found => found.violations.flatMap(one => one.nodes.map(node =>"
                + " one.id + ' ' + node.target + ' ' + node.any.map(why => why.message)))"
                + ".join('\\n'))")
        .textValue();
  }
}
