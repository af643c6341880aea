package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.Chromium;
import com.example.host.Tab;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.testkit.Secrets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The small application in a real browser, which sends what browsers send. */
@Timeout(300)
class BrowserTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String NEXT = "looking-glass-1871";

  @TempDir private static Path folder;
  private static RunningDemo demo;
  private static Chromium chromium;
  private static Tab tab;
  private static HttpServer foreign;

  private String user;
  private static int users;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(folder);
    tab = chromium.newTab();
    Secrets.remember(PASSWORD);
    Secrets.remember(NEXT);
    demo = RunningDemo.start();
    foreign = HttpServer.create(new InetSocketAddress(RunningDemo.loopback(1), 0), 0);
    foreign.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          byte[] page = "<!doctype html><title>Another site</title><p>Hello".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    foreign.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (foreign != null) {
      foreign.stop(0);
    }
    if (demo != null) {
      demo.close();
    }
  }

  private static String address() {
    return "http://127.0.0.1:" + demo.port() + "/";
  }

  private static String page() {
    return address() + "account";
  }

  /** Each test has a user of its own, who signs up on the page. */
  @BeforeEach
  void signUp() throws Exception {
    users++;
    user = "alice" + users;
    tab.open(page());
    untilOutside();
    fill("login", "username", user);
    fill("login", "password", PASSWORD);
    click("#login [value=register]");
    untilSaid("Logged in.");
    untilInside();
  }

  private void untilInside() throws Exception {
    tab.until("!byId('inside').hidden && byId('outside').hidden");
    tab.until("byId('name').textContent === '" + user + "'");
  }

  private static void untilOutside() throws Exception {
    tab.until("byId('inside').hidden && !byId('outside').hidden");
  }

  private static void untilSaid(String text) throws Exception {
    tab.until("byId('message').textContent === '" + text + "'");
  }

  private static void fill(String form, String field, String value) throws Exception {
    tab.evaluate("byId('" + form + "').elements." + field + ".value = '" + value + "'");
  }

  private static void click(String selector) throws Exception {
    tab.evaluate("byId('message').textContent = ''");
    tab.evaluate("document.querySelector('" + selector + "').click()");
  }

  private static void untilSessions(int count) throws Exception {
    tab.until("document.querySelectorAll('#sessions li').length === " + count);
  }

  private static int status(String method, String path) throws Exception {
    return tab.evaluate("fetch('" + path + "', {method: '" + method + "'}).then(a => a.status)")
        .intValue();
  }

  @Test
  @DisplayName("SE-1 SE-5 in a browser: calls the API, posts a note, and logs out")
  void callsAndLogsOut() throws Exception {
    assertThat(tab.evaluate("document.cookie").textValue()).isEmpty();
    click("#hello");
    untilSaid("The API says hello to " + user + ", known by session.");
    fill("note", "text", "buy \u5341 eggs");
    click("#note button");
    untilSaid("Noted: buy \u5341 eggs");
    assertThat(status("GET", "/api/hello")).isEqualTo(200);
    click("#logout");
    untilSaid("Logged out.");
    untilOutside();
    assertThat(status("GET", "/api/hello")).isEqualTo(401);
    tab.open(page());
    untilOutside();
    fill("login", "username", user);
    fill("login", "password", "wrong-password");
    click("#login [value=login]");
    untilSaid("401 invalid_credentials. The credentials are wrong.");
    fill("login", "password", PASSWORD);
    click("#login [value=login]");
    untilSaid("Logged in.");
    untilInside();
    click("#logout");
    untilOutside();
  }

  @Test
  @DisplayName("SE-7 AC-4 in a browser: ends a session elsewhere, and sets a new password")
  void managesTheAccount() throws Exception {
    untilSessions(1);
    String elsewhere = demo.loggedIn(user, PASSWORD, "User-Agent", "Another device");
    click("#hello");
    untilSessions(2);
    tab.until("byId('sessions').textContent.includes('Another device, since ')");
    tab.until("byId('sessions').textContent.includes('(this one)')");
    click("#sessions li button");
    untilSaid("Done.");
    untilSessions(1);
    assertThat(demo.get("/api/hello", "Cookie", elsewhere).statusCode()).isEqualTo(401);

    elsewhere = demo.loggedIn(user, PASSWORD);
    fill("password", "current_password", PASSWORD);
    fill("password", "new_password", NEXT);
    click("#password button");
    untilSaid("Done.");
    untilInside();
    untilSessions(1);
    assertThat(demo.get("/api/hello", "Cookie", elsewhere).statusCode()).isEqualTo(401);
    assertThat(demo.login(user, PASSWORD).statusCode()).isEqualTo(401);

    elsewhere = demo.loggedIn(user, NEXT);
    click("#logout-all");
    untilSaid("Done.");
    untilInside();
    assertThat(demo.get("/api/hello", "Cookie", elsewhere).statusCode()).isEqualTo(401);
    click("#logout");
    untilOutside();
  }

  @Test
  @DisplayName("AC-5 in a browser: sets a forgotten password by the code on the console")
  void forgotten() throws Exception {
    click("#logout");
    untilOutside();
    click("summary");
    fill("ask", "username", user);
    click("#ask button");
    untilSaid("If there is such a user, a code is on the console.");
    fill("redeem", "code", PasswordResetTest.codes(demo).get(0));
    fill("redeem", "new_password", NEXT);
    click("#redeem button");
    untilSaid("Done.");
    fill("login", "username", user);
    fill("login", "password", NEXT);
    click("#login [value=login]");
    untilSaid("Logged in.");
    untilInside();
    click("#logout");
    untilOutside();
  }

  private static String attacker(String host) {
    return "http://" + host + ":" + foreign.getAddress().getPort() + "/";
  }

  /** What another site's page can send without being asked first whether it may. */
  private static void postByFetch(String target) throws Exception {
    String how =
        "{method: 'POST', mode: 'no-cors', credentials: 'include', body: '{\"text\":\"x\"}'}";
    String script = "fetch('" + address() + target + "', " + how + ").then(answer => answer.type)";
    assertThat(tab.evaluate(script).textValue()).isEqualTo("opaque");
  }

  private static void postByForm(String target) throws Exception {
    tab.evaluate(
        """
        const form = document.createElement('form');
        form.method = 'post';
        form.action = '%s';
        form.enctype = 'text/plain';
        document.body.append(form);
        form.submit();
        """
            .formatted(address() + target));
  }

  private static void untilAnswered(int status, String target) throws Exception {
    String answer = status + " " + address() + target;
    tab.untilAnswered(answer);
  }

  private void assertStillLoggedIn() throws Exception {
    tab.open(page());
    untilInside();
    assertThat(status("GET", "/api/hello")).isEqualTo(200);
    click("#logout");
    untilSaid("Logged out.");
    untilOutside();
  }

  @Test
  @DisplayName(
      "SE-5 in a browser: a page of another origin is refused, and the user stays logged in")
  void otherOrigin() throws Exception {
    for (String target :
        new String[] {"auth/logout", "auth/logout-all", "auth/password", "api/notes"}) {
      tab.open(attacker("127.0.0.1"));
      tab.forgetAnswers();
      postByFetch(target);
      untilAnswered(403, target);
      tab.forgetAnswers();
      postByForm(target);
      untilAnswered(403, target);
      tab.until("document.body.innerText.includes('\"code\":\"csrf\"')");
    }
    tab.open(attacker("127.0.0.1"));
    String read = "api/hello', {credentials: 'include'}).then(a => 'yes', e => 'no')";
    assertThat(tab.evaluate("fetch('" + address() + read).textValue()).isEqualTo("no");
    assertStillLoggedIn();
  }

  @Test
  @DisplayName(
      "SE-1 in a browser: a page of another site comes without the cookie, and ends nothing")
  void otherSite() throws Exception {
    tab.open(attacker("localhost"));
    for (String target : new String[] {"auth/logout-all", "auth/password", "api/notes"}) {
      tab.forgetAnswers();
      postByFetch(target);
      untilAnswered(401, target);
    }
    tab.forgetAnswers();
    postByFetch("auth/logout");
    untilAnswered(204, "auth/logout");
    tab.forgetAnswers();
    postByForm("auth/logout");
    untilAnswered(204, "auth/logout");
    assertStillLoggedIn();
  }
}
