package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Permission;
import dev.sallyport.spring.Needs;
import dev.sallyport.spring.RoutePermissions;
import dev.sallyport.webflux.AuthWebFilter;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@DisplayName("Spring Boot on WebFlux: permissions, and the caller")
class WebFluxTest {
  private static final String FRIEND = "https://friend.example";

  private static RunningApp app;

  record Member(String nickname) {}

  interface Inherited {
    @RolesAllowed("admin")
    String inherited();
  }

  @RestController
  static class Plain implements Inherited {
    @GetMapping("/default")
    Mono<String> byDefault() {
      return Mono.just("default");
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

    @CrossOrigin(FRIEND)
    @Needs(role = {"editor", "admin"})
    @PutMapping("/admin")
    String put() {
      return "put";
    }

    @CrossOrigin(FRIEND)
    @Needs(role = {"editor", "admin"})
    @GetMapping("/admin")
    String admin() {
      return "admin";
    }

    @Needs(permission = "onlyAlice")
    @GetMapping("/alice")
    String alice() {
      return "alice";
    }

    @GetMapping("/inherited")
    @Override
    public String inherited() {
      return "inherited";
    }

    @PostMapping("/posted")
    Mono<String> posted(@RequestBody Mono<String> body) {
      return body.map(text -> text.length() + " " + text.hashCode());
    }

    @PostMapping("/form")
    Mono<String> form(ServerWebExchange exchange) {
      return exchange.getFormData().map(MultiValueMap::toSingleValueMap).map(f -> f.get("text"));
    }
  }

  @RestController
  static class Callers {
    @PermitAll
    @GetMapping("/authenticated")
    String authenticated(Authenticated who) {
      return who.principal().name();
    }

    @PermitAll
    @GetMapping("/principal")
    String principal(Principal who) {
      return who.name();
    }

    @GetMapping("/java-principal")
    String javaPrincipal(java.security.Principal who) {
      return who.getName();
    }

    @PermitAll
    @GetMapping("/member")
    String member(Member who) {
      return who.nickname();
    }

    @PermitAll
    @GetMapping("/optional")
    String optional(Optional<Authenticated> who, Optional<Member> member) {
      return who.map(one -> one.principal().name()).orElse("nobody")
          + "/"
          + member.map(Member::nickname).orElse("nobody");
    }

    @PermitAll
    @GetMapping("/context")
    Mono<String> context() {
      return AuthWebFilter.who().map(who -> who.principal().name()).defaultIfEmpty("nobody");
    }

    @PermitAll
    @GetMapping("/down")
    Mono<String> down() {
      return Mono.error(new StoreUnavailableException("down"));
    }

    @PermitAll
    @GetMapping("/fails")
    String fails(ServerWebExchange exchange) {
      exchange.getResponse().getHeaders().set("X-Own", "one");
      throw new IllegalStateException("a handler failed");
    }
  }

  @Import({Plain.class, Callers.class})
  static class Application {
    @Bean
    Permission onlyAlice() {
      return Permission.who(who -> who.principal().name().equals("alice"));
    }

    /** Bob is no member. */
    @Bean
    Converter<Authenticated, Member> members() {
      return new Converter<>() {
        @Override
        public @Nullable Member convert(Authenticated who) {
          return who.principal().name().equals("alice") ? new Member("Al") : null;
        }
      };
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
      return RouterFunctions.route()
          .GET("/function", request -> ServerResponse.ok().bodyValue("function"))
          .GET("/open-function", request -> ServerResponse.ok().bodyValue("open"))
          .build();
    }

    @Bean
    RoutePermissions routePermissions() {
      return RoutePermissions.of(Map.of("/open-function", Permission.anyone()));
    }
  }

  @BeforeAll
  static void start() {
    app = RunningApp.onWebFlux(Application.class, "auth.chain=token,session,basic");
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
    "/alice, 401, 200, 403",
    "/inherited, 401, 403, 200",
    "/function, 401, 200, 200",
    "/open-function, 200, 200, 200",
    "/unknown, 401, 404, 404",
    "/posted, 401, 405, 405",
    "/auth/me, 401, 200, 200",
    "/auth/unknown, 404, 404, 404",
    "/member, 401, 200, 403",
  })
  @DisplayName("AD-8 a handler needs what its annotations say, or else the default permission")
  void permissions(String path, int nobody, int alice, int bob) {
    assertThat(app.get(path).statusCode()).isEqualTo(nobody);
    assertThat(app.get(path, "alice").statusCode()).isEqualTo(alice);
    assertThat(app.get(path, "bob").statusCode()).isEqualTo(bob);
  }

