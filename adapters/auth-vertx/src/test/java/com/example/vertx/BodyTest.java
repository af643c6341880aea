package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.BodyContract;
import com.example.eventloop.Connection;
import com.example.eventloop.SiteOptions;
import dev.sallyport.guard.Access;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies behind the guard, before it, and those that nobody reads. */
@Timeout(60)
class BodyTest implements BodyContract {
  @Override
  public Site start(SiteOptions options) throws Exception {
    return new Site(options, BodyTest::routes);
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
        .handler(site.auth.needing(BodyTest::byForm))
        .handler(ctx -> ctx.response().end("by form"));
    router
        .post("/behind")
        .handler(site.auth.needing(Permission.anyone()))
        .handler(site.auth.needing(BodyTest::byForm))
        .handler(BodyHandler.create(false))
        .handler(ctx -> ctx.response().end("by form " + count(ctx)));
    router
        .post("/raw")
        .handler(site.auth)
        .handler(
            ctx ->
                ctx.request()
                    .body()
                    .onSuccess(body -> ctx.response().end(body.length() + " bytes"))
                    .onFailure(ctx::fail));
    router
        .post("/unguarded")
        .handler(BodyHandler.create(false))
        .handler(ctx -> ctx.response().end("whole"));
    router
        .post("/attribute")
        .handler(site.auth)
        .handler(BodyHandler.create(false))
        .handler(ctx -> ctx.response().end(count(ctx) + ctx.request().getFormAttribute("a")));
    router
        .post()
        .handler(site.auth)
        .handler(BodyHandler.create(false))
        .handler(ctx -> ctx.response().end(count(ctx)));
    router.get().handler(site.auth).handler(ctx -> ctx.response().end("hello"));
  }

  private static Verdict byForm(Access access) {
    List<String> values = access.request().formValues("a");
    if (values.contains("defect")) {
      throw new IllegalStateException("a defect");
    }
    return values.contains("b")
        ? Permission.anyone().check(access)
        : Permission.authenticated().check(access);
  }

  private static String count(RoutingContext ctx) {
    String body = ctx.body().asString();
    return BodyContract.counted(body == null ? 0 : body.length());
  }

  @Test
  @DisplayName(
      "AD-2 100 KB of JSON that a handler reads as they come are whole, whoever sends them")
  void streamed() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      String browser = "Sec-Fetch-Site: same-origin";
      for (String line : new String[] {Site.alice(), site.session(), site.token(), site.jwt()}) {
        assertThat(connection.post("/stream", "application/json", JSON, line, browser).body())
            .isEqualTo(JSON.length() + " bytes");
      }
    }
  }

  @Test
  @DisplayName("AD-6 over 16 MiB are not discarded: the connection ends behind the answer")
  void endless() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      connection.send(Connection.begin("/", Long.MAX_VALUE));
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
  }

  @Test
  @DisplayName("HT where no endpoint is, 404 and 405 need no body")
  void noEndpoint() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      connection.send(Connection.begin("/auth/nothing", 5));
      assertThat(connection.answer().status()).isEqualTo(404);
      connection.send("hello" + Connection.begin("/auth/me", 5));
      assertThat(connection.answer().status()).isEqualTo(405);
      connection.send("hello");
      assertThat(connection.ask("GET", "/auth/me", Site.alice()).status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("AD-2, SE-5 a form that the guard has looked into has its attributes and its bytes")
  void formAttributes() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      String session = site.session();
      String form = "a=b&csrf_token=" + BodyContract.csrfToken(connection, session);
      assertThat(connection.post("/attribute", FORM, form, session).body())
          .isEqualTo(BodyContract.counted(form.length()) + "b");
      assertThat(connection.post("/stream", FORM, form, session).body())
          .isEqualTo(form.length() + " bytes");
    }
  }

  @Test
  @DisplayName("AD-2 a permission can ask for a form as well, of an anonymous request too")
  void permissionByForm() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      assertThat(connection.post("/by-form", FORM, "a=b").body()).isEqualTo("by form");
      assertThat(connection.post("/by-form", FORM, "a=c").status()).isEqualTo(401);
      assertThat(connection.post("/by-form", FORM, "a=c", Site.alice()).status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("AD-2 a permission behind another one can ask for a form, and what it throws is 500")
  void permissionBehind() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      String whole = "by form " + BodyContract.counted(3);
      assertThat(connection.post("/behind", FORM, "a=b").body()).isEqualTo(whole);
      assertThat(connection.post("/behind", FORM, "a=c").status()).isEqualTo(401);
      assertThat(connection.post("/behind", FORM, "a=c", Site.alice()).body()).isEqualTo(whole);
      assertThat(connection.post("/behind", "text/plain", "a=b").status()).isEqualTo(401);
      assertThat(connection.post("/behind", FORM, "a=defect").status()).isEqualTo(500);
      connection.send(
          Connection.head("POST", "/behind", "Content-Type: " + FORM, "Content-Length: 8"));
      assertThat(connection.isSilent()).isTrue();
      assertThat(connection.send("a=defect").answer().status()).as("late").isEqualTo(500);
    }
  }

  @Test
  @DisplayName(
      "SE-5 a field too long for Vert.x to decode hides no token, and stays Vert.x' to judge")
  void longField() throws Exception {
    try (Site site = new Site(BodyTest::routes);
        Connection connection = site.connect()) {
      String session = site.session();
      String token = "csrf_token=" + BodyContract.csrfToken(connection, session);
      String text = "text=" + "x".repeat(10_000);
      for (String form : new String[] {token + "&" + text, text + "&" + token}) {
        assertThat(connection.post("/raw", FORM, form, session).body())
            .isEqualTo(form.length() + " bytes");
        assertThat(connection.post("/unguarded", FORM, form).status()).isEqualTo(400);
        assertThat(connection.post("/attribute", FORM, form, session).status()).isEqualTo(400);
      }
      assertThat(connection.post("/raw", FORM, text, session).status()).isEqualTo(403);
    }
  }
}
