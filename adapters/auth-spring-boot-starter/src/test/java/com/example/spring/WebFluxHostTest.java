package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.spring.Needs;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

@DisplayName("Spring Boot on WebFlux: the host around it")
class WebFluxHostTest {
  private static final String FRIEND = "https://friend.example";

  @RestController
  static class Seen {
    @PermitAll
    @GetMapping("/seen")
    String seen(ServerHttpRequest request) {
      return request.getRemoteAddress().getAddress().getHostAddress() + " " + request.getURI();
    }

    @Bean
    CorsWebFilter cors() {
      CorsConfiguration all = new CorsConfiguration();
      all.addAllowedOrigin(FRIEND);
      all.addAllowedMethod("*");
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", all);
      return new CorsWebFilter(source);
    }
  }

  private static HttpRequest.Builder forwarded(RunningApp app, String path) {
    return HttpRequest.newBuilder(app.at(path))
        .header("X-Forwarded-For", "203.0.113.7")
        .header("X-Forwarded-Proto", "https");
  }

  @Test
  @DisplayName(
      "AD-3, TH-5, AD-7 below a base path, behind a trusted proxy, with its own CORS filter")
  void around() {
    try (RunningApp app =
        RunningApp.onWebFlux(
            Seen.class,
            "spring.webflux.base-path=/app",
            "auth.trusted-proxies=127.0.0.0/8,::1",
            "auth.transport=required")) {
      int port = app.at("/").getPort();
      assertThat(app.send(forwarded(app, "/app/seen")).body())
          .isEqualTo("203.0.113.7 https://localhost:" + port + "/app/seen");
      assertThat(app.get("/app/seen").body())
          .isEqualTo("127.0.0.1 http://localhost:" + port + "/app/seen");
      String alice = RunningApp.basic("alice", RunningApp.PASSWORD);
      HttpRequest.Builder me = forwarded(app, "/app/auth/me").header("Authorization", alice);
      assertThat(app.send(me).statusCode()).isEqualTo(200);
      assertThat(app.get("/app/auth/me", "alice").statusCode()).isEqualTo(403);

      HttpResponse<String> preflight =
          app.send(
              HttpRequest.newBuilder(app.at("/app/auth/login"))
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .header("Origin", FRIEND)
                  .header("Access-Control-Request-Method", "POST"));
      assertThat(preflight.statusCode()).isEqualTo(200);
      HttpResponse<String> refused =
          app.send(HttpRequest.newBuilder(app.at("/app/auth/me")).header("Origin", FRIEND));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().allValues("Access-Control-Allow-Origin"))
          .containsExactly(FRIEND);
      HttpRequest.Builder own =
          forwarded(app, "/app/seen").header("Origin", "https://localhost:" + port);
      assertThat(app.send(own).statusCode()).as("a page of its own").isEqualTo(200);
      HttpRequest.Builder others =
          HttpRequest.newBuilder(app.at("/app/seen")).header("Origin", "https://localhost:" + port);
      assertThat(app.send(others).statusCode()).as("another scheme").isEqualTo(403);
    }
  }

  @RestController
  @CrossOrigin(FRIEND)
  static class Shared {
    @PermitAll
    @GetMapping("/shared")
    String shared() {
      return "shared";
    }
  }

  @Test
  @DisplayName("AD-7, TH-5 behind a trusted proxy that ends TLS, its own pages are no strangers")
  void ownPages() {
    try (RunningApp app =
        RunningApp.onWebFlux(
            Shared.class, "auth.trusted-proxies=127.0.0.0/8,::1", "auth.transport=required")) {
      String own = "https://localhost:" + app.at("/").getPort();
      for (String origin : List.of(own, FRIEND)) {
        HttpRequest.Builder request = forwarded(app, "/shared").header("Origin", origin);
        assertThat(app.send(request).body()).as(origin).isEqualTo("shared");
      }
      for (String origin :
          List.of("https://stranger.example", "null", "https://[", "https://a:x")) {
        HttpRequest.Builder stranger = forwarded(app, "/shared").header("Origin", origin);
        assertThat(app.send(stranger).statusCode()).as(origin).isEqualTo(403);
      }
      HttpRequest.Builder nobody = forwarded(app, "/elsewhere").header("Origin", "https://a:x");
      assertThat(app.send(nobody).statusCode()).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("AD-8 the actuator on a port of its own is behind the guard as well")
  void managementPort() throws IOException, InterruptedException {
    try (RunningApp app =
        RunningApp.onWebFlux(RunningApp.Nothing.class, "management.server.port=0")) {
      String port = app.context().getEnvironment().getRequiredProperty("local.management.port");
      HttpRequest.Builder health =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"));
      assertThat(app.send(health).statusCode()).isEqualTo(401);
      health.header("Authorization", RunningApp.basic("alice", RunningApp.PASSWORD));
      assertThat(app.send(health).statusCode()).isEqualTo(200);
      assertThat(app.get("/actuator/health", "alice").statusCode()).isEqualTo(404);
    }
  }

  @Import(NeighboursTest.OwnGuard.class)
  static class OwnGuardAndLanes {
    @Bean
    Lanes lanes() {
      return Lanes.of(Sallyport.inMemory());
    }
  }

  @Test
  @DisplayName("SP-3 a guard of the host's own counts, with its lanes, and without users of ours")
  void ownGuardAlone() {
    try (RunningApp app = RunningApp.onWebFluxAlone(OwnGuardAndLanes.class)) {
      assertThat(app.get("/").statusCode()).isEqualTo(401);
      assertThat(app.context().getBeanNamesForType(AuthEndpoints.class)).isEmpty();
    }
    assertThat(
            catchThrowable(() -> RunningApp.onWebFluxAlone(NeighboursTest.OwnGuard.class).close()))
        .rootCause()
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("beside a Guard of your own, define its Lanes");
  }

  @RestController
  static class Wrong {
    @Needs(permission = "nobody")
    @GetMapping("/wrong")
    String wrong() {
      return "wrong";
    }

    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer() {
      return new ForwardedHeaderTransformer();
    }
  }

  @Test
  @DisplayName("SP-2 faults of handlers and forwarded headers stop the start, all in one message")
  void faults() {
    assertThat(catchThrowable(() -> RunningApp.onWebFlux(Wrong.class).close()))
        .rootCause()
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forwardedHeaderTransformer");
    assertThat(
            catchThrowable(
                () ->
                    RunningApp.onWebFlux(Wrong.class, "server.forward-headers-strategy=framework")
                        .close()))
        .rootCause()
        .hasMessageContaining("server.forward-headers-strategy")
        .hasMessageContaining("auth.trusted-proxies");
  }
}
