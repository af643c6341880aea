package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.Password;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

@DisplayName("Spring Boot: the dependency and a CredentialStore")
class FirstMinuteTest {
  static class OwnStore {
    /** Two methods, as of a host with its own table. */
    @Bean
    CredentialStore users() {
      User alice =
          User.builder("1", RunningApp.ALICE)
              .passwordHash(
                  dev.sallyport.password.BcryptHasher.ofCost(10)
                      .hash(Password.of(RunningApp.PASSWORD), new java.security.SecureRandom()))
              .build();
      return new CredentialStore() {
        @Override
        public Optional<User> findByName(String name) {
          return name.equals(alice.name()) ? Optional.of(alice) : Optional.empty();
        }

        @Override
        public Optional<User> findById(String id) {
          return id.equals(alice.id()) ? Optional.of(alice) : Optional.empty();
        }
      };
    }
  }

  private static HttpRequest.Builder post(RunningApp app, String path, String json) {
    return HttpRequest.newBuilder(app.at(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  @Test
  @DisplayName("AD-8 GET / is 401 with a problem body; GU-2 /auth/me with Basic is 200")
  void secured() {
    try (RunningApp app = RunningApp.of(OwnStore.class)) {
      HttpResponse<String> anonymous = app.get("/");
      assertThat(anonymous.statusCode()).isEqualTo(401);
      assertThat(anonymous.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
      assertThat(anonymous.headers().allValues("WWW-Authenticate")).isNotEmpty();
      assertThat(anonymous.body()).contains("authentication_required");

      HttpResponse<String> me = app.get("/auth/me", RunningApp.ALICE);
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.body()).contains("\"username\":\"alice\"");
      assertThat(app.get("/", RunningApp.ALICE).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("HT: users that are changed elsewhere log in here; sign-up is 404")
  void readOnly() {
    try (RunningApp app = RunningApp.of(OwnStore.class)) {
      String json = "{\"username\":\"alice\",\"password\":\"%s\"}".formatted(RunningApp.PASSWORD);
      HttpResponse<String> login = app.send(post(app, "/auth/login", json));
      assertThat(login.statusCode()).isEqualTo(200);
      assertThat(login.headers().firstValue("Set-Cookie")).isPresent();
      assertThat(app.send(post(app, "/auth/register", json)).statusCode()).isEqualTo(404);
      assertThat(app.send(post(app, "/auth/logout-all", "{}")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("HT: an account store has sign-up as well, unless readOnlyUsers says no")
  void signUp() {
    String json = "{\"username\":\"carol\",\"password\":\"%s\"}".formatted(RunningApp.PASSWORD);
    try (RunningApp app = RunningApp.withUsers(RunningApp.Nothing.class)) {
      assertThat(app.send(post(app, "/auth/register", json)).statusCode()).isEqualTo(201);
    }
    try (RunningApp app =
        RunningApp.withUsers(RunningApp.Nothing.class, "sallyport.read-only-users=true")) {
      assertThat(app.send(post(app, "/auth/register", json)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("AD-3 a context path is where endpoints and cookies are")
  void contextPath() {
    try (RunningApp app = RunningApp.of(OwnStore.class, "server.servlet.context-path=/app")) {
      assertThat(app.get("/app/").statusCode()).isEqualTo(401);
      assertThat(app.get("/app/auth/me", RunningApp.ALICE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("sallyport.enabled=false switches all off")
  void disabled() {
    try (RunningApp app = RunningApp.of(OwnStore.class, "sallyport.enabled=false")) {
      assertThat(app.get("/").statusCode()).isEqualTo(404);
      assertThat(app.context().getBeanNamesForType(AccountStore.class)).isEmpty();
    }
  }
}
