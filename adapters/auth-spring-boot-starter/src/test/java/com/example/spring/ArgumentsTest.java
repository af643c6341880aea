package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@DisplayName("Spring Boot: the caller as an argument")
class ArgumentsTest {
  private static RunningApp app;

  record Member(String nickname) {}

  @RestController
  static class Handlers {
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
  }

  @Import(Handlers.class)
  static class Application {
    /** Bob is no member. */
    @Bean
    Converter<Authenticated, Member> members() {
      return new Converter<>() {
        @Override
        public @org.jspecify.annotations.Nullable Member convert(Authenticated who) {
          return who.principal().name().equals("alice") ? new Member("Al") : null;
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    app = RunningApp.withUsers(Application.class);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authenticated", "/principal", "/java-principal"})
  @DisplayName("AD-5 the caller, as the library or the servlet API knows them")
  void caller(String path) {
    assertThat(app.get(path, "alice").body()).isEqualTo("alice");
    assertThat(app.get(path).statusCode()).isEqualTo(401);
    assertThat(app.get(path).headers().allValues("WWW-Authenticate")).isNotEmpty();
  }

  @Test
  @DisplayName("AD-5 the caller as a type of the host's, by its own converter")
  void ownType() {
    assertThat(app.get("/member", "alice").body()).isEqualTo("Al");
    assertThat(app.get("/member").statusCode()).isEqualTo(401);
    assertThat(app.get("/member", "bob").statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("AD-5 an Optional is empty for nobody")
  void optional() {
    assertThat(app.get("/optional").body()).isEqualTo("nobody/nobody");
    assertThat(app.get("/optional", "alice").body()).isEqualTo("alice/Al");
    assertThat(app.get("/optional", "bob").body()).isEqualTo("bob/nobody");
  }
}
