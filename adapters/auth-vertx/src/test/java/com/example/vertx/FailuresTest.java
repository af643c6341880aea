package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection;
import com.example.eventloop.Connection.Answer;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What handlers and permissions throw, at once or after a wait. */
@Timeout(60)
class FailuresTest {
  private Site site;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    site = new Site(FailuresTest::routes);
    connection = site.connect();
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    site.close();
  }

  private static void routes(Site site, Router router) {
    router
        .route("/typed/*")
        .handler(
            ctx -> {
              ctx.response().putHeader("Content-Type", "text/html");
              ctx.response().putHeader("Cache-Control", "public, max-age=600");
              ctx.response().putHeader("Access-Control-Allow-Origin", "https://other.example");
              ctx.next();
            });
    router
        .get("/permission")
        .handler(
            site.auth.needing(
                access -> {
                  throw new IllegalStateException("a defect");
                }));
    router
        .get("/typed/permission")
        .handler(
            site.auth.needing(
                access -> {
                  throw new AssertionError("a defect");
                }));
    router
        .get("/permission/outage")
        .handler(
            site.auth.needing(
                access -> {
                  throw new StoreUnavailableException("down");
                }));
    router
        .get("/begun-before")
        .handler(
            ctx -> {
              ctx.response().setChunked(true).write("half");
              ctx.next();
            });
    router.get("/begun-before").handler(site.auth);
    router.route().handler(site.auth.needing(Permission.anyone()));
    router.get("/defect").handler(ctx -> fail(ctx, new IllegalStateException("a defect")));
    router.get("/outage").handler(ctx -> fail(ctx, new StoreUnavailableException("down")));
    router
        .get("/refused")
        .handler(
            ctx ->
                ctx.fail(
                    new RefusedRequestException(Problem.of(409, "conflict", "Something else."))));
    router.get("/teapot").handler(ctx -> ctx.fail(418));
    router
        .get("/begun")
        .handler(
            ctx -> {
              ctx.response().setChunked(true).write("half");
              throw new IllegalStateException("a defect");
            });
    router
        .post("/form")
        .handler(
            ctx -> {
              String said;
              try {
                said = "values " + AuthHandler.authRequest(ctx).formValues("a");
              } catch (IllegalStateException e) {
                said = e.getMessage();
              }
              ctx.response().end(said);
            });
    router.get("/typed/admin").handler(site.auth.needing(Permission.role("admin")));
  }

  private static void fail(RoutingContext ctx, RuntimeException thrown) {
    ctx.response().putHeader("X-Own", "one");
    ctx.response().addCookie(Cookie.cookie("own", "one"));
    throw thrown;
  }

  /** By nobody, who is let in at once, and by somebody, after a store and a hash. */
  private void assertFailure(String path, int status, String code) throws Exception {
    for (String[] lines : new String[][] {{}, {Site.alice()}, {site.session()}}) {
      Answer answer = connection.ask("GET", path, lines);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("a defect");
      assertThat(answer.values("X-Own")).isEmpty();
      assertThat(answer.values("Set-Cookie")).isEmpty();
      assertThat(answer.values("Content-Type")).containsExactly("application/problem+json");
      assertThat(answer.values("Cache-Control")).containsExactly("no-store");
    }
  }

  @Test
  @DisplayName("AD-6 what a handler throws is 500, 503 or its own answer, without its own fields")
  void handlers() throws Exception {
    assertFailure("/defect", 500, "internal_error");
    assertFailure("/outage", 503, "temporarily_unavailable");
    assertFailure("/refused", 409, "conflict");
    assertThat(connection.ask("GET", "/teapot").status()).as("the host's own").isEqualTo(418);
  }

  @Test
  @DisplayName("CH-6 what a permission throws is 500, an outage 503, whenever it is asked")
  void permissions() throws Exception {
    assertFailure("/permission", 500, "internal_error");
    assertFailure("/typed/permission", 500, "internal_error");
    assertFailure("/permission/outage", 503, "temporarily_unavailable");
  }

  @Test
  @DisplayName("AD-6 a refusal has its own type and is not stored, and keeps fields of CORS")
  void fieldsOfOthers() throws Exception {
    Answer answer = connection.ask("GET", "/typed/admin", Site.alice());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.values("Content-Type")).containsExactly("application/problem+json");
    assertThat(answer.values("Cache-Control")).containsExactly("no-store");
    assertThat(answer.values("Access-Control-Allow-Origin"))
        .containsExactly("https://other.example");
  }

  @Test
  @DisplayName("AD-6 a response that has begun breaks off, so that nobody takes it for whole")
  void begun() throws Exception {
    connection.send(Connection.head("GET", "/begun", Site.alice()));
    assertThat(connection.untilEnd()).contains("\r\nhalf").doesNotContain("\r\n0\r\n");
  }

  @Test
  @DisplayName("AD-6 a refusal that comes too late, after a wait, breaks the response off as well")
  void begunBefore() throws Exception {
    connection.send(Connection.head("GET", "/begun-before", "Authorization: Bearer unknown"));
    assertThat(connection.untilEnd()).contains("\r\nhalf").doesNotContain("\r\n0\r\n");
  }

  @Test
  @DisplayName("AD-2 who asks the guard's request for a form that nobody has read is told how")
  void unreadForm() throws Exception {
    Answer answer =
        connection.post("/form", "application/x-www-form-urlencoded", "a=b", site.token());
    assertThat(answer.body())
        .isEqualTo(
            "The guard has not read this form: behind a BodyHandler, ask"
                + " ctx.request().formAttributes()");
  }
}
