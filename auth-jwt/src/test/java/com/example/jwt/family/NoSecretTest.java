package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.ChainTrace;
import dev.sallyport.event.AuthListener;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoSecretTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("PW-6, row 105 no token in an event, a trace, a toString or the log")
  void nowhere(boolean inCookies) {
    RecordingAndLogging heard = new RecordingAndLogging();
    JwtFixture fixture =
        new JwtFixture(
            JwtFixture.Options.none()
                .in(e -> e.withListener(heard.listener))
                .families(b -> inCookies ? b.inCookies("/auth/jwt") : b));
    TokenPair pair = fixture.start();
    TokenPair next = fixture.first.next(pair);
    List<Object> shown = new ArrayList<>(List.of(pair, next, next.family(), next.cookies()));
    shown.add(fixture.first.refresh(pair));
    shown.add(fixture.first.families.refresh(next.refreshToken().reveal() + "A"));
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(heard.listener), fixture.first.authenticator);
    for (TestRequest request :
        List.of(
            Node.bearer(pair.accessToken().reveal()),
            Node.bearer(pair.accessToken().reveal() + "x"),
            Node.bearer(pair.accessToken().reveal()).insecure(),
            Node.bearer(pair.refreshToken().reveal()),
            TestRequest.get("/").cookie("__Host-jwt", pair.accessToken().reveal()),
            TestRequest.post("/").cookie("__Host-jwt", pair.accessToken().reveal()),
            TestRequest.get("/?access_token=" + pair.accessToken().reveal()))) {
      ChainTrace trace = chain.trace(request.build());
      shown.addAll(List.of(request.build(), trace, trace.result(), trace.steps()));
      shown.add(fixture.first.authenticator.planLogout(request.build()));
    }
    TokenPair newest = fixture.first.next(next);
    RefreshResult theft = fixture.first.refresh(pair);
    shown.addAll(List.of(newest, theft, fixture.first.families, fixture.first.authenticator));
    shown.addAll(List.of(fixture.first.issuer, fixture.signing, fixture.first.refreshKeys));
    shown.addAll(List.of(heard.events, fixture.records(), JwtAuthenticator.builder()));
    for (Object object : shown) {
      assertThat(Secrets.findAll(object.toString())).as("%s", object.getClass()).isEmpty();
    }
    assertThat(pair.toString()).isEqualTo("TokenPair[" + pair.family().id() + "]");
  }

  private static final class RecordingAndLogging {
    final List<Object> events = new ArrayList<>();
    final AuthListener listener = AuthListener.all(AuthListener.slf4j(), events::add);
  }

  @Test
  @DisplayName(
      "JW-7, row 103 the store has digests only: nothing of a dump is a token, or part of one")
  void dump() {
    JwtFixture fixture = new JwtFixture();
    TokenPair first = fixture.start();
    assertNothingIn(fixture, first);
    TokenPair next = fixture.first.next(first);
    assertNothingIn(fixture, first);
    assertNothingIn(fixture, next);
    assertThat(fixture.records().get(0).rotation().orElseThrow().digest())
        .isEqualTo(SecretDigest.of(Wire.parse(next.refreshToken().reveal()).secret()));
    assertThat(fixture.first.refresh(next)).isInstanceOf(RefreshResult.Refreshed.class);
  }

  private static void assertNothingIn(JwtFixture fixture, TokenPair pair) {
    Wire wire = Wire.parse(pair.refreshToken().reveal());
    TokenRecord kept = fixture.records().get(0);
    TokenRecord.Rotation rotation = kept.rotation().orElseThrow();
    assertThat(kept.key()).isEqualTo(SecretDigest.of(kept.id()));
    List<String> parts =
        List.of(
            kept.id(),
            kept.key().text(),
            kept.label(),
            kept.client(),
            kept.userId(),
            kept.attributes().toString(),
            kept.scopes().toString(),
            rotation.digest().text(),
            rotation.keyId(),
            rotation.toString());
    for (byte[] secret : List.of(wire.secret(), wire.tag(), JwtFixture.SECRET)) {
      for (String form : forms(secret)) {
        assertThat(parts).noneMatch(part -> part.contains(form));
      }
    }
    for (String part : parts) {
      assertThat(Secrets.contains(part, pair.refreshToken().reveal())).isFalse();
      assertThat(Secrets.contains(part, pair.accessToken().reveal())).isFalse();
      assertThat(fixture.first.families.refresh(part)).isInstanceOf(RefreshResult.Refused.class);
      assertThat(
              fixture.first.authenticator.authenticate(
                  TestRequest.get("/").header("Authorization", "Bearer " + part).build()))
          .isNotInstanceOf(Authenticated.class);
    }
  }

  private static List<String> forms(byte[] secret) {
    return List.of(
        Base64.getEncoder().withoutPadding().encodeToString(secret),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
        HexFormat.of().formatHex(secret));
  }

  @Test
  @DisplayName("PW-6 a refusal tells its reason, and nothing of what was sent")
  void refusal() {
    JwtFixture fixture = new JwtFixture();
    String sent = "sallyr_" + "secretsecret".repeat(20);
    RefreshResult refused = fixture.first.families.refresh(sent);
    assertThat(refused.toString()).doesNotContain("secretsecret").contains("unknown_key");
  }
}
