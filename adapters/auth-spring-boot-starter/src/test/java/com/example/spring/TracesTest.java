package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.spring.Needs;
import dev.sallyport.testkit.WatchedTokenStore;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@DisplayName("Spring Boot: observations for traces")
class TracesTest {
  private static final String DECISION = "sallyport.decision";
  private static final String STORE = "sallyport.store";
  private static final String SERVER = "http.server.requests";

  /** Keeps what has ended, in this order. */
  static final class Ended implements ObservationHandler<Observation.Context> {
    private final Queue<Observation.Context> all = new ConcurrentLinkedQueue<>();

    @Override
    public void onStop(Observation.Context context) {
      all.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  @RestController
  static class Handlers {
    @GetMapping("/notes")
    String notes() {
      return "notes";
    }

    @Needs(role = "admin")
    @GetMapping("/admin")
    String admin() {
      return "admin";
    }
  }

  static class Observed {
    @Bean
    TestObservationRegistry observations() {
      return TestObservationRegistry.create();
    }

    @Bean
    Ended ended() {
      return new Ended();
    }

    @Bean
    WatchedTokenStore tokens() {
      return WatchedTokenStore.inMemory();
    }

    @Bean
    Handlers handlers() {
      return new Handlers();
    }
  }

  private static List<Observation.Context> ended(RunningApp app, String name) {
    return app.context().getBean(Ended.class).all.stream()
        .filter(context -> name.equals(context.getName()))
        .toList();
  }

  private static String said(Observation.Context context) {
    return context.getLowCardinalityKeyValues().stream()
        .map(KeyValue::getValue)
        .collect(Collectors.joining(" "));
  }

  private static void forget(RunningApp app) {
    app.context().getBean(TestObservationRegistry.class).clear();
    app.context().getBean(Ended.class).all.clear();
  }

  private static String parent(Observation.Context context) {
    return String.valueOf(
        Objects.requireNonNull(context.getParentObservation()).getContextView().getName());
  }

  @Test
  @DisplayName("GU-1 a decision is a child of the server's observation, a store's call one of it")
  void children() {
    try (RunningApp app = RunningApp.withUsers(Observed.class, "sallyport.prune-every=0")) {
      String cookie = Sessions.cookie(app);
      forget(app);
      assertThat(
              app.send(HttpRequest.newBuilder(app.at("/notes")).header("Cookie", cookie))
                  .statusCode())
          .isEqualTo(200);
      TestObservationRegistry observations = app.context().getBean(TestObservationRegistry.class);
      TestObservationRegistryAssert.assertThat(observations)
          .hasNumberOfObservationsWithNameEqualTo(STORE, 1)
          .hasNumberOfObservationsWithNameEqualTo(DECISION, 2)
          .hasObservationWithNameEqualTo(DECISION)
          .that()
          .hasBeenStarted()
          .hasBeenStopped();
      assertThat(ended(app, DECISION))
          .extracting(TracesTest::said)
          .containsExactly(
              "none authenticated session check", "none authenticated session authorize");
      assertThat(ended(app, DECISION)).extracting(TracesTest::parent).containsOnly(SERVER);
      assertThat(ended(app, STORE))
          .extracting(TracesTest::said)
          .containsExactly("find_with_user tokens");
      assertThat(ended(app, STORE)).extracting(TracesTest::parent).containsExactly(DECISION);
      assertThat(observations.getCurrentObservation()).isNull();
    }
  }

  @Test
  @DisplayName("GU-2 what is refused says why, by its code")
  void refusals() {
    try (RunningApp app = RunningApp.withUsers(Observed.class, "sallyport.prune-every=0")) {
      String cookie = Sessions.cookie(app);
      forget(app);
      app.get("/notes");
      app.get("/admin", "alice");
      app.send(
          HttpRequest.newBuilder(app.at("/notes"))
              .header("Authorization", RunningApp.basic("mallory", "wrong password")));
      app.context().getBean(WatchedTokenStore.class).down("find+user");
      app.send(HttpRequest.newBuilder(app.at("/notes")).header("Cookie", cookie));
      assertThat(ended(app, DECISION))
          .extracting(TracesTest::said)
          .containsExactly(
              "none anonymous none check",
              "authentication_required refused none authorize",
              "none authenticated basic check",
              "forbidden refused none authorize",
              "invalid_credentials refused none check",
              "temporarily_unavailable refused none check");
    }
  }

  @Test
  @DisplayName("EV-1 no name, no id, no address and no secret is in an observation")
  void nobody() {
    try (RunningApp app = RunningApp.withUsers(Observed.class, "sallyport.prune-every=0")) {
      String cookie = Sessions.cookie(app);
      app.send(HttpRequest.newBuilder(app.at("/notes")).header("Cookie", cookie));
      app.get("/notes", "alice");
      app.send(
          HttpRequest.newBuilder(app.at("/notes"))
              .header("Authorization", RunningApp.basic("mallory", "wrong password")));
      List<Observation.Context> ours =
          app.context().getBean(Ended.class).all.stream()
              .filter(context -> String.valueOf(context.getName()).startsWith("sallyport."))
              .toList();
      assertThat(ours).hasSizeGreaterThan(5);
      assertThat(ours)
          .allSatisfy(
              context -> {
                assertThat(context.getHighCardinalityKeyValues()).isEmpty();
                assertThat(context.getName() + context.getContextualName() + said(context))
                    .doesNotContain("alice", "mallory", "127.0.0.1", cookie);
              });
    }
  }

  static class OwnGuard extends Observed {
    private final AtomicInteger decisions = new AtomicInteger();

    @Bean
    AtomicInteger decisions() {
      return decisions;
    }

    @Bean
    Guard guard(AuthConfiguration configuration) {
      return configuration
          .guard()
          .observedBy(
              (step, request) -> {
                decisions.incrementAndGet();
                return decision -> {};
              });
    }
  }

  @Test
  @DisplayName("GU-1 an observer of the host's own keeps its place")
  void ownObserver() {
    try (RunningApp app = RunningApp.withUsers(OwnGuard.class, "sallyport.prune-every=0")) {
      assertThat(app.get("/notes", "alice").statusCode()).isEqualTo(200);
      assertThat(app.context().getBean(AtomicInteger.class)).hasValue(2);
      assertThat(ended(app, DECISION)).isEmpty();
    }
  }

  static class Nothing {
    @Bean
    WatchedTokenStore tokens() {
      return WatchedTokenStore.inMemory();
    }
  }

  @Test
  @DisplayName("without a registry of either kind, nothing stands around guard and stores")
  void off() {
    String none =
        "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
            + ".autoconfigure.ObservationAutoConfiguration"
            + ",org.springframework.boot.micrometer.metrics.autoconfigure"
            + ".MetricsAutoConfiguration"
            + ",org.springframework.boot.micrometer.metrics.autoconfigure.export.simple"
            + ".SimpleMetricsExportAutoConfiguration"
            + ",org.springframework.boot.micrometer.metrics.autoconfigure"
            + ".CompositeMeterRegistryAutoConfiguration";
    try (RunningApp app = RunningApp.withUsers(Nothing.class, none)) {
      assertThat(app.context().getBeanNamesForType(ObservationRegistry.class)).isEmpty();
      assertThat(app.context().getBean(Sallyport.class).tokens())
          .isSameAs(app.context().getBean(WatchedTokenStore.class));
      assertThat(app.context().getBean(Guard.class)).isNotNull();
      assertThat(app.get("/auth/me", "alice").statusCode()).isEqualTo(200);
    }
  }
}
