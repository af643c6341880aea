package com.example.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.testkit.Secrets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a host in Chromium, by their forms alone. Skipped where it isn't installed. */
@Timeout(300)
public abstract class PagesBrowserContract extends HostFixture {
  private static final String LOGIN = "/pages/login";
  private static final String NOTES = "/pages/notes";

  private Chromium chromium;
  private String user;
  private Tab tab;

  @BeforeAll
  void startBrowser(@TempDir Path folder) throws Exception {
    Secrets.remember(PASSWORD);
    chromium = Chromium.start(folder);
  }

  @AfterAll
  void stopBrowser() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void newcomer() throws Exception {
    user = newUser();
    tab = chromium.newTab();
  }

  @AfterEach
  void leave() throws Exception {
    open(tab, NOTES);
    if (tab.evaluate("document.title").textValue().equals("Notes")) {
      logOut(tab);
    }
  }

  private void open(Tab where, String path) throws Exception {
    where.open(ownOrigin() + path);
  }

  private void logIn(Tab where, String password) throws Exception {
    where.fill("username", user);
    where.fill("password", password);
    where.press("Log in");
  }

  private void untilIn(Tab where) throws Exception {
    where.untilShown("Notes", "Logged in as " + user + ".");
  }

  private static void untilOut(Tab where) throws Exception {
    where.untilShown("Log in", "Stay logged in");
  }

  private static void addNote(Tab where, String text) throws Exception {
    where.fill("text", text);
    where.press("Add");
  }

  private static void logOut(Tab where) throws Exception {
    where.press("Log out");
    untilOut(where);
  }

  @Test
  @DisplayName("SE-1, SE-7 in a browser: a wrong password, the right one, a note, logout")
  void logsInAndOut() throws Exception {
    open(tab, NOTES);
    tab.untilShown("Log in", "Log in first.");
    logIn(tab, "wrong-password");
    tab.untilShown("Log in", "The name or the password is wrong.");
    logIn(tab, PASSWORD);
    untilIn(tab);
    assertThat(tab.evaluate("document.cookie").textValue()).isEmpty();
    addNote(tab, "buy \u5341 <b>eggs</b>");
    tab.until("document.querySelector('li').textContent.trim() === 'buy \u5341 <b>eggs</b>'");
    tab.reload();
    untilIn(tab);
    assertThat(tab.evaluate("document.querySelectorAll('li').length").intValue()).isEqualTo(1);
    open(tab, "/pages/admin");
    tab.untilShown("Administration", "This page is for administrators.");
    open(tab, NOTES);
    logOut(tab);
    open(tab, NOTES);
    tab.untilShown("Log in", "Log in first.");
  }

  @Test
  @DisplayName("SE-7 in two tabs: who logs in in one is in in both, and so with logging out")
  void twoTabs() throws Exception {
    Tab other = chromium.newTab();
    open(other, NOTES);
    other.untilShown("Log in", "Log in first.");
    open(tab, LOGIN);
    logIn(tab, PASSWORD);
    untilIn(tab);
    other.reload();
    untilIn(other);
    addNote(other, "from the other tab");
    other.untilShown("Notes", "from the other tab");

    logOut(tab);
    other.forgetAnswers();
    addNote(other, "too late");
    other.untilAnswered("401 " + ownOrigin() + NOTES);
    other.untilShown("Log in", "Log in first.");
    logIn(other, PASSWORD);
    untilIn(other);
    assertThat(other.evaluate("document.body.innerText").textValue())
        .contains("from the other tab")
        .doesNotContain("too late");
  }

  @Test
  @DisplayName("SE-5 in two tabs: the page of a session that another login replaced still works")
  void replacedSession() throws Exception {
    Tab other = chromium.newTab();
    for (Tab each : new Tab[] {other, tab}) {
      open(each, LOGIN);
      logIn(each, PASSWORD);
      untilIn(each);
    }
    addNote(other, "with the old token");
    other.untilShown("Notes", "with the old token");
  }

  @Test
  @DisplayName("SE-1, SE-5, HT-2 in a browser: the form of another origin or site is refused")
  void otherOrigin() throws Exception {
    open(tab, LOGIN);
    logIn(tab, PASSWORD);
    untilIn(tab);
    String token = tab.evaluate("document.querySelector('[name=csrf_token]').value").textValue();
    Secrets.remember(token);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer foreign = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    byte[] page = "<!doctype html><title>Another site</title>".getBytes(StandardCharsets.UTF_8);
    foreign.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    foreign.start();
    try {
      String port = ":" + foreign.getAddress().getPort() + "/";
      for (String path : new String[] {NOTES, "/pages/logout", LOGIN}) {
        postFrom("http://127.0.0.1" + port, path, token, 403);
      }
      // The cookie stays at home, so that it is nobody who posts.
      postFrom("http://localhost" + port, NOTES, token, 401);
      postFrom("http://localhost" + port, LOGIN, token, 403);
    } finally {
      foreign.stop(0);
    }
    open(tab, NOTES);
    untilIn(tab);
    assertThat(tab.evaluate("document.querySelectorAll('li').length").intValue()).isZero();
  }

  private void postFrom(String site, String path, String token, int status) throws Exception {
    tab.open(site);
    tab.forgetAnswers();
    tab.evaluate(
        """
        const form = document.createElement('form');
        form.method = 'post';
        form.action = '%s';
        const fields = {username: '%s', password: '%s', text: 'x', csrf_token: '%s'};
        for (const [name, value] of Object.entries(fields)) {
          const field = document.createElement('input');
          field.name = name;
          field.value = value;
          form.append(field);
        }
        document.body.append(form);
        form.submit();
        """
            .formatted(ownOrigin() + path, user, PASSWORD, token));
    tab.untilAnswered(status + " " + ownOrigin() + path);
  }
}
