package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all parts of a host share. */
class AuthEnvironmentTest {
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8"));
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

  private final SettableClock clock = SettableClock.create();
  private final RecordingListener events = new RecordingListener();
  private final AuthEnvironment environment =
      AuthEnvironment.standard().withClock(clock).withListener(events);

  @Test
  @DisplayName(
      "SP-3, GU-5, CH-11 nothing said is safe: HTTPS, own origin, no proxy, counts of its own")
  void standard() {
    AuthEnvironment standard = AuthEnvironment.standard();
    assertThat(standard.clock()).isEqualTo(Clock.systemUTC());
    assertThat(standard.listener()).isSameAs(AuthListener.slf4j());
    assertThat(standard.transport()).isEqualTo(TransportSecurity.REQUIRED);
    assertThat(standard.origins()).isSameAs(OriginPolicy.ownOnly());
    assertThat(standard.proxies().isNone()).isTrue();
    assertThat(standard.tokensOutlivePasswordChange()).isFalse();
    assertThat(standard.mountPath()).isEmpty();
    assertThat(standard.counts()).isNotSameAs(AuthEnvironment.standard().counts());
    assertThat(standard).hasToString("AuthEnvironment[REQUIRED, TrustedProxies[]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "app", "/app/", "//app", "/app//x", "/a b", "/a.b", "/a;b", "/..", "/%61", "/\u00e4",
        "/app\n",
      })
  @DisplayName("AD-3 what is no mount path is refused, and shown")
  void badMountPath(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> environment.withMountPath(path))
        .withMessage("The mount path must be empty or like /app or /sites/app, not '" + path + "'");
  }

  @Test
  @DisplayName("SP-3 each change makes another environment and keeps all the rest")
  void changes() {
    SecureRandom random = new SecureRandom();
    OriginPolicy origins = OriginPolicy.trusting(List.of("https://app.example"));
    ThrottleStore counts = ThrottleStore.inMemory();
    AuthEnvironment all =
        environment
            .withRandom(random)
            .withOrigins(origins)
            .withProxies(PROXIES)
            .withCounts(counts)
            .withTokensOutlivePasswordChange(true)
            .withMountPath("/sites/my_app-2")
            .withTransport(TransportSecurity.REQUIRED)
            .withListener(events)
            .withClock(clock);
    assertThat(all.clock()).isSameAs(clock);
    assertThat(all.now()).isEqualTo(clock.instant());
    assertThat(all.random()).isSameAs(random);
    assertThat(all.listener()).isSameAs(events);
    assertThat(all.origins()).isSameAs(origins);
    assertThat(all.proxies()).isSameAs(PROXIES);
    assertThat(all.counts()).isSameAs(counts);
    assertThat(all.tokensOutlivePasswordChange()).isTrue();
    assertThat(all.mountPath()).isEqualTo("/sites/my_app-2");
    assertThat(all.withMountPath("").mountPath()).isEmpty();
    assertThat(environment.proxies().isNone()).as("the former one").isTrue();
    assertThat(environment.tokensOutlivePasswordChange()).isFalse();
  }

  @Test
  @DisplayName("GU-5 plain HTTP for development and trusted proxies can't be said together")
  void contradiction() {
    TransportSecurity development = TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
    AuthEnvironment behind = environment.withProxies(PROXIES);
    AuthEnvironment developing = environment.withTransport(development);
    assertThatIllegalArgumentException().isThrownBy(() -> behind.withTransport(development));
    assertThatIllegalArgumentException().isThrownBy(() -> developing.withProxies(PROXIES));
    assertThat(developing.transport()).isEqualTo(development);
  }

  @Test
  @DisplayName("CH-6, EV-1 an outage is one event, and comes through")
  void outage() {
    StoreUnavailableException outage = new StoreUnavailableException("away");
    assertThat(environment.<String>reportingOutage("reading", () -> "read")).isEqualTo("read");
    assertThat(events.events()).isEmpty();
    assertThatThrownBy(
            () ->
                environment.reportingOutage(
                    "reading",
                    () -> {
                      throw outage;
                    }))
        .isSameAs(outage);
    assertThat(events.events())
        .containsExactly(
            new AuthEvent.StoreOutage(
                clock.instant(), "reading", StoreUnavailableException.class.getName()));
  }

  @Test
  @DisplayName(
      "EV-1 a refusal is one event with its true reason; a throttled one is of its own kind")
  void refusals() {
    environment.report(
        Rejected.of("login", new Reason("wrong", Refusal.INVALID_CREDENTIALS)).withSubject("alice"),
        CLIENT);
    environment.report(Rejected.of("login", new Reason("waits", Refusal.THROTTLED)), CLIENT);
    assertThat(events.events())
        .containsExactly(
            new AuthEvent.AuthenticationFailed(clock.instant(), "login", "wrong", "alice", CLIENT),
            new AuthEvent.Throttled(clock.instant(), "login", null, CLIENT));
  }

  @Test
  @DisplayName("EV-1 a listener that throws harms nobody")
  void brokenListener() {
    AuthEnvironment broken =
        environment.withListener(
            event -> {
              throw new IllegalStateException("broken");
            });
    broken.publish(new AuthEvent.AccountChanged(clock.instant(), "1", "password_upgraded"));
    broken.reportOutage("reading", new StoreUnavailableException("away"));
  }

  @Test
  @DisplayName("CH-1 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> environment.withClock(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withRandom(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withListener(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withTransport(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withOrigins(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withProxies(null));
    assertThatNullPointerException().isThrownBy(() -> environment.withCounts(null));
  }
}
