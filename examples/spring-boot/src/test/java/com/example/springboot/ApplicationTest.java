package com.example.springboot;

import static com.example.host.SiteClient.assertProblem;
import static com.example.host.SiteClient.cookie;
import static com.example.host.SiteClient.field;
import static com.example.host.SiteClient.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.Chromium;
import com.example.host.Tab;
import dev.sallyport.testkit.Secrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What this host has beyond the others, over PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ApplicationTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String NOTES = "/pages/notes";
  private static final String END = "/pages/admin/end";
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");

  private EmbeddedPostgres server;
  private RunningApplication app;
  private Path folder;
  private int users;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    server = EmbeddedPostgres.start();
    app = new RunningApplication(url(), folder);
  }

  private String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  void stop() throws Exception {
    if (app != null) {
      app.close();
    }
    server.close();
  }

  private String newUser() throws Exception {
    users++;
    String name = "user" + users;
    assertThat(app.register(name, PASSWORD).statusCode()).isEqualTo(201);
    return name;
  }

  private String token(String path, String cookie) throws Exception {
    Matcher field = TOKEN.matcher(app.get(path, "Cookie", cookie).body());
    assertThat(field.find()).as(path).isTrue();
    Secrets.remember(field.group(1));
    return field.group(1);
  }

  private String onlyLogin(String cookie) throws Exception {
    return field(app.get("/auth/sessions", "Cookie", cookie).body(), "id");
  }

  @Test
  @DisplayName("SE-7 in a browser: an administrator ends a user's session, and that one alone")
  void endsSession(@TempDir Path profile) throws Exception {
    String user = newUser();
    String phone = app.loggedIn(user, PASSWORD, "User-Agent", "A phone");
    String laptop = app.loggedIn(user, PASSWORD, "User-Agent", "A laptop");
    Chromium chromium = Chromium.start(profile);
    try {
      Tab tab = chromium.newTab();
      tab.open(app.origin() + "/pages/admin");
      tab.untilShown("Log in", "Log in first.");
      tab.fill("username", "admin");
      tab.fill("password", RunningApplication.ADMIN_PASSWORD);
      tab.press("Log in");
      tab.untilShown("Notes", "Logged in as admin.");
      tab.open(app.origin() + "/pages/admin");
      tab.fill("user", user);
      tab.press("Show logins");
      tab.untilShown("Administration", "A laptop");
      tab.press("End"); // the oldest comes first
      tab.until("!document.body.innerText.includes('A phone')");
      tab.untilShown("Administration", "A laptop");
    } finally {
      chromium.close();
    }
    assertThat(app.hello("Cookie", phone)).isEqualTo(401);
    assertThat(app.hello("Cookie", laptop)).isEqualTo(200);
  }

  @Test
  @DisplayName("GU-1, SE-5 nobody ends a session but an administrator with the form's token")
  void onlyAdministratorsEnd() throws Exception {
    String user = newUser();
    String cookie = app.loggedIn(user, PASSWORD);
    Map<String, String> form = Map.of("user", user, "id", onlyLogin(cookie));
    assertProblem(app.form(END, form), 401, "authentication_required");
    String other = app.loggedIn(newUser(), PASSWORD);
    assertProblem(
        app.form(END, form, "Cookie", other, "Sec-Fetch-Site", "same-origin"), 403, "forbidden");
    assertThat(app.get("/pages/admin?user=" + user, "Cookie", other).body())
        .contains("This page is for administrators.")
        .doesNotContain(form.get("id"));
    String admin = app.loggedIn("admin", RunningApplication.ADMIN_PASSWORD);
    assertProblem(app.form(END, form, "Cookie", admin), 403, "csrf");
    assertThat(app.hello("Cookie", cookie)).isEqualTo(200);

    Map<String, String> signed =
        Map.of("user", user, "id", form.get("id"), "csrf_token", token(NOTES, admin));
    HttpResponse<String> ended = app.form(END, signed, "Cookie", admin);
    assertThat(ended.statusCode()).isEqualTo(303);
    assertThat(ended.headers().firstValue("Location")).contains("/pages/admin?user=" + user);
    assertThat(app.hello("Cookie", cookie)).isEqualTo(401);
    assertThat(app.form(END, signed, "Cookie", admin).statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName("GU-3 users that there are not look like users without a login")
  void hostileName() throws Exception {
    String admin = app.loggedIn("admin", RunningApplication.ADMIN_PASSWORD);
    String name = "%3C/input%3E%22%0D%0ASet-Cookie:x=y%7Bname%7D";
    HttpResponse<String> page = app.get("/pages/admin?user=" + name, "Cookie", admin);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("value=\"&lt;/input&gt;&quot;").doesNotContain(">End<");
    HttpResponse<String> ended =
        app.form(
            END,
            Map.of("user", "</input>\"\r\nSet-Cookie:x=y{name}", "id", "x"),
            "Cookie",
            admin,
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(ended.statusCode()).isEqualTo(303);
    assertThat(ended.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(ended.headers().firstValue("Location").orElse(""))
        .startsWith("/pages/admin?user=%3C%2Finput%3E%22%0D%0A")
        .endsWith("%7Bname%7D");
  }

  @Test
  @DisplayName("SE-2, SE-5 the login form in a session has its token, for browsers without headers")
  void logsInAgain() throws Exception {
    String user = newUser();
    String before = app.loggedIn(user, PASSWORD);
    Map<String, String> bare = Map.of("username", user, "password", PASSWORD);
    assertProblem(app.form("/pages/login", bare, "Cookie", before), 403, "csrf");
    String token = token("/pages/login", before);
    Map<String, String> signed =
        Map.of("username", user, "password", PASSWORD, "csrf_token", token);
    HttpResponse<String> login = app.form("/pages/login", signed, "Cookie", before);
    assertThat(login.statusCode()).isEqualTo(303);
    assertThat(app.hello("Cookie", cookie(login))).isEqualTo(200);
    assertThat(app.hello("Cookie", before)).isEqualTo(401);
  }

  @Test
  @DisplayName("ST-3 notes of programs and pages are in one database, and outlive the host")
  void notesAreKept() throws Exception {
    String user = newUser();
    String[] own = {"Cookie", app.loggedIn(user, PASSWORD), "Sec-Fetch-Site", "same-origin"};
    String longest = "\u00e4".repeat(Notes.MAX_LENGTH);
    assertThat(app.json("/api/notes", note(longest), own).statusCode()).isEqualTo(201);
    for (String refused : new String[] {longest + "x", " "}) {
      HttpResponse<String> answer = app.json("/api/notes", note(refused), own);
      assertProblem(answer, 400, "invalid_request");
      assertThat(answer.body()).contains("\"field\":\"text\"").contains(Notes.LENGTH);
    }
    assertThat(app.form(NOTES, Map.of("text", "by form"), own).statusCode()).isEqualTo(303);
    try (RunningApplication next = new RunningApplication(url(), folder)) {
      assertThat(next.get(NOTES, own).body())
          .containsSubsequence("<li>" + longest + "</li>", "<li>by form</li>")
          .doesNotContain("x</li>");
    }
  }

  private static String note(String text) {
    return "{\"text\":" + quote(text) + "}";
  }

  @Test
  @DisplayName("CH-6 notes that can't be read are 503, for pages and programs")
  void outage() throws Exception {
    String[] own = {"Cookie", app.loggedIn(newUser(), PASSWORD), "Sec-Fetch-Site", "same-origin"};
    rename("note", "elsewhere");
    try {
      assertProblem(app.get(NOTES, own), 503, "temporarily_unavailable");
      assertProblem(app.json("/api/notes", note("x"), own), 503, "temporarily_unavailable");
    } finally {
      rename("elsewhere", "note");
    }
  }

  private void rename(String from, String to) throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
  }
}
