package com.example.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.servlet.AuthFilter;
import dev.sallyport.testkit.ForcedAuthenticator;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AD-8 Roles of routes")
class RouteGuardTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Javalin app;

  /** Roles of the host's own, of which the guard knows nothing. */
  private enum Foreign implements RouteRole {
    ADMIN
  }

  /** Whoever names themselves, with the roles that they name. */
  private static Guard guard() {
    Authenticator claimed =
        request -> {
          List<String> names = request.headers("X-Name");
          return names.isEmpty()
              ? NotAttempted.NO_CREDENTIALS
              : ForcedAuthenticator.as(
                      names.get(0), request.headers("X-Role").toArray(String[]::new))
                  .authenticate(request);
        };
    return Sallyport.inMemory().guard(claimed);
  }

  @BeforeAll
  static void start() {
    QuietJetty.begin();
    Needs admin = Needs.of(Permission.role("admin"));
    Needs alice = Needs.of(Permission.who(who -> who.principal().name().equals("alice")));
    Handler who =
        ctx ->
            ctx.result(
                AuthFilter.who(ctx.req()).map(found -> found.principal().name()).orElse("-"));
    app =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.port = 0;
                  config.jetty.host = "127.0.0.1";
                  RouteGuard.of(guard()).addTo(config);
                  config.routes.get("/plain", who);
                  config.routes.get("/open", who, Needs.of(Permission.anyone()));
                  config.routes.get("/admin", who, admin);
                  config.routes.head("/admin", who, admin);
                  config.routes.get("/both", who, admin, alice);
                  config.routes.get("/unguarded", who, Needs.noGuard());
                  config.routes.get("/items/{id}", who, admin);
                  config.routes.get("/foreign", who, Foreign.ADMIN);
                  config.routes.get("/foreign/beside", who, alice, Foreign.ADMIN);
                  config.routes.get("/unguarded/beside", who, Needs.noGuard(), alice);
                  config.routes.before("/opened", ctx -> ctx.req().getInputStream());
                  config.routes.post("/opened", ctx -> ctx.result(ctx.bodyInputStream()));
                  config.routes.before("/read", ctx -> ctx.body());
                  config.routes.post("/read", ctx -> ctx.result(ctx.body()));
                  config.routes.ws("/talk", ws -> {}, admin);
                  config.routes.ws("/talk/foreign", ws -> {}, Foreign.ADMIN);
                })
            .start();
  }

  @AfterAll
  static void stop() {
    app.stop();
  }

  private static int status(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** By nobody, by alice, by bob with a role, and by alice with it. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET,  /plain,     403, 200, 200, 200",
    "GET,  /open,      200, 200, 200, 200",
    "GET,  /admin,     403, 403, 200, 200",
    "HEAD, /admin,     403, 403, 200, 200",
    "GET,  /both,      403, 403, 403, 200",
    "GET,  /unguarded, 200, 200, 200, 200",
    "GET,  /items/1,   403, 403, 200, 200",
    "GET,  /unknown,   404, 404, 404, 404",
    "HEAD, /open,      403, 200, 200, 200",
    "GET,  /foreign,          500, 500, 500, 500",
    "GET,  /foreign/beside,   500, 500, 500, 500",
    "GET,  /unguarded/beside, 500, 500, 500, 500"
  })
  @DisplayName("AD-8 each route lets in whom all its roles allow, or the default permission")
  void roles(String method, String path, int nobody, int alice, int bobAdmin, int aliceAdmin)
      throws Exception {
    assertThat(status(method, path)).isEqualTo(nobody);
    assertThat(status(method, path, "X-Name", "alice")).isEqualTo(alice);
    assertThat(status(method, path, "X-Name", "bob", "X-Role", "admin")).isEqualTo(bobAdmin);
    assertThat(status(method, path, "X-Name", "alice", "X-Role", "admin")).isEqualTo(aliceAdmin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/opened", "/read"})
  @DisplayName("AD-2 a handler before the guard may open the body or read it")
  void bodyBefore(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
            .header("X-Name", "alice")
            .POST(HttpRequest.BodyPublishers.ofString("text"))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("text");
  }

  private static void openWebSocket(String path, String... headers) {
    WebSocket.Builder socket = CLIENT.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      socket.header(headers[i], headers[i + 1]);
    }
    socket
        .buildAsync(URI.create("ws://127.0.0.1:" + app.port() + path), new WebSocket.Listener() {})
        .join()
        .abort();
  }

  private static void assertRefused(int status, String path, String... headers) {
    assertThatThrownBy(() -> openWebSocket(path, headers))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  @DisplayName("AD-8 a WebSocket is opened to whom its roles allow, and to nobody else")
  void webSocket() {
    openWebSocket("/talk", "X-Name", "bob", "X-Role", "admin");
    assertRefused(403, "/talk");
    assertRefused(403, "/talk", "X-Name", "alice");
    assertRefused(500, "/talk/foreign", "X-Name", "bob", "X-Role", "admin");
  }
}
