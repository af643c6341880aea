package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.BodyContract;
import com.example.eventloop.Connection;
import com.example.eventloop.Connection.Answer;
import dev.sallyport.guard.Permission;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.MethodOverrideHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose method or path a handler behind the guard changes, and those that stay. */
@Timeout(60)
class RerouteTest {
  private static final String DELETE = "X-HTTP-Method-Override: DELETE";
  private static final String PUT = "X-HTTP-Method-Override: PUT";

  private Site site;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    site = new Site(RerouteTest::routes);
    connection = site.connect();
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    site.close();
  }

  private static void routes(Site site, Router router) {
    router.route("/news/*").handler(site.auth.needing(Permission.authenticatedOrReadOnly()));
    router.route("/news/*").handler(MethodOverrideHandler.create());
    router.route("/news/*").handler(BodyHandler.create(false)).handler(RerouteTest::say);
    router
        .get("/to/*")
        .handler(site.auth.needing(Permission.anyone()))
        .handler(ctx -> ctx.reroute(ctx.request().uri().substring("/to".length())));
    router
        .get("/by-path/*")
        .handler(
            site.auth.needing(
                access ->
                    access.request().target().equals("/by-path/admin?x=y")
                        ? Permission.role("admin").check(access)
                        : Permission.anyone().check(access)))
        .handler(RerouteTest::say);
    Router sub = Router.router(site.vertx);
    sub.get("/page").handler(site.auth.needing(Permission.role("alice"))).handler(RerouteTest::say);
    router.route("/sub/*").handler(site.auth);
    router.route("/sub/*").subRouter(sub);
  }

  private static void say(RoutingContext ctx) {
    String name = AuthHandler.who(ctx).map(who -> who.principal().name()).orElse("nobody");
    String body = ctx.body().asString();
    String seen = AuthHandler.authRequest(ctx).toString();
    ctx.response().end(seen + " " + name + (body == null ? "" : " " + body));
  }

  @Test
  @DisplayName("GU-1 a method that is overridden behind the guard needs what that method needs")
  void permission() throws Exception {
    assertThat(connection.ask("GET", "/news/1").body()).isEqualTo("GET /news/1 nobody");
    Answer refused = connection.ask("GET", "/news/1", DELETE);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.values("Cache-Control")).containsExactly("no-store");
    Answer wrong = connection.ask("GET", "/news/1", DELETE, Site.basic("alice", "wrong"));
    assertThat(wrong.status()).isEqualTo(401);
    Answer allowed = connection.ask("GET", "/news/1", DELETE, Site.alice());
    assertThat(allowed.body()).isEqualTo("DELETE /news/1 alice");
    assertThat(allowed.values("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("SE-5 a method that is overridden behind the guard needs the session's token")
  void csrf() throws Exception {
    String session = site.session();
    assertThat(connection.ask("GET", "/news/1", session).body()).isEqualTo("GET /news/1 alice");
    Answer refused = connection.ask("GET", "/news/1", session, DELETE);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("\"code\":\"csrf\"");
    String token = BodyContract.csrfToken(connection, session);
    assertThat(connection.ask("GET", "/news/1", session, DELETE, "X-CSRF-Token: " + token).body())
        .isEqualTo("DELETE /news/1 alice");
  }

  @Test
  @DisplayName("AD-2, SE-5 a form whose method is overridden is looked into once, and stays whole")
  void form() throws Exception {
    String session = site.session();
    String form = "a=b&csrf_token=" + BodyContract.csrfToken(connection, session);
    assertThat(connection.post("/news/1", BodyContract.FORM, form, session, PUT).body())
        .isEqualTo("PUT /news/1 alice " + form);
  }

  @Test
  @DisplayName("AD-5 a new path is judged as such, and nobody is asked for credentials again")
  void path() throws Exception {
    String session = site.session();
    site.tokens().forget();
    assertThat(connection.ask("GET", "/to/by-path/page", session).body())
        .isEqualTo("GET /by-path/page alice");
    assertThat(connection.ask("GET", "/to/by-path/admin?x=y", session).status()).isEqualTo(403);
    assertThat(site.tokens().calls()).as("one a request").hasSize(2);
    assertThat(connection.ask("GET", "/to/by-path/admin?x=y").status()).isEqualTo(401);
    assertThat(
            connection
                .ask("GET", "/to/by-path/admin?x=y", Site.basic("admin", Site.PASSWORD))
                .body())
        .isEqualTo("GET /by-path/admin admin");
  }

  @Test
  @DisplayName("AD-5 a router below another, each with its guard, asks for credentials once")
  void subRouter() throws Exception {
    String session = site.session();
    site.tokens().forget();
    for (String target : new String[] {"/sub/page?x=y", "http://localhost/sub/page"}) {
      assertThat(connection.ask("GET", target, session).body()).isEqualTo("GET /sub/page alice");
    }
    assertThat(site.tokens().calls()).as("one a request").hasSize(2);
  }
}
