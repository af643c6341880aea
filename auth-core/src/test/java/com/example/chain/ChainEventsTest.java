package com.example.chain;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One event for each decision of a chain. */
class ChainEventsTest {
  private static final Instant NOW = Instant.parse("2031-02-03T04:05:06Z");

  private final RecordingListener heard = new RecordingListener();
  private final InetAddress client = InetAddress.getByName("203.0.113.9");

  ChainEventsTest() throws UnknownHostException {}

  private AuthResult ask(Probe... members) {
    return AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(SettableClock.at(NOW)).withListener(heard),
            members)
        .authenticate(TestRequest.get("/").from("203.0.113.9").build());
  }

  @Test
  @DisplayName("EV-1, row 105 a success is one event with time, scheme, user and client")
  void success() {
    ask(Probe.accepting("basic"));
    assertThat(heard.events())
        .containsExactly(new AuthEvent.RequestAuthenticated(NOW, "basic", "id-of-basic", client));
  }

  @Test
  @DisplayName("EV-1, row 105 a refusal is one event with the true reason and the subject")
  void refusal() {
    ask(Probe.of("m", r -> Rejected.of("basic", Probe.WRONG).withSubject("alice")));
    assertThat(heard.events())
        .containsExactly(
            new AuthEvent.AuthenticationFailed(NOW, "basic", "wrong", "alice", client));
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @DisplayName("EV-1 every kind of refusal is one event; throttling has its own")
  void kinds(Refusal refusal) {
    ask(Probe.of("m", r -> Rejected.of("basic", new Reason("why", refusal))));
    assertThat(heard.events())
        .containsExactly(
            refusal == Refusal.THROTTLED
                ? new AuthEvent.Throttled(NOW, "basic", null, client)
                : new AuthEvent.AuthenticationFailed(NOW, "basic", "why", null, client));
  }

  @Test
  @DisplayName("EV-1 throttling names the subject, if there is one")
  void throttled() {
    Reason throttled = new Reason("waiting", Refusal.THROTTLED);
    ask(
        Probe.of(
            "m",
            r ->
                Rejected.of("basic", throttled)
                    .withSubject("alice")
                    .withRetryAfter(Duration.ofSeconds(2))));
    assertThat(heard.events())
        .containsExactly(new AuthEvent.Throttled(NOW, "basic", "alice", client));
  }

  @Test
  @DisplayName("EV-1 an anonymous request is no event, and neither are computed challenges")
  void anonymous() {
    ask(Probe.abstaining("a", Challenge.of("Basic", "api")));
    AuthenticatorChain.of(AuthEnvironment.standard().withListener(heard), Probe.abstaining("a"))
        .challenges(TestRequest.get("/").build());
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("EV-1 a listener that throws harms no decision")
  void throwingListener() {
    AuthListener faulty =
        event -> {
          throw new IllegalStateException("listener");
        };
    AuthenticatorChain good =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(faulty), Probe.accepting("a"));
    AuthenticatorChain bad =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(faulty), Probe.rejecting("a"));
    assertThatResult(good.authenticate(TestRequest.get("/").build())).isAuthenticatedAs("a");
    assertThatResult(bad.authenticate(TestRequest.get("/").build())).isRejected(Probe.WRONG);
  }

  @Test
  @DisplayName("EV-1 a subject is clipped, so that an event stays small")
  void clipped() {
    ask(Probe.of("m", r -> Rejected.of("basic", Probe.WRONG).withSubject("x".repeat(10_000))));
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .singleElement()
        .extracting(AuthEvent.AuthenticationFailed::subject)
        .isEqualTo("x".repeat(150));
  }
}