  @ParameterizedTest
  @CsvSource({
    "/authenticated, alice",
    "/principal, alice",
    "/java-principal, alice",
    "/member, Al",
    "/optional, alice/Al",
    "/context, alice",
  })
  @DisplayName("AD-5 the caller as an argument, as the host's own type, and in Reactor's context")
  void callers(String path, String said) {
    assertThat(app.get(path, "alice").body()).isEqualTo(said);
  }

  @Test
  @DisplayName("AD-5 for nobody, an argument is 401 with challenges, and an Optional is empty")
  void nobody() {
    HttpResponse<String> refused = app.get("/authenticated");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues(HttpHeaders.WWW_AUTHENTICATE)).isNotEmpty();
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(app.get("/optional").body()).isEqualTo("nobody/nobody");
    assertThat(app.get("/optional", "bob").body()).isEqualTo("bob/nobody");
    assertThat(app.get("/context").body()).isEqualTo("nobody");
  }

  @Test
  @DisplayName("AD-6 an outage in a handler is 503; what else it throws is 500, without its fields")
  void failures() {
    HttpResponse<String> down = app.get("/down");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.headers().firstValue("Retry-After")).hasValue("5");
    HttpResponse<String> failed = app.get("/fails", "alice");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.headers().map()).doesNotContainKey("x-own");
    assertThat(failed.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("AD-2 100 KB of JSON is whole behind the guard")
  void body() {
    String json = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
    HttpRequest.Builder post =
        HttpRequest.newBuilder(app.at("/posted"))
            .header("Authorization", RunningApp.basic("alice", RunningApp.PASSWORD))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    assertThat(app.send(post).body()).isEqualTo(json.length() + " " + json.hashCode());
  }

  @Test
  @DisplayName("AD-2, SE-5 a form with csrf_token passes, and the handler has its other fields")
  void form() {
    String json = "{\"username\":\"alice\",\"password\":\"%s\"}".formatted(RunningApp.PASSWORD);
    HttpResponse<String> login =
        app.send(
            HttpRequest.newBuilder(app.at("/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    assertThat(login.statusCode()).isEqualTo(200);
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    String token = login.body().replaceAll(".*\"csrf_token\":\"([^\"]+)\".*", "$1");
    HttpRequest.Builder post =
        HttpRequest.newBuilder(app.at("/form"))
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded");
    assertThat(app.send(post.POST(BodyPublishers.ofString("text=a+b"))).statusCode())
        .isEqualTo(403);
    String form = "text=a+b&csrf_token=" + token;
    assertThat(app.send(post.POST(BodyPublishers.ofString(form))).body()).isEqualTo("a b");
  }

  private static HttpResponse<String> preflight(String path, String origin) {
    return app.send(
        HttpRequest.newBuilder(app.at(path))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT"));
  }

  private static void assertReadable(HttpResponse<?> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(FRIEND);
  }

  @Test
  @DisplayName("AD-7 @CrossOrigin answers preflights, and refusals carry its fields")
  void crossOrigin() {
    assertReadable(preflight("/admin", FRIEND), 200);
    assertThat(preflight("/admin", "https://foe.example").statusCode()).isEqualTo(403);
    assertThat(preflight("/default", FRIEND).headers().map())
        .doesNotContainKey("access-control-allow-origin");

    HttpRequest.Builder get = HttpRequest.newBuilder(app.at("/admin")).header("Origin", FRIEND);
    assertReadable(app.send(get), 401);
    assertReadable(
        app.send(get.copy().header("Authorization", RunningApp.basic("bob", "wrong"))), 401);
    assertReadable(
        app.send(get.copy().header("Authorization", RunningApp.basic("bob", RunningApp.PASSWORD))),
        200);
    HttpRequest.Builder own = HttpRequest.newBuilder(app.at("/default")).header("Origin", FRIEND);
    assertThat(app.send(own).headers().map()).doesNotContainKey("access-control-allow-origin");
  }
}
