package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.ChainTrace.Outcome;
import dev.sallyport.ChainTrace.Step;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a chain tells the way to its result. */
class ChainTraceTest {
  private final SettableClock clock = SettableClock.create();

  /** A member that takes so long, by the chain's clock. */
  private Probe taking(String name, long millis, AuthResult result) {
    return Probe.of(
        name,
        request -> {
          clock.advance(Duration.ofMillis(millis));
          return result;
        });
  }

  @Test
  @DisplayName("CH-9, CH-11 each member's verdict, reason and time by the injected clock")
  void steps() {
    AuthResult accepted = Probe.user("basic");
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(clock),
            taking("token", 3, NotAttempted.OTHER_SCHEME),
            taking("session", 40, NotAttempted.stale("expired")),
            taking("basic", 500, accepted),
            taking("never", 1, accepted));

    ChainTrace trace = chain.trace(TestRequest.get("/").build());

    assertThat(trace.result()).isSameAs(accepted);
    assertThat(trace.steps())
        .containsExactly(
            new Step("token", Outcome.NOT_ATTEMPTED, "other_scheme", Duration.ofMillis(3)),
            new Step("session", Outcome.NOT_ATTEMPTED, "expired", Duration.ofMillis(40)),
            new Step("basic", Outcome.AUTHENTICATED, "", Duration.ofMillis(500)))
        .isUnmodifiable();
  }

  @Test
  @DisplayName("CH-9 a rejection is traced with its true reason")
  void rejected() {
    Rejected rejected = Rejected.of("basic", Probe.WRONG);
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(clock), taking("basic", 7, rejected));
    ChainTrace trace = chain.trace(TestRequest.get("/").build());
    assertThat(trace.result()).isSameAs(rejected);
    assertThat(trace.steps())
        .containsExactly(new Step("basic", Outcome.REJECTED, "wrong", Duration.ofMillis(7)));
  }

  @Test
  @DisplayName("CH-9, CH-5 where the chain rejects by itself nobody was asked")
  void refusedByTheChain() {
    AuthenticatorChain chain = AuthenticatorChain.of(Probe.accepting("a"));
    AuthRequest request =
        TestRequest.get("/").header("Authorization", "a").header("Authorization", "b").build();
    ChainTrace trace = chain.trace(request);
    assertThat(trace.steps()).isEmpty();
    assertThat(((Rejected) trace.result()).reason()).isEqualTo(Reason.SEVERAL_CREDENTIALS);
  }

  @Test
  @DisplayName("CH-9, CH-4 unclaimed credentials are in the result; the steps show who passed")
  void unclaimed() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(Probe.abstaining("b", Challenge.of("Bearer", "api")));
    AuthRequest request = TestRequest.get("/").header("Authorization", "Bearer x").build();
    ChainTrace trace = chain.trace(request);
    assertThat(trace.result()).hasToString("Rejected[b, unclaimed_token]");
    assertThat(trace.steps())
        .extracting(Step::outcome)
        .containsExactly(ChainTrace.Outcome.NOT_ATTEMPTED);
  }

  @Test
  @DisplayName("CH-9, EV-1 a trace raises the events of a plain call")
  void events() {
    RecordingListener plain = new RecordingListener();
    RecordingListener traced = new RecordingListener();
    AuthRequest request = TestRequest.get("/").build();
    Probe[] members = {
      Probe.of("session", r -> NotAttempted.stale("expired")), Probe.rejecting("basic")
    };
    AuthenticatorChain.of(AuthEnvironment.standard().withClock(clock).withListener(plain), members)
        .authenticate(request);
    AuthenticatorChain.of(AuthEnvironment.standard().withClock(clock).withListener(traced), members)
        .trace(request);
    assertThat(traced.events()).hasSize(2).isEqualTo(plain.events());
  }

  @Test
  @DisplayName("CH-9, PW-6 a trace shows nothing that the client sent")
  void noSecrets() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            Probe.of(
                "basic", r -> Rejected.of("basic", Probe.WRONG).withSubject("s3cret-subject")));
    AuthRequest request =
        TestRequest.get("/?t=s3cret-query").header("Authorization", "Basic s3cret-header").build();
    assertThat(chain.trace(request).toString()).doesNotContain("s3cret");
  }

  @Test
  @DisplayName("CH-9 the time is read for a trace only, and for events")
  void clockIsReadOnDemand() {
    List<Instant> read = new ArrayList<>();
    Clock counting =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return clock.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            read.add(clock.instant());
            return clock.instant();
          }
        };
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(counting),
            Probe.abstaining("a"),
            Probe.abstaining("b"));
    chain.authenticate(TestRequest.get("/").build());
    assertThat(read).isEmpty();
    chain.trace(TestRequest.get("/").build());
    assertThat(read).hasSize(4);
  }
}
