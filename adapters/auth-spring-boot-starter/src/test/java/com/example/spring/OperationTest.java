package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Permission;
import dev.sallyport.spring.RoutePermissions;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

@DisplayName("Spring Boot: operation")
class OperationTest {
  static class Metered {
    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }

  static class Failing {
    private final AtomicBoolean isDown = new AtomicBoolean();

    @Bean
    AtomicBoolean isDown() {
      return isDown;
    }

    @Bean
    CredentialStore users() {
      return new CredentialStore() {
        @Override
        public Optional<User> findByName(String name) {
          return findById(name);
        }

        @Override
        public Optional<User> findById(String id) {
          if (isDown.get()) {
            throw new StoreUnavailableException("switched off");
          }
          return Optional.empty();
        }
      };
    }

    @Bean
    RoutePermissions routePermissions() {
      return RoutePermissions.of(Map.of("/actuator/health", Permission.anyone()));
    }
  }

  private static HttpRequest.Builder wrong(RunningApp app, String name) {
    return HttpRequest.newBuilder(app.at("/"))
        .header("Authorization", RunningApp.basic(name, "wrong password"));
  }

  @Test
  @DisplayName("EV-1 events are meters, whose tags no client can choose")
  void meters() {
    try (RunningApp app = RunningApp.withUsers(Metered.class)) {
      app.get("/", "alice");
      app.send(wrong(app, "alice"));
      app.send(wrong(app, "mallory-1"));
      app.send(wrong(app, "mallory-2"));
      MeterRegistry registry = app.context().getBean(MeterRegistry.class);
      assertThat(
              registry
                  .get("sallyport.authentications")
                  .tags("scheme", "basic", "outcome", "authenticated", "reason", "none")
                  .counter()
                  .count())
          .isEqualTo(1);
      assertThat(registry.find("sallyport.authentications").tag("outcome", "rejected").counters())
          .hasSizeLessThanOrEqualTo(2);
      assertThat(registry.getMeters())
          .noneMatch(meter -> meter.getId().toString().contains("mallory"));
    }
  }

  @Test
  @DisplayName("EV-1 however many names there are, and even reasons, the series are bounded")
  void bounded() {
    try (RunningApp app = RunningApp.withUsers(Metered.class)) {
      AuthEnvironment environment = app.context().getBean(AuthEnvironment.class);
      InetAddress client = InetAddress.getLoopbackAddress();
      for (int i = 0; i < 5_000; i++) {
        environment.publish(
            new AuthEvent.AuthenticationFailed(
                environment.now(), "basic", "invalid_credentials", "name-" + i, client));
        environment.publish(
            new AuthEvent.AuthenticationFailed(
                environment.now(), "scheme-" + i, "reason-" + i, null, client));
      }
      MeterRegistry registry = app.context().getBean(MeterRegistry.class);
      assertThat(registry.getMeters()).hasSizeLessThan(500);
      assertThat(
              registry.get("sallyport.authentications").counters().stream()
                  .mapToDouble(Counter::count)
                  .sum())
          .isEqualTo(10_000);
    }
  }

  @Test
  @DisplayName("AD-8 the actuator is protected; health can be opened, and tells of an outage")
  void health() {
    try (RunningApp app =
        RunningApp.of(Failing.class, "management.endpoints.web.exposure.include=*")) {
      assertThat(app.get("/actuator").statusCode()).isEqualTo(401);
      assertThat(app.get("/actuator/env").statusCode()).isEqualTo(401);
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
      app.context().getBean(AtomicBoolean.class).set(true);
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/manage"})
  @DisplayName("AD-8 an actuator on a port of its own has the same guard and the same table")
  void managementPort(String base) {
    try (RunningApp app =
        RunningApp.of(
            Failing.class,
            "server.servlet.context-path=/app",
            "management.server.port=0",
            "management.server.base-path=" + base,
            "management.endpoints.web.exposure.include=*")) {
      String port = app.context().getEnvironment().getProperty("local.management.port");
      String root = "http://localhost:" + port + base + "/actuator";
      assertThat(app.send(HttpRequest.newBuilder(URI.create(root + "/env"))).statusCode())
          .isEqualTo(401);
      assertThat(app.send(HttpRequest.newBuilder(URI.create(root + "/health"))).statusCode())
          .isEqualTo(200);
    }
  }

  static class Hanging {
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Bean
    CountDownLatch answers() {
      return answers;
    }

    @Bean
    AtomicInteger asked() {
      return asked;
    }

    @Bean
    CredentialStore users() {
      return new CredentialStore() {
        @Override
        public Optional<User> findByName(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<User> findById(String id) {
          asked.incrementAndGet();
          try {
            answers.await();
          } catch (InterruptedException e) {
            throw new StoreUnavailableException("interrupted");
          }
          return Optional.empty();
        }
      };
    }

    @Bean
    RoutePermissions routePermissions() {
      return RoutePermissions.of(Map.of("/actuator/health", Permission.anyone()));
    }
  }

  @Test
  @Timeout(60)
  @DisplayName("ST-6 a store that hangs is DOWN, and is asked by one thread at a time")
  void hangingStore() {
    try (RunningApp app = RunningApp.of(Hanging.class)) {
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(503);
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(503);
      assertThat(app.context().getBean(AtomicInteger.class)).hasValue(1);
      app.context().getBean(CountDownLatch.class).countDown();
      while (app.get("/actuator/health").statusCode() != 200) {
        Thread.onSpinWait();
      }
    }
  }
}
