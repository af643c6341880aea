package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection;
import com.example.eventloop.Connection.Answer;
import dev.sallyport.guard.Permission;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Future;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthorizationHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user of Vert.x Web, beside sessions and users of the host's own. */
@Timeout(60)
class UserTest {
  private static final String NOBODY = "user=null who=null";

  private Site site;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    site = new Site(UserTest::routes);
    connection = site.connect();
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    site.close();
  }

  /** A session of Vert.x' before the guard, and a login of Vert.x' own. */
  private static void routes(Site site, Router router) {
    router.get("/roles").handler(site.auth);
    router
        .get("/roles")
        .handler(AuthorizationHandler.create(RoleBasedAuthorization.create("admin")))
        .handler(UserTest::say);
    router.get("/plain").handler(site.auth).handler(UserTest::say);
    router.options("/plain").handler(site.auth).handler(UserTest::say);
    router.route().handler(SessionHandler.create(LocalSessionStore.create(site.vertx)));
    router
        .get("/other-login")
        .handler(
            SimpleAuthenticationHandler.create()
                .authenticate(ctx -> Future.succeededFuture(User.fromName("mallory"))))
        .handler(UserTest::say);
    router.get("/unguarded").handler(UserTest::say);
    router
        .get("/cart")
        .handler(site.auth.needing(Permission.anyone()))
        .handler(
            ctx -> {
              ctx.session().put("cart", ctx.session().<String>get("cart") + "+");
              say(ctx);
            });
    router.get("/twice").handler(site.auth.needing(Permission.anyone()));
    router.get("/twice").handler(site.auth).handler(UserTest::say);
  }

  private static void say(RoutingContext ctx) {
    String name = ctx.user() == null ? null : ctx.user().get("username");
    String who = AuthHandler.who(ctx).map(found -> found.principal().name()).orElse(null);
    String cart = ctx.session() == null ? "" : " cart=" + ctx.session().get("cart");
    ctx.response().end("user=" + name + " who=" + who + cart);
  }

  private String ask(String path, String... lines) throws Exception {
    Answer answer = connection.ask("GET", path, lines);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  @Test
  @DisplayName("AD-5 the user has name, id and scheme, and roles that Vert.x' own handlers know")
  void idiom() throws Exception {
    assertThat(ask("/plain", Site.alice())).isEqualTo("user=alice who=alice");
    assertThat(connection.ask("GET", "/roles", Site.alice()).status()).isEqualTo(403);
    assertThat(ask("/roles", Site.basic("admin", Site.PASSWORD))).isEqualTo("user=admin who=admin");
  }

  @Test
  @DisplayName("AD-5 a request that looks like a preflight, but has credentials, has its user")
  void likeAPreflight() throws Exception {
    Answer answer =
        connection.ask(
            "OPTIONS", "/plain", Site.alice(), "Access-Control-Request-Headers: Authorization");
    assertThat(answer.body()).isEqualTo("user=alice who=alice");
  }

  @Test
  @DisplayName("AD-5 a session of Vert.x' keeps its id and its data, whoever asks")
  void sessionIsTheHosts() throws Exception {
    Answer first = connection.ask("GET", "/cart", Site.alice());
    assertThat(first.body()).isEqualTo("user=alice who=alice cart=null+");
    String cookie = first.cookie();
    Answer second = connection.ask("GET", "/cart", Site.alice(), cookie);
    assertThat(second.body()).isEqualTo("user=alice who=alice cart=null++");
    assertThat(second.values("Set-Cookie")).as("a new id").isEmpty();
    assertThat(ask("/cart", cookie)).isEqualTo(NOBODY + " cart=null+++");
    assertThat(ask("/cart", Site.basic("admin", Site.PASSWORD), cookie))
        .isEqualTo("user=admin who=admin cart=null++++");
    assertThat(ask("/cart", cookie)).isEqualTo(NOBODY + " cart=null+++++");
  }

  @Test
  @DisplayName("AD-5 the cookie of such a session is no credential: it remembers no caller")
  void sessionRemembersNobody() throws Exception {
    String cookie = connection.ask("GET", "/cart", Site.alice()).cookie();
    for (int i = 0; i < 3; i++) {
      assertThat(ask("/unguarded", cookie)).startsWith(NOBODY);
      assertThat(connection.ask("GET", "/twice", cookie).status()).isEqualTo(401);
      assertThat(ask("/twice", Site.alice(), cookie)).startsWith("user=alice who=alice");
    }
  }

  @Test
  @DisplayName(
      "AD-5 whom such a session remembers is not the caller, and is forgotten behind a guard")
  void rememberedUser() throws Exception {
    for (String[] credentials : new String[][] {{}, {Site.alice()}}) {
      Answer other = connection.ask("GET", "/other-login");
      assertThat(other.body()).startsWith("user=mallory who=null");
      String cookie = other.cookie();
      assertThat(ask("/unguarded", cookie)).startsWith("user=mallory");
      String[] lines =
          Stream.concat(Stream.of(credentials), Stream.of(cookie)).toArray(String[]::new);
      assertThat(ask("/cart", lines))
          .startsWith(credentials.length == 0 ? NOBODY : "user=alice who=alice");
      assertThat(ask("/unguarded", cookie)).startsWith(NOBODY);
      assertThat(connection.ask("GET", "/twice", cookie).status()).isEqualTo(401);
    }
  }
}
