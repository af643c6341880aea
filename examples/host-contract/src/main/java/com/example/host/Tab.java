package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A tab of a browser, with one page at a time. For one thread. */
public final class Tab {
  private final PageConnection page;

  Tab(PageConnection page) {
    this.page = page;
  }

  /** Goes to an address, and waits until the page is there. */
  public void open(String address) throws Exception {
    page.call("Page.navigate", Map.of("url", address));
    until("location.href.startsWith('" + address + "') && document.readyState === 'complete'");
  }

  /** Loads the page again, and waits until it is there. */
  public void reload() throws Exception {
    evaluate("document.old = true");
    page.call("Page.reload", Map.of());
    until("!document.old && document.readyState === 'complete'");
  }

  /** What JavaScript in the page gives; of a promise, what it comes to. */
  public JsonNode evaluate(String script) throws Exception {
    JsonNode answer =
        page.call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as(script + ": " + answer).isFalse();
    return answer.path("result").path("value");
  }

  /**
   * Waits until JavaScript in the page gives true. The page itself looks again and again; if
   * another takes its place meanwhile, that one is asked.
   */
  public void until(String condition) throws Exception {
    // gives up in the page before the test does, so that the answer comes
    String waiting =
        """
        new Promise(done => {
          const end = Date.now() + 50000;
          const holds = () => { try { return %s } catch (e) { return false } };
          const look = () => holds() ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 5);
          look();
        })
        """
            .formatted(condition);
    long deadline = System.nanoTime() + Chromium.PATIENCE.toNanos();
    boolean holds = false;
    while (!holds) {
      JsonNode answer =
          page.tryCall(
              "Runtime.evaluate",
              Map.of("expression", waiting, "awaitPromise", true, "returnByValue", true));
      holds = answer.path("result").path("result").path("value").asBoolean();
      if (!holds && System.nanoTime() > deadline) {
        fail("waited in vain for %s, while the page says %s", condition, text());
      }
    }
  }

  private String text() throws Exception {
    return evaluate("document.body.innerText").toString();
  }

  /** Waits until the page has this title, and shows this text. */
  public void untilShown(String title, String text) throws Exception {
    until(
        "document.title === '%s' && document.body.innerText.includes('%s')".formatted(title, text));
  }

  /** Types into a field of the page, by its name. */
  public void fill(String field, String value) throws Exception {
    evaluate("document.querySelector('[name=" + field + "]').value = '" + value + "'");
  }

  /** Presses a button, the first with this text. */
  public void press(String button) throws Exception {
    evaluate(
        "[...document.querySelectorAll('button')].find(one => one.textContent === '%s').click()"
            .formatted(button));
  }

  /** Waits until the page has received an answer, written as {@code 403 http://…}. */
  public void untilAnswered(String answer) throws InterruptedException {
    page.untilAnswered(answer);
  }

  /** Forgets the answers of before. */
  public void forgetAnswers() {
    page.forgetAnswers();
  }
}
