package com.example.host;

import static com.example.host.SiteClient.LOGIN_CHALLENGES;
import static com.example.host.SiteClient.assertProblem;
import static com.example.host.SiteClient.cookie;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host with pages in HTML must answer, asked by a client that is no browser. */
public abstract class PagesContract extends HostFixture {
  private static final String LOGIN = "/pages/login";
  private static final String LOGOUT = "/pages/logout";
  private static final String NOTES = "/pages/notes";
  private static final String ADMIN = "/pages/admin";
  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"csrf_token\" value=\"([A-Za-z0-9_-]{43})\">");
  private static final Pattern NOTE_ITEM = Pattern.compile("<li>([^<]*)");

  private static void assertPage(HttpResponse<String> response, int status, String title) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .startsWith("<!doctype html>")
        .contains("<h1>" + title + "</h1>")
        .doesNotContain("<script");
    assertThat(response.headers().allValues("Content-Type"))
        .singleElement(as(STRING))
        .isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  /** The form instead of a page, which no browser covers with a dialogue of its own. */
  private static void assertForm(HttpResponse<String> response, int status, String message) {
    assertPage(response, status, "Log in");
    assertThat(response.body())
        .contains("<form method=\"post\" action=\"/pages/login\">")
        .contains(message);
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    if (status == 401) {
      assertThat(response.headers().allValues("WWW-Authenticate"))
          .containsExactlyElementsOf(LOGIN_CHALLENGES);
    }
  }

  private static void assertNotes(HttpResponse<String> page, String... escaped) {
    assertPage(page, 200, "Notes");
    assertThat(NOTE_ITEM.matcher(page.body()).results().map(item -> item.group(1).strip()))
        .containsExactly(escaped);
  }

  private static void assertSeeOther(HttpResponse<String> response, String path) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).contains(path);
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  private HttpResponse<String> logIn(String user, String password, String... headers)
      throws Exception {
    Secrets.remember(password);
    return host.form(LOGIN, Map.of("username", user, "password", password), headers);
  }

  private String loggedIn(String user) throws Exception {
    HttpResponse<String> login = logIn(user, PASSWORD);
    assertSeeOther(login, NOTES);
    return cookie(login);
  }

  private String token(String cookie) throws Exception {
    Matcher field = TOKEN.matcher(host.get(NOTES, "Cookie", cookie).body());
    assertThat(field.find()).isTrue();
    Secrets.remember(field.group(1));
    return field.group(1);
  }

  @Test
  @DisplayName("SE-1 a login by form begins a session, and every page says who it is")
  void login() throws Exception {
    assertPage(host.get(LOGIN), 200, "Log in");
    assertThat(host.send("HEAD", LOGIN, new byte[0]).statusCode()).isEqualTo(200);
    assertProblem(host.send("PUT", LOGIN, new byte[0]), 405, "method_not_allowed");
    HttpResponse<String> login = logIn("alice", PASSWORD);
    assertSeeOther(login, NOTES);
    assertThat(login.headers().allValues("Set-Cookie").get(0))
        .matches("dev-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    HttpResponse<String> notes = host.get(NOTES, "Cookie", cookie(login));
    assertPage(notes, 200, "Notes");
    assertThat(notes.body()).contains("Logged in as <strong>alice</strong>.");
  }

  @Test
  @DisplayName("SE-3 only who asks for it stays logged in when the browser is closed")
  void remembered() throws Exception {
    Map<String, String> fields =
        Map.of("username", "alice", "password", PASSWORD, "remember", "on");
    assertThat(host.form(LOGIN, fields).headers().allValues("Set-Cookie").get(0))
        .contains("; Max-Age=");
  }

  @Test
  @DisplayName("SE-9, BA-5 nobody sees the form instead, and a browser opens no dialogue")
  void nobody() throws Exception {
    for (String path : new String[] {NOTES, ADMIN}) {
      assertForm(host.get(path), 401, "Log in first.");
      assertForm(host.get(path, "Sec-Fetch-Mode", "navigate"), 401, "Log in first.");
      assertForm(host.get(path, "Cookie", "dev-session=" + "x".repeat(43)), 401, "Log in first.");
    }
    assertForm(host.form(NOTES, Map.of("text", "x")), 401, "Log in first.");
  }

  @Test
  @DisplayName("GU-3, HT-3 a wrong password and an unknown user see the same form again")
  void wrongPassword() throws Exception {
    HttpResponse<String> wrong = logIn(newUser(), "wrong-password");
    assertForm(wrong, 401, "The name or the password is wrong.");
    assertThat(logIn("nobody-of-that-name", PASSWORD).body()).isEqualTo(wrong.body());
    assertThat(host.form(LOGIN, Map.of()).body()).isEqualTo(wrong.body());
  }

  @Test
  @DisplayName("TH-1, TH-6 after five wrong passwords the form says how long to wait")
  void throttled() throws Exception {
    String user = newUser();
    for (int i = 0; i < 5; i++) {
      assertForm(logIn(user, "wrong-password"), 401, "wrong.");
    }
    HttpResponse<String> waits = logIn(user, "wrong-password");
    // On a machine that stood still, a wait is over; each failure doubles the next.
    for (int i = 0; i < 5 && waits.statusCode() == 401; i++) {
      waits = logIn(user, "wrong-password");
    }
    assertForm(waits, 429, "Too many failed attempts. Try again in ");
    String seconds = waits.headers().firstValue("Retry-After").orElse("");
    assertThat(waits.body()).contains("Try again in " + seconds + " s.");
  }

  @Test
  @DisplayName("HT-2, GU-5 no login for another site's page, over plain HTTP, or in the query")
  void refusedLogin() throws Exception {
    String message = "Logging in works only over HTTPS, and with the form of this site.";
    assertForm(logIn("alice", PASSWORD, "Origin", "https://evil.example"), 403, message);
    assertForm(logIn("alice", PASSWORD, "Sec-Fetch-Site", "cross-site"), 403, message);
    assertForm(logIn("alice", PASSWORD, "X-Forwarded-For", "192.0.2.1"), 403, message);
    assertSeeOther(logIn("alice", PASSWORD, "Origin", ownOrigin()), NOTES);
    String query = "?username=alice&password=" + PASSWORD;
    assertForm(host.form(LOGIN + query, Map.of()), 401, "wrong.");
    assertForm(host.get(LOGIN + query), 200, "");
  }

  @Test
  @DisplayName("SE-2 a login makes a new id, and ends the session that the browser had")
  void newId() throws Exception {
    String before = loggedIn("alice");
    HttpResponse<String> login =
        logIn("alice", PASSWORD, "Cookie", before, "Sec-Fetch-Site", "same-origin");
    assertSeeOther(login, NOTES);
    assertThat(cookie(login)).isNotEqualTo(before);
    assertForm(host.get(NOTES, "Cookie", before), 401, "Log in first.");
  }

  @Test
  @DisplayName("SE-5 a form is taken with its token or from the own site, and else it is 403")
  void csrf() throws Exception {
    String cookie = loggedIn(newUser());
    String token = token(cookie);
    Map<String, String> bare = Map.of("text", "bare");
    Map<String, String> signed = Map.of("text", "signed", "csrf_token", token);
    Map<String, String> forged = Map.of("text", "forged", "csrf_token", "x".repeat(43));
    String evil = "https://evil.example";
    assertProblem(host.form(NOTES, bare, "Cookie", cookie), 403, "csrf");
    assertProblem(host.form(NOTES, forged, "Cookie", cookie), 403, "csrf");
    String query = NOTES + "?csrf_token=" + token;
    assertProblem(host.form(query, bare, "Cookie", cookie), 403, "csrf");
    assertProblem(host.form(NOTES, signed, "Cookie", cookie, "Origin", evil), 403, "csrf");
    assertNotes(host.get(NOTES, "Cookie", cookie));

    assertSeeOther(host.form(NOTES, signed, "Cookie", cookie), NOTES);
    assertSeeOther(
        host.form(NOTES, bare, "Cookie", cookie, "Sec-Fetch-Site", "same-origin"), NOTES);
    assertNotes(host.get(NOTES, "Cookie", cookie), "signed", "bare");
    assertNotes(host.get(NOTES, "Cookie", loggedIn(newUser())));
  }

  @Test
  @DisplayName("SE-5 a note in any language is text, not markup, and has 1 to 200 characters")
  void hostileNotes() throws Exception {
    String cookie = loggedIn(newUser());
    String token = token(cookie);
    String text = "</li><script>alert('x')</script>&\"メモ\ud83e\udd8a";
    String longest = "\u00e4".repeat(200);
    for (String note : new String[] {text, longest}) {
      assertSeeOther(
          host.form(NOTES, Map.of("text", note, "csrf_token", token), "Cookie", cookie), NOTES);
    }
    for (String note : new String[] {" ", longest + "x"}) {
      assertPage(
          host.form(NOTES, Map.of("text", note, "csrf_token", token), "Cookie", cookie),
          400,
          "Not noted");
    }
    assertNotes(
        host.get(NOTES, "Cookie", cookie),
        "&lt;/li&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;メモ\ud83e\udd8a",
        longest);
  }

  @Test
  @DisplayName("SE-5 a form that can't be read is the sender's fault, and is not quoted")
  void unreadableForms() throws Exception {
    String cookie = loggedIn(newUser());
    String[] headers = {
      "Content-Type",
      "application/x-www-form-urlencoded",
      "Cookie",
      cookie,
      "Sec-Fetch-Site",
      "same-origin"
    };
    for (String path : new String[] {NOTES, LOGIN}) {
      for (String form :
          new String[] {
            "text=%zz&username=%zz", "text=%ff&username=%ff", "=&&=", "x".repeat(300)
          }) {
        HttpResponse<String> answer = host.send("POST", path, form.getBytes(UTF_8), headers);
        assertThat(answer.statusCode()).as(form + answer.body()).isIn(303, 400, 401);
        assertThat(answer.body()).doesNotContain("zz").doesNotContain("Exception");
      }
      byte[] large = ("text=" + "x".repeat(3_000_000)).getBytes(UTF_8);
      HttpResponse<String> answer = host.send("POST", path, large, headers);
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 413);
    }
  }

  @Test
  @DisplayName("AC-3 a user whose name is markup is shown by it")
  void hostileName() throws Exception {
    String name = "<b title='\"'>&amp;</b>";
    assertThat(host.register(name, PASSWORD).statusCode()).isEqualTo(201);
    assertThat(host.get(NOTES, "Cookie", loggedIn(name)).body())
        .contains("as <strong>&lt;b title=&#39;&quot;&#39;&gt;&amp;amp;&lt;/b&gt;</strong>.");
  }

  @Test
  @DisplayName("SE-7 a logout ends the session, for every page that is still open")
  void logout() throws Exception {
    String cookie = loggedIn(newUser());
    String token = token(cookie);
    assertProblem(host.form(LOGOUT, Map.of(), "Cookie", cookie), 403, "csrf");
    HttpResponse<String> get = host.get(LOGOUT, "Cookie", cookie);
    assertProblem(get, 405, "method_not_allowed");
    assertThat(get.headers().allValues("Allow")).containsExactly("POST");
    assertPage(host.get(NOTES, "Cookie", cookie), 200, "Notes");

    Map<String, String> signed = Map.of("text", "x", "csrf_token", token);
    HttpResponse<String> logout = host.form(LOGOUT, signed, "Cookie", cookie);
    assertSeeOther(logout, LOGIN);
    assertThat(logout.headers().allValues("Set-Cookie"))
        .containsExactly("dev-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    assertForm(host.get(NOTES, "Cookie", cookie), 401, "Log in first.");
    assertForm(host.form(NOTES, signed, "Cookie", cookie), 401, "Log in first.");
    assertSeeOther(host.form(LOGOUT, signed, "Cookie", cookie), LOGIN);
  }

  @Test
  @DisplayName("GU-1, AD-5 the page of administrators is for their role alone")
  void admin() throws Exception {
    HttpResponse<String> refused = host.get(ADMIN, "Cookie", loggedIn("alice"));
    assertPage(refused, 403, "Administration");
    assertThat(refused.body()).doesNotContain("Welcome");
    String admin = cookie(logIn("admin", RunningHost.ADMIN_PASSWORD));
    HttpResponse<String> page = host.get(ADMIN, "Cookie", admin);
    assertPage(page, 200, "Administration");
    assertThat(page.body()).contains("Welcome, admin.");
  }

  @Test
  @DisplayName("BA-7 who comes with Basic needs no session, and has no token")
  void basic() throws Exception {
    HttpResponse<String> page = host.get(NOTES, alice());
    assertPage(page, 200, "Notes");
    assertThat(page.body()).doesNotContain("csrf_token");
    assertSeeOther(host.form(NOTES, Map.of("text", "x"), alice()), NOTES);
  }
}
