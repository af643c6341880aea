package com.example.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.ForcedAuthenticator;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("AD-8 Annotations of controllers")
@ExtendWith(BufferLeaks.class)
class RoutePermissionsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  @TempDir private static Path folder;
  private static ApplicationContext context;
  private static int port;

  @Controller("/plain")
  @Requires(property = "annotations")
  static class Plain {
    @Get
    String get() {
      return "plain";
    }

    @Get("/open")
    @PermitAll
    String open() {
      return "open";
    }

    @Get("/closed")
    @DenyAll
    String closed() {
      return "closed";
    }

    @Get("/roles")
    @RolesAllowed({"admin", "auditor"})
    String roles() {
      return "roles";
    }
  }

  @Controller("/class")
  @RolesAllowed("admin")
  @Requires(property = "annotations")
  static class OfClass {
    @Get
    String get() {
      return "class";
    }

    @Get("/open")
    @PermitAll
    String open() {
      return "open";
    }

    @Get("/closed")
    @DenyAll
    String closed() {
      return "closed";
    }
  }

  interface Declared {
    @Get
    @RolesAllowed("admin")
    String get();
  }

  @Controller("/declared")
  @Requires(property = "annotations")
  static class Implementing implements Declared {
    @Override
    public String get() {
      return "declared";
    }
  }

  @RolesAllowed("admin")
  abstract static class Base {
    @Get
    String get() {
      return "base";
    }
  }

  @Controller("/inherited")
  @Requires(property = "annotations")
  static class Inheriting extends Base {}

  abstract static class Shared {
    @Get
    String get() {
      return "shared";
    }
  }

  @Controller("/shared/open")
  @PermitAll
  @Requires(property = "annotations")
  static class SharedOpen extends Shared {}

  @Controller("/shared/closed")
  @RolesAllowed("admin")
  @Requires(property = "annotations")
  static class SharedClosed extends Shared {}

  /** Whoever names themselves, with the roles that they name. */
  private static Guard guard(Sallyport auth) {
    Authenticator claimed =
        request -> {
          List<String> names = request.headers("X-Name");
          return names.isEmpty()
              ? NotAttempted.NO_CREDENTIALS
              : ForcedAuthenticator.as(
                      names.get(0), request.headers("X-Role").toArray(String[]::new))
                  .authenticate(request);
        };
    return auth.guard(claimed);
  }

  @BeforeAll
  static void start() throws IOException {
    Sallyport auth = Sallyport.inMemory();
    Guard guard = guard(auth);
    Files.writeString(folder.resolve("note.txt"), "note");
    context =
        ApplicationContext.builder(
                Map.of(
                    "micronaut.server.host",
                    "127.0.0.1",
                    "micronaut.server.port",
                    -1,
                    "micronaut.router.static-resources.folder.paths",
                    folder.toUri().toString(),
                    "micronaut.router.static-resources.folder.mapping",
                    "/files/**",
                    "micronaut.router.static-resources.jar.paths",
                    "classpath:META-INF/maven/org.assertj/assertj-core",
                    "micronaut.router.static-resources.jar.mapping",
                    "/jar/**",
                    "annotations",
                    true))
            .build();
    context.registerSingleton(Guard.class, guard);
    context.registerSingleton(AuthEndpoints.class, AuthEndpoints.of(auth.accounts(), guard));
    context.registerSingleton(RoutePermissions.class, RoutePermissions.of(Map.of()));
    context.start();
    port = context.getBean(EmbeddedServer.class).start().getPort();
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  @DisplayName("GU-4 nobody keeps a static file that somebody had to be let in for")
  void staticFile() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/files/note.txt"))
            .header("X-Name", "alice")
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("note");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(status("POST", "/files/note.txt")).isEqualTo(403);
  }

  @Test
  @DisplayName("docs/micronaut.md: a caller has a name")
  void reports() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/reports"))
            .header("X-Name", "alice")
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("Reports of alice");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(status("GET", "/reports/all", "X-Name", "alice")).isEqualTo(403);
  }

  private static int status(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** By nobody, by alice, and by an administrator. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/plain,        403, 200, 200",
    "/plain/open,   200, 200, 200",
    "/plain/closed, 403, 403, 403",
    "/plain/roles,  403, 403, 200",
    "/class,        403, 403, 200",
    "/class/open,   200, 200, 200",
    "/class/closed, 403, 403, 403",
    "/declared,     403, 403, 200",
    "/inherited,    403, 403, 200",
    "/shared/open,  200, 200, 200",
    "/shared/closed, 403, 403, 200",
    "/unknown,      404, 404, 404",
    "/files/note.txt, 403, 200, 200",
    "/files/absent.txt, 404, 404, 404",
    "/jar/pom.properties, 403, 200, 200"
  })
  @DisplayName(
      "AD-8 each route lets in whom its nearest annotation names, a static file the default")
  void nearest(String path, int nobody, int alice, int admin) throws Exception {
    for (String method : new String[] {"GET", "HEAD"}) {
      assertThat(status(method, path)).isEqualTo(nobody);
      assertThat(status(method, path, "X-Name", "alice")).isEqualTo(alice);
      assertThat(status(method, path, "X-Name", "eve", "X-Role", "admin")).isEqualTo(admin);
    }
  }
}
