package com.example.spring;

import dev.sallyport.password.PasswordHasher;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(
    classes = {RunningApp.Boot.class, RealChainTest.Fixtures.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "auth.transport=optional-on-loopback-for-development",
      "sallyport.users.alice.password=" + RunningApp.PASSWORD,
      "spring.autoconfigure.exclude=" + RunningApp.NO_JETTY + "," + RunningApp.NO_DATA_SOURCE
    })
@DisplayName("Spring Boot: tests of the host through the real chain")
class RealChainTest {
  static {
    Quiet.hosts();
  }

  private final RestTestClient client;
  private final SettableClock clock;

  @Autowired
  RealChainTest(@LocalServerPort int port, SettableClock clock) {
    // The client that is found by itself may keep cookies, and send them a second time.
    this.client =
        RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
            .baseUrl("http://localhost:" + port)
            .build();
    this.clock = clock;
  }

  @TestConfiguration
  static class Fixtures {
    @Bean
    SettableClock clock() {
      return SettableClock.create();
    }

    @Bean
    PasswordHasher hasher() {
      return CheapHasher.create();
    }
  }

  private ResponseCookie logIn(String name, String password) {
    return Objects.requireNonNull(
        client
            .post()
            .uri("/auth/login")
            .contentType(MediaType.APPLICATION_JSON)
            .body("{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password))
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult()
            .getResponseCookies()
            .getFirst("dev-session"));
  }

  private RestTestClient.ResponseSpec me(ResponseCookie session) {
    return client.get().uri("/auth/me").cookie(session.getName(), session.getValue()).exchange();
  }

  @Test
  @DisplayName("SE-3 a session of the real chain ends by the test's clock")
  void session() {
    ResponseCookie session = logIn("alice", RunningApp.PASSWORD);
    me(session).expectStatus().isOk();
    clock.advance(Duration.ofMinutes(30));
    me(session).expectStatus().isUnauthorized();
  }
}
