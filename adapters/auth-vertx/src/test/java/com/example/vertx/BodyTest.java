package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.vertx.Connection.Answer;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.Secrets;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies behind the guard, before it, and those that nobody reads. */
@Timeout(60)
class BodyTest {
  private static final String JSON = "{\"x\":\"" + "y".repeat(100_000) + "\"}";
  private static final String FORM = "application/x-www-form-urlencoded";

  private Site site;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    site = new Site(Site.Options.standard(), BodyTest::routes);
    connection = site.connect();
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    site.close();
  }

  private static void routes(Site site, Router router) {
    router
        .post("/stream")
        .handler(site.auth)
        .handler(
            ctx -> {
              int[] seen = {0};
              ctx.request().handler(chunk -> seen[0] += chunk.length());
              ctx.request().endHandler(end -> ctx.response().end(seen[0] + " bytes"));
            });
    router
        .post("/by-form")
        .handler(
            site.auth.needing(
                access ->
                    access.request().formValues("a").contains("b")
                        ? Permission.anyone().check(access)
                        : Permission.authenticated().check(access)))
        .handler(ctx -> ctx.response().end("by form"));
    router
        .post()
        .handler(site.auth)
        .handler(BodyHandler.create(false))
        .handler(
            ctx -> {
              String body = ctx.body().asString();
              String field = ctx.request().getFormAttribute("a");
              ctx.response().end((body == null ? 0 : body.length()) + " bytes, a=" + field);
            });
    router.get().handler(site.auth).handler(ctx -> ctx.response().end("hello"));
  }

  private static String post(String target, long length, String... lines) {
    String[] all = new String[lines.length + 2];
    System.arraycopy(lines, 0, all, 0, lines.length);
    all[lines.length] = "Content-Length: " + length;
    all[lines.length + 1] = "Content-Type: application/json";
    return Connection.head("POST", target, all);
  }

  @Test
  @DisplayName(
      "AD-2 100 KB of JSON behind the guard are whole, whoever sends them, at once or late")
  void whole() throws Exception {
    String whole = JSON.length() + " bytes, a=null";
    String browser = "Sec-Fetch-Site: same-origin";
    for (String line : new String[] {Site.alice(), site.session(), site.token(), site.jwt()}) {
      assertThat(connection.post("/", "application/json", JSON, line, browser).body())
          .isEqualTo(whole);
      assertThat(connection.post("/stream", "application/json", JSON, line, browser).body())
          .isEqualTo(JSON.length() + " bytes");
    }
    site.hasher.hold();
    connection.send(post("/", JSON.length(), Site.basic("admin", Site.PASSWORD)));
    connection.send(JSON.substring(0, 50_000));
    site.hasher.awaitBegun(1);
    connection.send(JSON.substring(50_000));
    site.hasher.release();
    assertThat(connection.answer().body()).as("half of it after the hash").isEqualTo(whole);
  }

  @Test
  @DisplayName("AD-2 an anonymous request is 401 while nothing of its body has been sent")
  void anonymous() throws Exception {
    for (String line : new String[] {"X-Nobody: 1", "Authorization: Bearer unknown"}) {
      connection.send(post("/", JSON.length(), line));
      assertThat(connection.answer().status()).isEqualTo(401);
      connection.send(JSON);
      assertThat(connection.ask("GET", "/", site.token()).status())
          .as("the next request on the connection")
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("AD-2 one that holds its body back is not asked for it, and the connection ends")
  void heldBack() throws Exception {
    for (String target : new String[] {"/", "/auth/nothing"}) {
      try (Connection other = site.connect()) {
        Answer answer = other.send(post(target, JSON.length(), "Expect: 100-continue")).answer();
        assertThat(answer.status()).isIn(401, 404);
        assertThat(answer.values("Connection")).containsExactly("close");
        assertThat(other.hasEnded()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("AD-6 over 16 MiB are not discarded: the connection ends behind the answer")
  void endless() throws Exception {
    connection.send(post("/", Long.MAX_VALUE));
    assertThat(connection.answer().status()).isEqualTo(401);
    String piece = "x".repeat(1024 * 1024);
    int sent = 0;
    try {
      while (sent < 100) {
        connection.send(piece);
        sent++;
      }
    } catch (IOException e) {
      assertThat(sent).as("MiB before the connection ended").isGreaterThanOrEqualTo(16);
    }
    assertThat(sent).as("MiB").isLessThan(100);
  }

  @Test
  @DisplayName("HT where no endpoint is, 404 and 405 need no body")
  void noEndpoint() throws Exception {
    connection.send(post("/auth/nothing", 5));
    assertThat(connection.answer().status()).isEqualTo(404);
    connection.send("hello" + post("/auth/me", 5));
    assertThat(connection.answer().status()).isEqualTo(405);
    connection.send("hello");
    assertThat(connection.ask("GET", "/auth/me", Site.alice()).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-5, AD-2 csrf_token in a form proves a request to an endpoint as well")
  void logoutByForm() throws Exception {
    String session = site.session();
    String token = connection.ask("GET", "/auth/me", session).field("csrf_token");
    Secrets.remember(token);
    String form = "csrf_token=" + token;
    assertThat(connection.post("/auth/logout", FORM, "csrf_token=x", session).status())
        .isEqualTo(403);
    assertThat(connection.post("/auth/logout", "text/plain", form, session).status())
        .isEqualTo(403);
    assertThat(connection.post("/auth/logout", FORM, form, session).status()).isEqualTo(204);
    assertThat(connection.ask("GET", "/auth/me", session).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("AD-2, SE-5 a form that the guard has looked into is the handler's as well")
  void form() throws Exception {
    String session = site.session();
    String token = connection.ask("GET", "/auth/me", session).field("csrf_token");
    Secrets.remember(token);
    String form = "a=b&csrf_token=" + token;
    assertThat(connection.post("/", FORM, form, session).body())
        .isEqualTo(form.length() + " bytes, a=b");
    assertThat(connection.post("/stream", FORM, form, session).body())
        .isEqualTo(form.length() + " bytes");
    assertThat(connection.post("/", FORM, "a=b", session).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("AD-2 a permission can ask for a form as well, of an anonymous request too")
  void permissionByForm() throws Exception {
    assertThat(connection.post("/by-form", FORM, "a=b").body()).isEqualTo("by form");
    assertThat(connection.post("/by-form", FORM, "a=c").status()).isEqualTo(401);
    assertThat(connection.post("/by-form", FORM, "a=c", Site.alice()).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("AD-9 bodies that never end hold no thread: others are answered")
  void slowBodies() throws Exception {
    String session = site.session();
    List<Connection> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String lines = i % 2 == 0 ? "/auth/login" : "/";
      slow.add(
          site.connect()
              .send(
                  Connection.head(
                          "POST", lines, session, "Content-Type: " + FORM, "Content-Length: 100")
                      + "csrf_tok"));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(connection.ask("GET", "/", session).status()).isEqualTo(200);
    }
    site.awaitLanes("Lanes[store=0/");
    for (Connection one : slow) {
      assertThat(one.isSilent()).isTrue();
      one.close();
    }
  }
}
