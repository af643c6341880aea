package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.Authenticated;
import dev.sallyport.guard.Permission;
import dev.sallyport.spring.Needs;
import dev.sallyport.spring.RoutePermissions;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@DisplayName("Spring Boot: permissions of handlers")
class PermissionsTest {
  private static RunningApp app;

  @Retention(RetentionPolicy.RUNTIME)
  @Needs(role = "admin")
  @interface AdminOnly {}

  @Retention(RetentionPolicy.RUNTIME)
  @Needs(permission = "onlyAlice")
  @interface AliceOnly {}

  interface Inherited {
    @RolesAllowed("admin")
    String inherited();
  }

  @RestController
  static class Plain implements Inherited {
    @GetMapping("/default")
    String byDefault() {
      return "default";
    }

    @PermitAll
    @GetMapping("/open")
    String open() {
      return "open";
    }

    @DenyAll
    @GetMapping("/closed")
    String closed() {
      return "closed";
    }

    @Needs(role = {"editor", "admin"})
    @GetMapping("/admin")
    String admin() {
      return "admin";
    }

    @AdminOnly
    @GetMapping("/composed")
    String composed() {
      return "composed";
    }

    @AdminOnly
    @AliceOnly
    @GetMapping("/both")
    String both() {
      return "both";
    }

    @AliceOnly
    @GetMapping("/alice")
    String alice() {
      return "alice";
    }

    @Needs(within = "1h", scope = "notes")
    @GetMapping("/recent")
    String recent() {
      return "recent";
    }

    @GetMapping("/inherited")
    @Override
    public String inherited() {
      return "inherited";
    }

    @AdminOnly
    @GetMapping("/later")
    Callable<String> later(HttpServletRequest request) {
      return () -> "later " + request.getDispatcherType();
    }

    @PermitAll
    @GetMapping("/fails")
    String fails() {
      throw new IllegalStateException("a handler failed");
    }

    @PostMapping("/posted")
    String posted() {
      return "posted";
    }
  }

  @RestController
  @AdminOnly
  static class Admins {
    @GetMapping("/admins")
    String admins() {
      return "admins";
    }

    @PermitAll
    @GetMapping("/admins/open")
    String open() {
      return "open";
    }
  }

  @Import({Plain.class, Admins.class})
  static class Handlers {
    @Bean
    Permission onlyAlice() {
      return Permission.who(who -> who.principal().name().equals("alice"));
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
      return RouterFunctions.route()
          .GET("/function", request -> ServerResponse.ok().body("function"))
          .GET("/open-function", request -> ServerResponse.ok().body("open"))
          .build();
    }

    @Bean
    RoutePermissions routePermissions() {
      return RoutePermissions.of(Map.of("/open-function", Permission.anyone()));
    }
  }

  @BeforeAll
  static void start() {
    app = RunningApp.withUsers(Handlers.class);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest(name = "{0}: {1}, alice {2}, bob {3}")
  @CsvSource({
    "/default, 401, 200, 200",
    "/open, 200, 200, 200",
    "/closed, 401, 403, 403",
    "/admin, 401, 403, 200",
    "/composed, 401, 403, 200",
    "/both, 401, 403, 403",
    "/alice, 401, 200, 403",
    "/recent, 401, 200, 200",
    "/inherited, 401, 403, 200",
    "/later, 401, 403, 200",
    "/admins, 401, 403, 200",
    "/admins/open, 200, 200, 200",
    "/function, 401, 200, 200",
    "/open-function, 200, 200, 200",
    "/page.txt, 401, 200, 200",
    "/error, 401, 500, 500",
    "/nowhere, 401, 404, 404",
    "/posted, 401, 405, 405",
  })
  @DisplayName("AD-8 what a handler needs stands on it; without, it needs the default")
  void table(String path, int anonymous, int alice, int bob) {
    assertThat(app.get(path).statusCode()).isEqualTo(anonymous);
    assertThat(app.get(path, "alice").statusCode()).isEqualTo(alice);
    assertThat(app.get(path, "bob").statusCode()).isEqualTo(bob);
  }

  @Test
  @DisplayName("AD-5 the result of an asynchronous handler is not judged again")
  void asynchronous() {
    assertThat(app.get("/later", "bob").body()).startsWith("later ");
    assertThat(DispatcherType.values()).contains(DispatcherType.ASYNC);
  }

  @Test
  @DisplayName("AD-6 the page for errors answers whoever ran into one")
  void errorPage() {
    assertThat(app.get("/fails").statusCode()).isEqualTo(500);
    assertThat(app.get("/fails").body()).contains("Internal Server Error");
  }

  @Test
  @DisplayName("CH-2 wrong credentials are refused where anybody may call, too")
  void wrongCredentials() {
    HttpRequest.Builder wrong =
        HttpRequest.newBuilder(app.at("/open"))
            .header("Authorization", RunningApp.basic("alice", "wrong"));
    assertThat(app.send(wrong).statusCode()).isEqualTo(401);
  }

  @RestController
  static class Contradiction {
    @PermitAll
    @Needs(role = "admin")
    @GetMapping("/contradiction")
    String contradiction(Authenticated who) {
      return who.principal().name();
    }

    @Needs(permission = "nobodys")
    @GetMapping("/misspelt")
    String misspelt() {
      return "";
    }
  }

  static class Misspelt {
    @Bean
    RoutePermissions routePermissions() {
      return RoutePermissions.of(Map.of("/asets/**", Permission.role("admin")));
    }
  }

  @Test
  @DisplayName("SP-2 a pattern that no handler has stops the start")
  void misspelt() {
    assertThat(catchThrowable(() -> RunningApp.withUsers(Misspelt.class).close()))
        .hasMessageContaining("'/asets/**'")
        .hasMessageContaining("/webjars/**");
  }

  @Test
  @DisplayName("AD-2 nothing of an upload is read before somebody may send one")
  void uploads() {
    MockHttpServletRequest upload =
        new MockHttpServletRequest("POST", "/") {
          @Override
          public Collection<Part> getParts() {
            throw new AssertionError("the body was read");
          }
        };
    upload.setContentType("multipart/form-data; boundary=x");
    StandardServletMultipartResolver resolver =
        app.context().getBean(StandardServletMultipartResolver.class);
    assertThat(resolver.isMultipart(upload)).isTrue();
    assertThatCode(() -> resolver.resolveMultipart(upload)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("SP-2 annotations that can't be meant stop the start, all at once")
  void contradictions() {
    Throwable thrown = catchThrowable(() -> RunningApp.withUsers(Contradiction.class).close());
    assertThat(thrown)
        .hasMessageContaining("contradiction")
        .hasMessageContaining("misspelt")
        .hasMessageContaining("nobodys");
  }
}
