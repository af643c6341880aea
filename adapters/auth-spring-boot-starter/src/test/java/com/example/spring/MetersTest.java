package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Client;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.WatchedTokenStore;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@DisplayName("Spring Boot: meters of hashing and of stores")
class MetersTest {
  private static final String NO_OBSERVATIONS =
      "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation.autoconfigure"
          + ".ObservationAutoConfiguration";

  static class Metered {
    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }

    @Bean
    WatchedTokenStore tokens() {
      return WatchedTokenStore.inMemory();
    }
  }

  /** A database that counts how often it is asked. */
  static class InDatabase {
    private final AtomicInteger asked = new AtomicInteger();

    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }

    @Bean
    AtomicInteger asked() {
      return asked;
    }

    @Bean
    DataSource dataSource() {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL("jdbc:h2:mem:" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1");
      return new DelegatingDataSource(source) {
        @Override
        public Connection getConnection() throws SQLException {
          asked.incrementAndGet();
          return super.getConnection();
        }
      };
    }
  }

  /** Holds whoever has a turn, until it is let go. */
  static class Slow extends Metered {
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @Bean
    CountDownLatch letGo() {
      return letGo;
    }

    @Bean
    CountDownLatch begun() {
      return begun;
    }

    @Bean
    PasswordHasher hasher() {
      CheapHasher cheap = CheapHasher.create();
      return new PasswordHasher() {
        @Override
        public boolean recognises(String stored) {
          return cheap.recognises(stored);
        }

        @Override
        public boolean verify(Password password, String stored) {
          begun.countDown();
          try {
            letGo.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return cheap.verify(password, stored);
        }

        @Override
        public String hash(Password password, SecureRandom random) {
          return cheap.hash(password, random);
        }

        @Override
        public boolean isCurrent(String stored) {
          return cheap.isCurrent(stored);
        }

        @Override
        public boolean accepts(Password password) {
          return cheap.accepts(password);
        }

        @Override
        public int maxBytes() {
          return cheap.maxBytes();
        }
      };
    }
  }

  private static MeterRegistry meters(RunningApp app) {
    return app.context().getBean(MeterRegistry.class);
  }

  private static double gauge(RunningApp app, String name) {
    return meters(app).get("sallyport.hashing." + name).gauge().value();
  }

  @Test
  @Timeout(60)
  @DisplayName("PW-4 turns, those that are taken, and waits are meters")
  void hashing() throws InterruptedException {
    try (RunningApp app =
        RunningApp.withUsers(Slow.class, "auth.passwords.max-concurrent-hashes=1")) {
      assertThat(gauge(app, "turns.max")).isEqualTo(1);
      assertThat(gauge(app, "turns.taken")).isZero();
      assertThat(gauge(app, "waiting")).isZero();
      Thread first = new Thread(() -> app.get("/", "alice"));
      first.start();
      app.context().getBean("begun", CountDownLatch.class).await();
      assertThat(gauge(app, "turns.taken")).isEqualTo(1);
      Thread second = new Thread(() -> app.get("/", "bob"));
      second.start();
      while (gauge(app, "waiting") < 1) {
        Thread.onSpinWait();
      }
      app.context().getBean("letGo", CountDownLatch.class).countDown();
      first.join();
      second.join();
      assertThat(gauge(app, "turns.taken")).isZero();
      FunctionTimer waits = meters(app).get("sallyport.hashing.wait").functionTimer();
      assertThat(waits.count()).isEqualTo(1);
      assertThat(waits.totalTime(waits.baseTimeUnit())).isPositive();
    }
  }

  /** The operations of stores that were timed, as often as they were. */
  private static List<String> timed(RunningApp app) {
    return meters(app).find("sallyport.store").timers().stream()
        .filter(timer -> timer.count() > 0)
        .map(MetersTest::shown)
        .sorted()
        .toList();
  }

  private static String shown(Timer timer) {
    return timer.getId().getTag("store")
        + " "
        + timer.getId().getTag("operation")
        + " "
        + timer.count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sallyport.prune-every=0", NO_OBSERVATIONS})
  @DisplayName("EV-1, TK-4: calls of stores are timed, and a session's request is still one")
  void oneCall(String setting) {
    try (RunningApp app = RunningApp.withUsers(Metered.class, setting)) {
      HttpRequest.Builder page = withSession(app);
      meters(app).find("sallyport.store").timers().forEach(meters(app)::remove);
      WatchedTokenStore tokens = app.context().getBean(WatchedTokenStore.class);
      tokens.forget();
      assertThat(app.send(page).statusCode()).isEqualTo(200);
      assertThat(tokens.calls()).containsExactly("find+user");
      assertThat(timed(app)).containsExactly("tokens find_with_user 1");
      Set<String> tags =
          meters(app).get("sallyport.store").timers().stream()
              .flatMap(timer -> timer.getId().getTags().stream())
              .map(Tag::getKey)
              .collect(Collectors.toSet());
      assertThat(tags).containsExactlyInAnyOrder("store", "operation", "error");
    }
  }

  private static HttpRequest.Builder withSession(RunningApp app) {
    return HttpRequest.newBuilder(app.at("/auth/me")).header("Cookie", Sessions.cookie(app));
  }

  @Test
  @DisplayName("ST-4 with users and sessions in one database, that call is one statement")
  void oneStatement() {
    try (RunningApp app =
        RunningApp.of(
            InDatabase.class, "sallyport.jdbc.create-schema=true", "sallyport.prune-every=0")) {
      Sessions.register(app);
      HttpRequest.Builder page = withSession(app);
      AtomicInteger asked = app.context().getBean(AtomicInteger.class);
      asked.set(0);
      assertThat(app.send(page).statusCode()).isEqualTo(200);
      assertThat(asked).hasValue(1);
      assertThat(timed(app)).contains("tokens find_with_user 1").noneMatch(MetersTest::isById);
    }
  }

  private static boolean isById(String timed) {
    return timed.startsWith("users find_by_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sallyport.prune-every=0", NO_OBSERVATIONS})
  @DisplayName("CH-6 an outage is told apart, by the exception's type")
  void outage(String setting) {
    try (RunningApp app = RunningApp.withUsers(Metered.class, setting)) {
      HttpRequest.Builder page = withSession(app);
      app.context().getBean(WatchedTokenStore.class).down("find+user");
      assertThat(app.send(page).statusCode()).isEqualTo(503);
      assertThat(
              meters(app)
                  .get("sallyport.store")
                  .tags("operation", "find_with_user", "error", "StoreUnavailableException")
                  .timer()
                  .count())
          .isEqualTo(1);
    }
  }

  private static long ours(RunningApp app) {
    return meters(app).getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("sallyport."))
        .count();
  }

  @Test
  @DisplayName("EV-1 a million names make no series")
  void bounded() {
    try (RunningApp app = RunningApp.withUsers(Metered.class)) {
      AuthListener listener = app.context().getBean("sallyportMeters", AuthListener.class);
      Sallyport auth = app.context().getBean(Sallyport.class);
      CredentialStore users = auth.users();
      Client client = new Client(InetAddress.getLoopbackAddress(), "");
      Instant now = Instant.EPOCH;
      users.findByName("mallory");
      listener.onEvent(
          new AuthEvent.AuthenticationFailed(now, "basic", "unknown_user", "m", client.address()));
      listener.onEvent(new AuthEvent.Throttled(now, "basic", "m", client.address()));
      long before = ours(app);
      for (int i = 0; i < 1_000_000; i++) {
        String name = "mallory-" + i;
        listener.onEvent(
            new AuthEvent.AuthenticationFailed(
                now, "basic", "unknown_user", name, client.address()));
        listener.onEvent(new AuthEvent.Throttled(now, "basic", name, client.address()));
        if (i % 10 == 0) {
          users.findByName(name);
        }
      }
      assertThat(ours(app)).isEqualTo(before);
    }
  }
}
