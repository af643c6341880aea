package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

@DisplayName("Spring Boot: behind a proxy")
class ProxiesTest {
  private static final String[] TRUSTED = {
    "auth.trusted-proxies=127.0.0.0/8,::1", "auth.transport=required"
  };

  @Controller
  static class Handlers {
    @PermitAll
    @ResponseBody
    @GetMapping("/seen")
    String seen(HttpServletRequest request) {
      return "%s %s %s %s"
          .formatted(
              request.getRemoteAddr(),
              request.isSecure(),
              request.getServerPort(),
              request.getRequestURL());
    }

    @PermitAll
    @GetMapping("/moved")
    String moved() {
      return "redirect:/seen";
    }

    @ResponseBody
    @PostMapping("/posted")
    String posted() {
      return "posted";
    }
  }

  @Import({Handlers.class, CorsTest.WithSource.class})
  static class Application {}

  private static HttpRequest.Builder forwarded(RunningApp app, String path) {
    return HttpRequest.newBuilder(app.at(path))
        .header("X-Forwarded-For", "203.0.113.7")
        .header("X-Forwarded-Proto", "https");
  }

  @Test
  @DisplayName("TH-5 handlers see the client and the scheme that a trusted proxy reports")
  void trusted() {
    try (RunningApp app = RunningApp.withUsers(Application.class, TRUSTED)) {
      int port = app.at("/").getPort();
      assertThat(app.send(forwarded(app, "/seen")).body())
          .isEqualTo("203.0.113.7 true %1$d https://localhost:%1$d/seen", port);
      assertThat(app.get("/seen").body())
          .isEqualTo("127.0.0.1 false %1$d http://localhost:%1$d/seen", port);

      HttpResponse<String> moved = app.send(forwarded(app, "/moved"));
      assertThat(moved.headers().firstValue("Location")).hasValue("/seen");
    }
  }

  @Test
  @DisplayName("GU-5 credentials are taken over the proxy's TLS, and not without")
  void credentials() {
    try (RunningApp app = RunningApp.withUsers(Application.class, TRUSTED)) {
      String alice = RunningApp.basic("alice", RunningApp.PASSWORD);
      assertThat(app.send(forwarded(app, "/auth/me").header("Authorization", alice)).statusCode())
          .isEqualTo(200);
      assertThat(app.get("/auth/me", "alice").statusCode()).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("AD-7 the own origin behind TLS of a proxy is not taken for another")
  void ownOrigin() {
    for (Class<?> host : List.of(Application.class, WithFilter.class)) {
      try (RunningApp app = RunningApp.withUsers(host, TRUSTED)) {
        String own = "https://localhost:" + app.at("/").getPort();
        assertThat(app.send(posted(app, own)).body()).as(host.getName()).isEqualTo("posted");
        HttpRequest.Builder stranger = posted(app, "https://stranger.example");
        assertThat(app.send(stranger).statusCode()).as(host.getName()).isEqualTo(403);
      }
    }
  }

  @Test
  @DisplayName("AD-7 an Origin that is none is refused, and is no defect of the host's")
  void noOrigin() {
    try (RunningApp app = RunningApp.withUsers(Application.class, TRUSTED)) {
      for (String origin : List.of("https://[", "https://a:x", "https://a:99999999999")) {
        assertThat(app.send(posted(app, origin)).statusCode()).as(origin).isEqualTo(403);
      }
    }
  }

  private static HttpRequest.Builder posted(RunningApp app, String origin) {
    return forwarded(app, "/posted")
        .header("Origin", origin)
        .header("Authorization", RunningApp.basic("alice", RunningApp.PASSWORD))
        .POST(BodyPublishers.noBody());
  }

  /** One whose own filter knows one other origin. */
  @Import(Handlers.class)
  static class WithFilter {
    @Bean
    CorsFilter cors() {
      CorsConfiguration friend = new CorsConfiguration();
      friend.addAllowedOrigin("https://friend.example");
      return new CorsFilter(request -> friend);
    }
  }

  @Test
  @DisplayName("TH-5 from anybody else, the fields say nothing")
  void stranger() {
    try (RunningApp app =
        RunningApp.withUsers(
            Application.class, "auth.trusted-proxies=10.0.0.0/8", "auth.transport=required")) {
      assertThat(app.send(forwarded(app, "/seen")).body()).startsWith("127.0.0.1 false ");
    }
    try (RunningApp app = RunningApp.withUsers(Application.class)) {
      assertThat(app.send(forwarded(app, "/seen")).body()).startsWith("127.0.0.1 false ");
    }
  }
}
