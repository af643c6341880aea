package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no result: outages, defects, null. */
class ChainFailuresTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  private final RecordingListener heard = new RecordingListener();
  private final SettableClock clock = SettableClock.create();
  private final Probe next = Probe.accepting("next");

  private AuthenticatorChain chain(Probe first) {
    return AuthenticatorChain.of(
        AuthEnvironment.standard().withClock(clock).withListener(heard), first, next);
  }

  private static Probe throwing(Throwable thrown) {
    return Probe.of(
        "first",
        request -> {
          sneak(thrown);
          return null;
        });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  @DisplayName(
      "CH-6, row 8 an outage comes through as the same exception, and nobody else is asked")
  void outage() {
    StoreUnavailableException down =
        new StoreUnavailableException("users are away", new IllegalStateException("s3cret-dsn"));
    AuthenticatorChain chain = chain(throwing(down));

    assertThatThrownBy(() -> chain.authenticate(REQUEST)).isSameAs(down);
    assertThat(next.asked()).isZero();
    assertThatThrownBy(() -> chain.trace(REQUEST)).isSameAs(down);

    AuthEvent expected =
        new AuthEvent.StoreOutage(
            clock.instant(), "first", "dev.sallyport.StoreUnavailableException");
    assertThat(heard.events())
        .as("one event each, which counts as no failed attempt and holds no text of the store's")
        .containsExactly(expected, expected);
  }

  @Test
  @DisplayName("CH-6 an outage of a store's own type is named by that type")
  void outageSubtype() {
    class ReplicaLagging extends StoreUnavailableException {
      private static final long serialVersionUID = 1L;

      ReplicaLagging() {
        super("lag");
      }
    }
    AuthenticatorChain chain = chain(throwing(new ReplicaLagging()));
    assertThatThrownBy(() -> chain.authenticate(REQUEST)).isInstanceOf(ReplicaLagging.class);
    assertThat(heard.events(AuthEvent.StoreOutage.class))
        .extracting(AuthEvent.StoreOutage::fault)
        .containsExactly(ReplicaLagging.class.getName());
  }

  static List<Throwable> defects() {
    return List.of(
        new IllegalStateException("defect"),
        new NullPointerException(),
        new UncheckedIOException(new IOException("io")),
        new IOException("checked, and thrown all the same"),
        new StackOverflowError(),
        new AssertionError());
  }

  @ParameterizedTest
  @MethodSource("defects")
  @DisplayName("CH-6, row 8, CVE-2019-17195 any other exception surfaces as itself")
  void defect(Throwable defect) {
    AuthenticatorChain chain = chain(throwing(defect));
    assertThatThrownBy(() -> chain.authenticate(REQUEST)).isSameAs(defect);
    assertThatThrownBy(() -> chain.trace(REQUEST)).isSameAs(defect);
    assertThat(next.asked()).isZero();
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("CH-6 an exception of challenges, which CH-4 asks for, surfaces as well")
  void challengesThrow() {
    IllegalStateException defect = new IllegalStateException("defect");
    Authenticator member =
        new Authenticator() {
          @Override
          public AuthResult authenticate(AuthRequest request) {
            return NotAttempted.OTHER_SCHEME;
          }

          @Override
          public Set<String> authSchemes() {
            return Set.of("Bearer");
          }

          @Override
          public List<Challenge> challenges(AuthRequest request) {
            throw defect;
          }
        };
    AuthRequest request = TestRequest.get("/").header("Authorization", "Bearer x").build();
    assertThatThrownBy(() -> AuthenticatorChain.of(member).authenticate(request)).isSameAs(defect);
  }

  @Test
  @DisplayName("CH-6 a null result throws, naming the culprit")
  void nullResult() {
    AuthenticatorChain chain = chain(Probe.of("forgetful", request -> null));
    assertThatThrownBy(() -> chain.authenticate(REQUEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The authenticator 'forgetful' returned null instead of an AuthResult");
    assertThatThrownBy(() -> chain.trace(REQUEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'forgetful'");
    assertThat(next.asked()).isZero();
    assertThat(heard.events()).isEmpty();
  }

  @Test
  @DisplayName("CH-6, row 10 a null request is no anonymous one")
  void nullRequest() {
    assertThatNullPointerException()
        .isThrownBy(() -> chain(Probe.accepting("first")).authenticate(null));
  }

  @Test
  @DisplayName("CH-6, EV-1 a listener that throws at an outage does not hide it")
  void faultyListener() {
    StoreUnavailableException down = new StoreUnavailableException("away");
    AuthListener faulty =
        event -> {
          throw new IllegalStateException("listener");
        };
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(faulty), throwing(down), next);
    assertThatThrownBy(() -> chain.authenticate(REQUEST)).isSameAs(down);
  }
}
