package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@DisplayName("Spring Boot: other origins")
class CorsTest {
  private static final String FRIEND = "https://friend.example";

  @RestController
  static class Handlers {
    @CrossOrigin(FRIEND)
    @PutMapping("/shared")
    String put() {
      return "put";
    }

    @CrossOrigin(FRIEND)
    @GetMapping("/shared")
    String get() {
      return "get";
    }

    @GetMapping("/own")
    String own() {
      return "own";
    }
  }

  static class WithSource {
    @Bean
    CorsConfigurationSource corsConfigurationSource() {
      CorsConfiguration all = new CorsConfiguration();
      all.addAllowedOrigin(FRIEND);
      all.addAllowedMethod("*");
      UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
      source.registerCorsConfiguration("/**", all);
      return source;
    }
  }

  private static HttpResponse<String> preflight(RunningApp app, String path, String origin) {
    return app.send(
        HttpRequest.newBuilder(app.at(path))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT"));
  }

  private static HttpRequest.Builder from(RunningApp app, String path) {
    return HttpRequest.newBuilder(app.at(path)).header("Origin", FRIEND);
  }

  private static void assertReadable(HttpResponse<?> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(FRIEND);
  }

  @Test
  @DisplayName("AD-7 @CrossOrigin answers preflights, and refusals carry its fields")
  void annotation() {
    try (RunningApp app = RunningApp.withUsers(Handlers.class)) {
      assertReadable(preflight(app, "/shared", FRIEND), 200);
      assertThat(preflight(app, "/shared", "https://foe.example").statusCode()).isEqualTo(403);
      assertThat(preflight(app, "/own", FRIEND).statusCode()).isEqualTo(401);

      assertReadable(app.send(from(app, "/shared")), 401);
      assertReadable(
          app.send(
              from(app, "/shared").header("Authorization", RunningApp.basic("alice", "wrong"))),
          401);
      assertReadable(
          app.send(
              from(app, "/shared")
                  .header("Authorization", RunningApp.basic("alice", RunningApp.PASSWORD))),
          200);
      assertThat(app.send(from(app, "/own")).headers().map())
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  @DisplayName("AD-7 an OPTIONS request that is no preflight is judged as any other")
  void noPreflight() {
    try (RunningApp app = RunningApp.withUsers(Handlers.class)) {
      HttpRequest.Builder options =
          HttpRequest.newBuilder(app.at("/shared"))
              .method("OPTIONS", BodyPublishers.noBody())
              .header("Origin", FRIEND);
      assertThat(app.send(options).statusCode()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("AD-7 a CorsConfigurationSource covers the endpoints as well")
  void source() {
    try (RunningApp app = RunningApp.withUsers(WithSource.class)) {
      assertReadable(preflight(app, "/auth/login", FRIEND), 200);
      assertReadable(app.send(from(app, "/auth/me")), 401);
    }
  }
}
