package com.example.chain;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.SetCookie;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be built, and what a chain inside of a chain comes to. */
class ChainConstructionTest {
  private static final AuthRequest REQUEST = TestRequest.get("/").build();

  @Test
  @DisplayName("CH-1 an empty chain is refused")
  void empty() {
    assertThatIllegalArgumentException()
        .isThrownBy(AuthenticatorChain::of)
        .withMessage("A chain needs at least one authenticator");
  }

  @Test
  @DisplayName("CH-1 null is refused")
  void nulls() {
    Probe probe = Probe.abstaining("a");
    assertThatNullPointerException()
        .isThrownBy(() -> AuthenticatorChain.of((Authenticator[]) null));
    assertThatNullPointerException().isThrownBy(() -> AuthenticatorChain.of(probe, null));
    assertThatNullPointerException()
        .isThrownBy(() -> AuthenticatorChain.of((AuthEnvironment) null, probe))
        .withMessage("environment");
  }

  @Test
  @DisplayName("CH-1 a name that appears twice is refused, and named")
  void duplicate() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AuthenticatorChain.of(
                    Probe.abstaining("a"), Probe.abstaining("b"), Probe.accepting("a")))
        .withMessageContaining("'a' appears twice")
        .withMessageContaining("Authenticator.named");
    Probe same = Probe.abstaining("same");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticatorChain.of(same, same))
        .withMessageContaining("'same'");
  }

  private record Ending(Logout planned) implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      return NotAttempted.NO_CREDENTIALS;
    }

    @Override
    public Logout planLogout(AuthRequest request) {
      return planned;
    }
  }

  @Test
  @DisplayName("CH-1, SE-7 another name hides nothing: it logs out, and is found by its type")
  void namedHidesNothing() {
    Ending ending = new Ending(Logout.of(() -> {}));
    Authenticator named = Authenticator.named("renamed", Authenticator.named("again", ending));
    assertThat(named.planLogout(REQUEST)).isSameAs(ending.planned());
    AuthenticatorChain chain = AuthenticatorChain.of(Probe.abstaining("a"), named);
    assertThat(chain.member(Ending.class)).containsSame(ending);
    assertThat(chain.member(String.class)).isEmpty();
    assertThat(Probe.abstaining("a").planLogout(REQUEST).cookies()).isEmpty();
  }

  private record Cookied(String name) implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      return NotAttempted.NO_CREDENTIALS;
    }

    @Override
    public List<SetCookie> expiredCookies() {
      return List.of(SetCookie.forHost("__Host-" + name, "").expired());
    }
  }

  private static List<String> names(List<SetCookie> cookies) {
    return cookies.stream().map(SetCookie::name).toList();
  }

  @Test
  @DisplayName("HT-4 a chain forgets all members' cookies, or those of whoever authenticated")
  void expiredCookies() {
    Authenticator renamed =
        Authenticator.named("renamed", Authenticator.named("again", new Cookied("b")));
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthenticatorChain.of(new Cookied("a")), Probe.abstaining("plain"), renamed);
    assertThat(names(chain.expiredCookies())).containsExactly("__Host-a", "__Host-b");
    assertThat(names(chain.expiredCookies(Probe.user("a")))).containsExactly("__Host-a");
    for (String name : List.of("renamed", "again", "b")) {
      assertThat(names(chain.expiredCookies(Probe.user(name)))).containsExactly("__Host-b");
    }
    assertThat(chain.expiredCookies(Probe.user("plain"))).isEmpty();
    assertThat(chain.expiredCookies(Probe.user("nobody"))).isEmpty();
  }

  @Test
  @DisplayName("CH-1 the list of members is a copy")
  void copied() {
    Authenticator[] members = {Probe.accepting("a")};
    AuthenticatorChain chain = AuthenticatorChain.of(members);
    members[0] = Probe.rejecting("b");
    assertThatResult(chain.authenticate(REQUEST)).isAuthenticatedAs("a");
  }

  @Test
  @DisplayName("CH-1, CH-9 a chain in a chain is spliced in where it stands")
  void spliced() {
    AuthenticatorChain inner = AuthenticatorChain.of(Probe.abstaining("b"), Probe.abstaining("c"));
    AuthenticatorChain outer =
        AuthenticatorChain.of(Probe.abstaining("a"), inner, Probe.accepting("d"));
    AuthenticatorChain outermost = AuthenticatorChain.of(outer, Probe.abstaining("e"));

    assertThat(outermost).hasToString("AuthenticatorChain[a, b, c, d, e]");
    assertThat(outermost.name()).isEqualTo("a, b, c, d, e");
    assertThat(outermost.trace(REQUEST).steps())
        .extracting(ChainTrace.Step::authenticator)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  @DisplayName("CH-1 duplicates are looked for after splicing")
  void duplicateAfterSplicing() {
    AuthenticatorChain inner = AuthenticatorChain.of(Probe.abstaining("a"), Probe.abstaining("b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticatorChain.of(Probe.abstaining("b"), inner))
        .withMessageContaining("'b' appears twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthenticatorChain.of(inner, inner))
        .withMessageContaining("'a' appears twice");
    assertThatCode(() -> AuthenticatorChain.of(inner, Probe.abstaining("a, b")))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("CH-1 events belong to the outermost chain, once each")
  void outermostListens() {
    RecordingListener innerHeard = new RecordingListener();
    RecordingListener outerHeard = new RecordingListener();
    AuthenticatorChain inner =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(innerHeard),
            Probe.of("stale", r -> NotAttempted.stale("expired")),
            Probe.accepting("good"));
    AuthenticatorChain outer =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(outerHeard), Probe.abstaining("first"), inner);

    outer.authenticate(REQUEST);

    assertThat(innerHeard.events()).isEmpty();
    assertThat(outerHeard.events())
        .hasExactlyElementsOfTypes(
            AuthEvent.StaleCredentials.class, AuthEvent.RequestAuthenticated.class);
  }

  @Test
  @DisplayName("CH-1 unclaimed credentials (CH-4) are the outermost chain's to judge")
  void outermostRejects() {
    AuthenticatorChain inner =
        AuthenticatorChain.of(Probe.abstaining("basic", Challenge.of("Basic", "api")));
    AuthenticatorChain outer =
        AuthenticatorChain.of(inner, Probe.accepting("later", Challenge.of("Basic", "api")));
    AuthRequest request = TestRequest.get("/").header("Authorization", "Basic x").build();
    assertThat(inner.authenticate(request)).hasToString("Rejected[basic, unclaimed_credentials]");
    assertThatResult(outer.authenticate(request)).isAuthenticatedAs("later");
  }

  @Test
  @DisplayName("CH-1 the limit of CH-5 is the outermost chain's")
  void outermostLimits() {
    AuthenticatorChain inner =
        AuthenticatorChain.of(Probe.accepting("a")).withMaxAuthorizationLength(256);
    AuthRequest request = TestRequest.get("/").header("Authorization", "x".repeat(257)).build();
    assertThatResult(inner.authenticate(request)).isRejected(Reason.OVERSIZED);
    assertThatResult(AuthenticatorChain.of(inner).authenticate(request)).isAuthenticatedAs("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 8192, 65_536})
  @DisplayName("CH-5 the limit can be set to 256 to 65,536")
  void limits(int limit) {
    assertThatCode(
            () -> AuthenticatorChain.of(Probe.accepting("a")).withMaxAuthorizationLength(limit))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 255, 65_537, Integer.MAX_VALUE})
  @DisplayName("CH-5 another limit is refused with what is allowed")
  void badLimits(int limit) {
    AuthenticatorChain chain = AuthenticatorChain.of(Probe.accepting("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.withMaxAuthorizationLength(limit))
        .withMessage("maxAuthorizationLength must be 256 to 65536, not " + limit);
  }

  @Test
  @DisplayName("CH-12 a lambda is an authenticator, and can be given a name and challenges")
  void named() {
    Authenticator lambda = request -> Probe.user("alice");
    Authenticator named = Authenticator.named("key", lambda, Challenge.of("Key", "api"));
    assertThat(named.name()).isEqualTo("key");
    assertThat(named).hasToString("key");
    assertThat(named.challenges(REQUEST)).containsExactly(Challenge.of("Key", "api"));
    assertThatResult(named.authenticate(REQUEST)).isAuthenticatedAs("alice");
    assertThat(lambda.challenges(REQUEST)).isEmpty();
    assertThat(lambda.name()).isEqualTo(lambda.getClass().getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authenticator.named("", lambda))
        .withMessageContaining("empty");
    assertThatNullPointerException().isThrownBy(() -> Authenticator.named(null, lambda));
    assertThatNullPointerException()
        .isThrownBy(() -> Authenticator.named("key", null))
        .withMessage("authenticator");
  }

  @Test
  @DisplayName("CH-1 a chain can't be given a name, which would keep it from being spliced")
  void namedChain() {
    AuthenticatorChain chain = AuthenticatorChain.of(request -> NotAttempted.NO_CREDENTIALS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Authenticator.named("x", chain))
        .withMessageContaining("chain");
  }
}
