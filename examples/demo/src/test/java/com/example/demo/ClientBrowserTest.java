package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.Chromium;
import com.example.host.Tab;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.testkit.Secrets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript client in a real browser, in two tabs. */
@Timeout(300)
@DisplayName("The JavaScript client in a browser")
class ClientBrowserTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String HELLO = "auth.fetch('/api/hello').then(a => a.status)";
  private static final String REFRESH = "/auth/jwt/refresh";

  @TempDir private static Path folder;
  private static Chromium chromium;
  private static Tab tab;
  private static Tab other;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(folder);
    tab = chromium.newTab();
    other = chromium.newTab();
    Secrets.remember(PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static void open(Tab tab, String address, String scheme) throws Exception {
    tab.open(address);
    tab.evaluate(
        """
        import('/auth/sallyport.js').then(client => {
          window.AuthError = client.AuthError;
          window.auth = new client.AuthClient({scheme: '%s'});
          window.ends = [];
          auth.onLogout(end => ends.push(end));
          window.failure = promise => promise.then(
            () => 'none',
            e => [e instanceof AuthError, e.status, e.code, e.retryAfter, e.retryAt instanceof Date].join());
        })
        """
            .formatted(scheme));
  }

  /** Both tabs at a site, and alice logged in by the first. */
  private static void logIn(ClientSite site) throws Exception {
    open(tab, site.address(), "jwt");
    open(other, site.address(), "jwt");
    tab.evaluate("auth.register('alice', '" + PASSWORD + "')");
    tab.evaluate(login());
  }

  private static String login() {
    return "auth.login('alice', '" + PASSWORD + "')";
  }

  private static int hello(Tab tab) throws Exception {
    return tab.evaluate(HELLO).intValue();
  }

  @Test
  @DisplayName("SE-1 SE-5 a session on the demo: logs in, calls, changes the password, logs out")
  void session() throws Exception {
    try (RunningDemo demo = RunningDemo.start()) {
      String address = "http://127.0.0.1:" + demo.port() + "/";
      open(tab, address, "session");
      open(other, address, "session");
      assertThat(tab.evaluate("auth.me()").isNull()).isTrue();
      assertThat(
              tab.evaluate("auth.register('alice', '" + PASSWORD + "')").path("username").asText())
          .isEqualTo("alice");
      assertThat(tab.evaluate("failure(auth.login('alice', 'wrong-password'))").textValue())
          .isEqualTo("true,401,invalid_credentials,,false");
      tab.evaluate(login());
      assertThat(other.evaluate("auth.me()").path("username").textValue()).isEqualTo("alice");
      String note =
          "auth.fetch('/api/notes', {method: 'POST', body: '{\"text\":\"x\"}',"
              + " headers: {'Content-Type': 'application/json'}}).then(a => a.status)";
      assertThat(tab.evaluate(note).intValue()).isEqualTo(201);
      tab.evaluate("auth.changePassword('" + PASSWORD + "', '" + PASSWORD + "2')");
      assertThat(tab.evaluate(note).intValue()).isEqualTo(201);
      assertThat(other.evaluate(note).intValue()).isEqualTo(201);
      tab.evaluate("auth.logoutEverywhere({keepCurrent: true})");
      assertThat(hello(tab)).isEqualTo(200);
      tab.evaluate("auth.logout()");
      other.until("ends.join() === 'elsewhere'");
      assertThat(tab.evaluate("ends.join()").textValue()).isEqualTo("logout");
      assertThat(hello(other)).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("JW-7 two tabs refresh at once: one rotation, with no grace at all")
  void twoTabs() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 0)) {
      logIn(site);
      assertThat(hello(other)).isEqualTo(200);
      for (int round = 1; round <= 3; round++) {
        site.clock.advance(Duration.ofMinutes(6));
        CountDownLatch gate = site.hold(REFRESH);
        tab.evaluate("window.answer = " + HELLO + "; 0");
        site.until("arrived " + REFRESH, round);
        other.evaluate("window.answer = " + HELLO + "; 0");
        other.evaluate(
            """
            new Promise(done => {
              const look = () => navigator.locks.query().then(
                state => state.pending.length === 1 ? done(1) : setTimeout(look, 5));
              look();
            })
            """);
        gate.countDown();
        site.pass(REFRESH);
        assertThat(tab.evaluate("answer").intValue()).isEqualTo(200);
        assertThat(other.evaluate("answer").intValue()).isEqualTo(200);
        assertThat(site.answers("arrived " + REFRESH)).isEqualTo(round);
      }
      assertThat(tab.evaluate("navigator.locks.query().then(s => s.held.length)").intValue())
          .isZero();
    }
  }

  @Test
  @DisplayName("JW-8 two tabs without locks: the server's grace gives both the same successor")
  void withoutLocks() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 10)) {
      logIn(site);
      String noLocks = "Object.defineProperty(navigator, 'locks', {value: undefined}); 0";
      tab.evaluate(noLocks);
      other.evaluate(noLocks);
      site.clock.advance(Duration.ofMinutes(6));
      CountDownLatch gate = site.hold(REFRESH);
      tab.evaluate("window.answer = " + HELLO + "; 0");
      other.evaluate("window.answer = " + HELLO + "; 0");
      site.until("arrived " + REFRESH, 2);
      gate.countDown();
      site.pass(REFRESH);
      assertThat(tab.evaluate("answer").intValue()).isEqualTo(200);
      assertThat(other.evaluate("answer").intValue()).isEqualTo(200);
      site.clock.advance(Duration.ofMinutes(6));
      assertThat(hello(tab)).isEqualTo(200);
      assertThat(hello(other)).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("JW-8 a tab that hangs with the lock holds the others up for a while only")
  void hangingTab() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 0)) {
      logIn(site);
      other.evaluate(
          "navigator.locks.request('sallyport ' + location.origin + '/auth/',"
              + " () => new Promise(() => {})); 0");
      tab.evaluate(
          "{ const timeout = AbortSignal.timeout;"
              + " AbortSignal.timeout = ms => timeout.call(AbortSignal, ms / 20); } 0");
      site.clock.advance(Duration.ofMinutes(6));
      assertThat(hello(tab)).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("JW-7 requests of one tab refresh once: those that wait, and one that was under way")
  void inFlight() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 0)) {
      logIn(site);
      site.clock.advance(Duration.ofMinutes(6));
      CountDownLatch slow = site.hold("/api/hello");
      // a query of its own, since a browser waits before it asks the same twice
      tab.evaluate("window.slow = auth.fetch('/api/hello?slow').then(a => a.status); 0");
      site.until("arrived /api/hello", 1);
      site.pass("/api/hello");
      CountDownLatch gate = site.hold(REFRESH);
      tab.evaluate(
          "window.answers = Promise.all(['?1', '?2'].map("
              + "q => auth.fetch('/api/hello' + q).then(a => a.status))); 0");
      site.until("401 /api/hello", 2);
      gate.countDown();
      assertThat(tab.evaluate("answers.then(a => a.join())").textValue()).isEqualTo("200,200");
      slow.countDown();
      assertThat(tab.evaluate("slow").intValue()).isEqualTo(200);
      assertThat(site.answers("401 /api/hello")).isEqualTo(3);
      assertThat(site.answers("arrived " + REFRESH)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("JW-6 a family that has ended is a logout, and the server is asked no more")
  void expired() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 10)) {
      logIn(site);
      site.clock.advance(Duration.ofDays(31));
      assertThat(hello(tab)).isEqualTo(401);
      assertThat(hello(tab)).isEqualTo(401);
      assertThat(tab.evaluate("ends.join()").textValue()).isEqualTo("expired");
      assertThat(tab.evaluate("auth.me()").isNull()).isTrue();
      assertThat(site.answers("arrived " + REFRESH)).isEqualTo(1);
      tab.evaluate(login());
      site.clock.advance(Duration.ofMinutes(6));
      assertThat(hello(tab)).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("CH-6 TH-6 an outage and a wait are errors with a time, and no logout")
  void errors() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 10)) {
      logIn(site);
      site.clock.advance(Duration.ofMinutes(6));
      site.tokens.down("find+user");
      assertThat(tab.evaluate("failure(auth.fetch('/api/hello'))").textValue())
          .isEqualTo("true,503,temporarily_unavailable,5,true");
      site.tokens.up("find+user");
      assertThat(hello(tab)).isEqualTo(200);
      assertThat(tab.evaluate("ends.length").intValue()).isZero();
      String wrong = "failure(auth.login('mallory', 'wrong-password'))";
      for (int i = 0; i < 5; i++) {
        assertThat(tab.evaluate(wrong).textValue()).startsWith("true,401,invalid_credentials");
      }
      assertThat(tab.evaluate(wrong).textValue()).matches("true,429,throttled,[1-9]\\d*,true");
    }
  }

  @Test
  @DisplayName("JW-9 a logout in one tab ends the other's login as well, in cookies and in memory")
  void logout() throws Exception {
    for (String delivery : List.of("cookie", "header")) {
      try (ClientSite site = new ClientSite(delivery, 10)) {
        logIn(site);
        other.evaluate(login());
        assertThat(hello(other)).isEqualTo(200);
        tab.evaluate("auth.logout()");
        other.until("ends.join() === 'elsewhere'");
        if (delivery.equals("header")) {
          site.until("204 /auth/jwt/revoke", 1);
        }
        assertThat(tab.evaluate("ends.join()").textValue()).isEqualTo("logout");
        assertThat(hello(other)).isEqualTo(401);
        assertThat(hello(tab)).isEqualTo(401);
      }
    }
  }

  @Test
  @DisplayName("JW-9 a logout waits for a refresh that is under way, else its cookies came later")
  void logoutDuringRefresh() throws Exception {
    try (ClientSite site = new ClientSite("cookie", 10)) {
      logIn(site);
      site.clock.advance(Duration.ofMinutes(6));
      CountDownLatch gate = site.hold(REFRESH);
      tab.evaluate("window.answer = " + HELLO + "; 0");
      site.until("arrived " + REFRESH, 1);
      other.evaluate("window.out = auth.logout(); 0");
      other.evaluate(
          "new Promise(done => { const look = () => navigator.locks.query().then("
              + "s => s.pending.length ? done(1) : setTimeout(look, 5)); look(); })");
      assertThat(site.answers("arrived /auth/logout")).isZero();
      gate.countDown();
      other.evaluate("out");
      assertThat(hello(other)).isEqualTo(401);
      assertThat(hello(tab)).isEqualTo(401);
    }
  }

  @Test
  @DisplayName(
      "GU-5 another origin gets no credentials, not by a redirect either; nothing is stored")
  void otherOrigin() throws Exception {
    List<String> leaks = new CopyOnWriteArrayList<>();
    HttpServer foreign = HttpServer.create(new InetSocketAddress(RunningDemo.loopback(1), 0), 0);
    foreign.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> {
                    if (List.of("cookie", "authorization", "x-csrf-token")
                        .contains(name.toLowerCase(Locale.ROOT))) {
                      leaks.add(name);
                    }
                  });
          exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
          exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "*, authorization");
          ClientSite.page(exchange);
        });
    foreign.start();
    String address = "http://127.0.0.1:" + foreign.getAddress().getPort() + "/";
    try {
      for (String delivery : List.of("cookie", "header")) {
        try (ClientSite site = new ClientSite(delivery, 10)) {
          site.redirectTo(address);
          logIn(site);
          String foreignFetch = "auth.fetch('" + address + "').then(a => a.status)";
          assertThat(tab.evaluate(foreignFetch).intValue()).isEqualTo(200);
          assertThat(tab.evaluate("failure(auth.fetch('/away'))").textValue())
              .isEqualTo("true,0,network,,false");
          assertThat(tab.evaluate("localStorage.length + sessionStorage.length").intValue())
              .isZero();
          assertThat(tab.evaluate("JSON.stringify(auth)").textValue()).isEqualTo("{}");
          assertThat(hello(tab)).isEqualTo(200);
        }
      }
      assertThat(leaks).isEmpty();
    } finally {
      foreign.stop(0);
    }
  }
}
