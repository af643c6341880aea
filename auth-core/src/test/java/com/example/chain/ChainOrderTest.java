package com.example.chain;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is asked, in which order, and who has the last word. */
class ChainOrderTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  /** Four members in all 24 orders. */
  static Stream<List<Integer>> permutations() {
    return permute(List.of(), List.of(0, 1, 2, 3));
  }

  private static Stream<List<Integer>> permute(List<Integer> chosen, List<Integer> left) {
    if (left.isEmpty()) {
      return Stream.of(chosen);
    }
    return left.stream()
        .flatMap(
            next -> {
              List<Integer> longer = new ArrayList<>(chosen);
              longer.add(next);
              List<Integer> shorter = left.stream().filter(i -> !i.equals(next)).toList();
              return permute(longer, shorter);
            });
  }

  @ParameterizedTest
  @MethodSource("permutations")
  @DisplayName("CH-1, row 7 the first in order that has something to say decides")
  void order(List<Integer> order) {
    List<Probe> probes =
        List.of(
            Probe.abstaining("absent"),
            Probe.of("stale", request -> NotAttempted.stale("expired")),
            Probe.accepting("good"),
            Probe.rejecting("bad"));
    List<Probe> members = order.stream().map(probes::get).toList();
    AuthenticatorChain chain = AuthenticatorChain.of(members.toArray(new Probe[0]));

    AuthResult result = chain.authenticate(REQUEST);

    boolean goodFirst = order.indexOf(2) < order.indexOf(3);
    if (goodFirst) {
      assertThatResult(result).isAuthenticatedAs("good");
    } else {
      assertThatResult(result).isRejected(Probe.WRONG);
    }
    int decider = Math.min(order.indexOf(2), order.indexOf(3));
    for (int i = 0; i < members.size(); i++) {
      assertThat(members.get(i).asked())
          .as("%s in %s", members.get(i).name(), chain)
          .isEqualTo(i <= decider ? 1 : 0);
    }
  }

  @Test
  @DisplayName("CH-1 with two that would vouch, the first wins and the second is not asked")
  void firstSuccess() {
    Probe first = Probe.accepting("first");
    Probe second = Probe.accepting("second");
    assertThatResult(AuthenticatorChain.of(first, second).authenticate(REQUEST))
        .isAuthenticatedAs("first");
    assertThat(second.asked()).isZero();
  }

  @Test
  @DisplayName(
      "CH-2, row 2, row 7 wrong credentials never fall through to the next or to anonymous")
  void rejectedStops() {
    Rejected rejected = Rejected.of("token", Probe.WRONG);
    Probe next = Probe.accepting("session");
    AuthResult result =
        AuthenticatorChain.of(Probe.of("token", request -> rejected), next).authenticate(REQUEST);
    assertThat(result).isSameAs(rejected);
    assertThat(next.asked()).isZero();
    assertThatResult(AuthenticatorChain.of(Probe.rejecting("token")).authenticate(REQUEST))
        .isRejected(Probe.WRONG);
  }

  @Test
  @DisplayName("CH-4 where nobody attempted and nothing was sent, the request is anonymous")
  void anonymous() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            Probe.abstaining("a", Challenge.of("Basic", "api")),
            Probe.of("b", request -> NotAttempted.because("no_cookie")));
    assertThat(chain.authenticate(REQUEST)).isSameAs(NotAttempted.NO_CREDENTIALS);
  }

  @Test
  @DisplayName("CH-2, row 16 credentials in the query are nobody's")
  void query() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(Probe.abstaining("token", Challenge.of("Bearer", "api")));
    assertThatResult(chain.authenticate(TestRequest.get("/?access_token=abc").build()))
        .isNotAttempted();
  }

  @Test
  @DisplayName("CH-3 stale cookies are passed over, with one event each, and the next may vouch")
  void stale() throws Exception {
    RecordingListener heard = new RecordingListener();
    SettableClock clock = SettableClock.create();
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withClock(clock).withListener(heard),
            Probe.of("session", request -> NotAttempted.stale("idle_too_long")),
            Probe.of("remembered", request -> NotAttempted.stale("revoked")),
            Probe.of("other", request -> NotAttempted.because("no_cookie")),
            Probe.accepting("basic"));

    assertThatResult(chain.authenticate(TestRequest.get("/").from("192.0.2.7").build()))
        .isAuthenticatedAs("basic");

    InetAddress client = InetAddress.getByName("192.0.2.7");
    assertThat(heard.events())
        .containsExactly(
            new AuthEvent.StaleCredentials(clock.instant(), "session", "idle_too_long", client),
            new AuthEvent.StaleCredentials(clock.instant(), "remembered", "revoked", client),
            new AuthEvent.RequestAuthenticated(clock.instant(), "basic", "id-of-basic", client));
  }

  @Test
  @DisplayName("CH-3 stale cookies alone leave the request anonymous")
  void staleAlone() {
    NotAttempted stale = NotAttempted.stale("expired");
    assertThat(AuthenticatorChain.of(Probe.of("session", r -> stale)).authenticate(REQUEST))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(stale.isStale()).isTrue();
    assertThat(stale.reason()).isEqualTo("expired");
    assertThat(stale).hasToString("NotAttempted[expired]");
    assertThat(NotAttempted.NO_CREDENTIALS.isStale()).isFalse();
    assertThat(NotAttempted.because("x").isStale()).isFalse();
  }

  @Test
  @DisplayName("CH-10, row 11, CVE-2021-22112 nothing of one request is seen by the next")
  void nothingStays() {
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            Probe.of(
                "header",
                request ->
                    request.headers("X-User").isEmpty()
                        ? NotAttempted.NO_CREDENTIALS
                        : Probe.user("alice")));
    assertThatResult(chain.authenticate(TestRequest.get("/").header("X-User", "a").build()))
        .isAuthenticatedAs("alice");
    assertThatResult(chain.authenticate(REQUEST)).isNotAttempted();
  }

  @Test
  @DisplayName("CH-12 a host's tests can put one user into the chain's place")
  void forced() {
    AuthenticatorChain chain = AuthenticatorChain.of(ForcedAuthenticator.as("alice", "admin"));
    assertThatResult(chain.authenticate(REQUEST)).isAuthenticatedAs("alice");
  }
}
