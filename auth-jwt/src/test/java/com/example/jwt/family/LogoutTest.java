package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.TestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest {
  private static final SigningKey OTHER = JwtFixture.key(JwsAlgorithm.ES256);

  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  private Logout plan(String accessToken) {
    fixture.first.store.forget();
    return fixture.first.authenticator.planLogout(Node.bearer(accessToken).build());
  }

  private void assertEndsNothing(String what, String accessToken) {
    Logout plan = plan(accessToken);
    assertThat(plan.refusal()).as(what).isEmpty();
    assertThat(plan.cookies()).as(what).isEmpty();
    plan.carryOut();
    assertThat(fixture.isKept(pair)).as(what).isTrue();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).as(what).isEmpty();
  }

  @Test
  @DisplayName("JW-9 it ends the family of the sid, once it is carried out, and no other")
  void ends() {
    TokenPair other = fixture.start();
    TokenPair newest = fixture.first.next(pair);
    Logout plan = plan(pair.accessToken().reveal());
    assertThat(fixture.isKept(pair)).isTrue();
    plan.carryOut();
    plan.carryOut();
    assertThat(fixture.isKept(pair)).isFalse();
    assertRefused(fixture.second.refresh(newest), "unknown_or_expired");
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(), "family", pair.family().id(), "id-alice", "logout"));
    fixture.first.next(other);
  }

  @Test
  @DisplayName("JW-9 the access token lives out its 5 minutes, and is good for no second logout")
  void livesOut() {
    plan(pair.accessToken().reveal()).carryOut();
    assertThat(fixture.first.takes(pair)).isTrue();
    plan(pair.accessToken().reveal()).carryOut();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {331, 86_400, 2_591_999})
  @DisplayName("JW-9 an access token that has expired still ends its family, and does nothing else")
  void expired(long seconds) {
    fixture.clock.advance(Duration.ofSeconds(seconds));
    AuthResult result = fixture.first.present(pair);
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason().name()).isEqualTo("expired"));
    plan(pair.accessToken().reveal()).carryOut();
    assertThat(fixture.isKept(pair)).isFalse();
  }

  @Test
  @DisplayName("JW-9 a token that is none of the issuer's ends nothing, and no store is asked")
  void forged() {
    String good = pair.accessToken().reveal();
    SigningKey sameId = OTHER.withKeyId(fixture.signing.current().keyId().orElseThrow());
    Map<String, String> tokens =
        Map.of(
            "key", Forged.like(good, OTHER.withKeyId("other"), "at+jwt", claims -> {}),
            "key of the same id", Forged.like(good, sameId, "at+jwt", claims -> {}),
            "signature", good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86),
            "type", Forged.like(good, JwtFixture.SIGNING, "JWT", claims -> {}),
            "audience", Forged.like(good, fixture, claims -> claims.put("aud", "other")),
            "issuer", Forged.like(good, fixture, claims -> claims.put("iss", "other")),
            "future", Forged.like(good, fixture, claims -> claims.put("iat", 4_000_000_000L)),
            "no exp", Forged.like(good, fixture, claims -> claims.remove("exp")));
    for (int round = 0; round < 2; round++) {
      tokens.forEach(this::assertEndsNothing);
      tokens.forEach((what, token) -> plan(token));
      assertThat(fixture.first.store.calls()).isEmpty();
      fixture.clock.advance(Duration.ofHours(1));
    }
    Logout opaque = plan(pair.refreshToken().reveal());
    opaque.carryOut();
    assertThat(fixture.isKept(pair)).isTrue();
  }

  @Test
  @DisplayName("JW-9 another issuer's token ends nothing, also where that issuer can't be reached")
  void foreignIssuer() {
    RemoteKeySet unreachable = RemoteKeySet.of(URI.create("http://127.0.0.1:1/keys"));
    JwtVerifier foreign =
        JwtVerifier.builder(AuthEnvironment.standard().withClock(fixture.clock), unreachable)
            .issuer("https://other.example")
            .audience("api")
            .build();
    JwtAuthenticator both =
        JwtAuthenticator.builder()
            .own(fixture.first.families)
            .trust(TrustedIssuer.of(foreign))
            .build();
    String token =
        Forged.like(
            pair.accessToken().reveal(),
            OTHER.withKeyId("theirs"),
            "at+jwt",
            claims -> claims.put("iss", "https://other.example"));
    assertThatThrownBy(() -> both.authenticate(Node.bearer(token).build()))
        .isInstanceOf(StoreUnavailableException.class);
    Logout plan = both.planLogout(Node.bearer(token).build());
    assertThat(plan.refusal()).isEmpty();
    plan.carryOut();
    assertThat(fixture.isKept(pair)).isTrue();
    both.planLogout(Node.bearer(pair.accessToken().reveal()).build()).carryOut();
    assertThat(fixture.isKept(pair)).isFalse();
  }

  @Test
  @DisplayName(
      "JW-9 a sid ends no family of another user's, none that is unknown, and none if absent")
  void otherFamily() {
    String bobs = fixture.start(fixture.bob).accessToken().reveal();
    String id = pair.family().id();
    assertEndsNothing("another's", Forged.like(bobs, fixture, claims -> claims.put("sid", id)));
    assertEndsNothing("unknown", Forged.like(bobs, fixture, claims -> claims.put("sid", "x")));
    assertEndsNothing("absent", Forged.like(bobs, fixture, claims -> claims.remove("sid")));
    assertEndsNothing("a number", Forged.like(bobs, fixture, claims -> claims.put("sid", 1)));
  }

  @Test
  @DisplayName("JW-5, JW-9 another issuer's token ends nothing here, whatever it says")
  void foreignIssuerIsDown() {
    JwtVerifier idp =
        JwtVerifier.builder(
                AuthEnvironment.standard().withClock(fixture.clock),
                SigningKeySet.of(OTHER.withKeyId("idp")))
            .issuer("https://idp.example")
            .audience(JwtFixture.AUDIENCE)
            .build();
    JwtAuthenticator both =
        JwtAuthenticator.builder()
            .own(fixture.first.families)
            .trust(TrustedIssuer.of(idp))
            .lookUp()
            .build();
    String token =
        Forged.like(
            pair.accessToken().reveal(),
            OTHER.withKeyId("idp"),
            "at+jwt",
            claims -> claims.put("iss", "https://idp.example"));
    fixture.first.store.forget();
    assertThat(both.authenticate(Node.bearer(token).build())).isInstanceOf(Authenticated.class);
    both.planLogout(Node.bearer(token).build()).carryOut();
    assertThat(fixture.isKept(pair)).isTrue();
    assertThat(fixture.first.store.calls()).isEmpty();
    both.planLogout(Node.bearer(pair.accessToken().reveal()).build()).carryOut();
    assertThat(fixture.isKept(pair)).isFalse();
  }

  @Test
  @DisplayName("JW-9 a key that has ended or was removed ends no family")
  void endedKey() {
    String former = fixture.signing.current().keyId().orElseThrow();
    fixture.signing.rotate(JwtFixture.key(JwsAlgorithm.ES256), Duration.ofHours(1));
    fixture.clock.advance(Duration.ofHours(1));
    assertEndsNothing("ended", pair.accessToken().reveal());
    fixture.signing.remove(former);
    assertEndsNothing("removed", pair.accessToken().reveal());
  }

  @Test
  @DisplayName("JW-9, GU-5 over plain HTTP it is refused unread; what is no token of ours is left")
  void others() {
    Logout insecure =
        fixture.first.authenticator.planLogout(
            Node.bearer(pair.accessToken().reveal()).insecure().build());
    assertThat(insecure.refusal().map(Rejected::reason)).contains(Reason.INSECURE_TRANSPORT);
    for (TestRequest request :
        List.of(
            TestRequest.post("/"),
            TestRequest.post("/?access_token=" + pair.accessToken().reveal()),
            TestRequest.post("/").authorization("Token " + pair.accessToken().reveal()),
            TestRequest.post("/").authorization("Bearer"),
            TestRequest.post("/").cookie("__Host-jwt", pair.accessToken().reveal()))) {
      Logout plan = fixture.first.authenticator.planLogout(request.build());
      assertThat(plan.refusal()).isEmpty();
      plan.carryOut();
    }
    insecure.carryOut();
    assertThat(fixture.isKept(pair)).isTrue();
  }
}
