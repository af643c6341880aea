package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that outlive the process. */
class KeyFileTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final JwtFixture fixture = new JwtFixture();

  /** A host that is started with these keys, over the store of the fixture. */
  private RefreshFamilies host(JwtKeys keys) {
    return RefreshFamilies.builder(
            Sallyport.of(
                AuthEnvironment.standard()
                    .withClock(fixture.clock)
                    .withListener(new RecordingListener()),
                fixture.users,
                fixture.store),
            JwtIssuer.of(JwtFixture.ISSUER, JwtFixture.AUDIENCE, keys.signing()),
            keys.refresh())
        .build();
  }

  private boolean takes(RefreshFamilies host, TokenPair pair) {
    return JwtAuthenticator.of(host).authenticate(Node.bearer(pair.accessToken().reveal()).build())
        instanceof Authenticated;
  }

  private TokenPair start(RefreshFamilies host) {
    return host.start(fixture.alice, fixture.clock.instant(), CLIENT, null).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES512", "EDDSA", "RS256", "HS256", "HS512"})
  @DisplayName("JW-5 after a restart with the keys written and read back, all tokens go on")
  void restart(JwsAlgorithm algorithm) {
    JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), algorithm);
    RefreshFamilies before = host(keys);
    TokenPair pair = start(before);
    JwtKeys read =
        JwtKeys.read(AuthEnvironment.standard().withClock(fixture.clock), keys.privateJson());
    RefreshFamilies after = host(read);
    assertThat(takes(after, pair)).isTrue();
    TokenPair next = JwtFixture.pair(after.refresh(pair.refreshToken().reveal()));
    assertThat(takes(before, next)).isTrue();
    assertThat(
            JwtFixture.pair(before.refresh(pair.refreshToken().reveal())).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
    assertThat(read.signing().current().keyId()).isEqualTo(keys.signing().current().keyId());
    assertThat(read.refresh().current().algorithm()).isEqualTo(JwsAlgorithm.HS256);
    assertThat(read.privateJson()).isEqualTo(keys.privateJson());
  }

  @Test
  @DisplayName("JW-5 former keys are read back with their ends, of signers and of secrets")
  void ends() {
    JwtKeys keys =
        JwtKeys.of(
            SigningKeySet.of(
                AuthEnvironment.standard().withClock(fixture.clock),
                JwtFixture.key(JwsAlgorithm.ES256)),
            SigningKeySet.of(
                AuthEnvironment.standard().withClock(fixture.clock), JwtFixture.FIRST));
    TokenPair old = start(host(keys));
    TokenPair idle = start(host(keys));
    keys.signing().rotate(JwtFixture.key(JwsAlgorithm.EDDSA), Duration.ofMinutes(2));
    keys.refresh().rotate(JwtFixture.SECOND, HOUR);
    RefreshFamilies after =
        host(JwtKeys.read(AuthEnvironment.standard().withClock(fixture.clock), keys.privateJson()));
    fixture.clock.advance(Duration.ofMinutes(2).minus(MILLI));
    assertThat(takes(after, old)).isTrue();
    fixture.clock.advance(MILLI);
    assertThat(takes(after, old)).isFalse();
    fixture.clock.advance(HOUR.minusMinutes(2).minus(MILLI));
    TokenPair next = JwtFixture.pair(after.refresh(old.refreshToken().reveal()));
    assertThat(Wire.parse(next.refreshToken().reveal()).keyId()).isEqualTo("second");
    fixture.clock.advance(MILLI);
    JwtFixture.assertRefused(after.refresh(idle.refreshToken().reveal()), "unknown_key");
    RefreshFamilies late =
        host(JwtKeys.read(AuthEnvironment.standard().withClock(fixture.clock), keys.privateJson()));
    assertThat(takes(late, old)).as("what has ended stays so").isFalse();
    JwtFixture.assertRefused(late.refresh(idle.refreshToken().reveal()), "unknown_key");
    JwtFixture.pair(late.refresh(next.refreshToken().reveal()));
  }

  @Test
  @DisplayName("JW-5 of former signers only the public half is written: they never sign again")
  void publicHalf() throws Exception {
    SigningKey former = JwtFixture.key(JwsAlgorithm.ES256);
    SigningKeySet keys =
        SigningKeySet.of(AuthEnvironment.standard().withClock(fixture.clock), former);
    String secret = new ObjectMapper().readTree(keys.privateJwkSet()).at("/keys/0/d").textValue();
    keys.accept(JwtFixture.key(JwsAlgorithm.EDDSA), HOUR);
    keys.rotate(JwtFixture.key(JwsAlgorithm.ES384), HOUR);
    String written = keys.privateJwkSet();
    assertThat(written).doesNotContain(secret);
    JsonNode all = new ObjectMapper().readTree(written).get("keys");
    assertThat(all).hasSize(3);
    assertThat(all.get(0).has("d")).isTrue();
    assertThat(all.get(0).has("exp")).isFalse();
    long end = fixture.clock.instant().plus(HOUR).getEpochSecond();
    for (int i = 1; i < 3; i++) {
      assertThat(all.get(i).has("d")).isFalse();
      assertThat(all.get(i).get("exp").longValue()).isEqualTo(end);
    }
    byte[] text = "x".getBytes(StandardCharsets.UTF_8);
    SigningKeySet read =
        SigningKeySet.read(AuthEnvironment.standard().withClock(fixture.clock), written);
    assertThat(read.verificationKeys()).hasSize(3);
    assertThat(JwsVerifier.of(read))
        .satisfies(
            verifier ->
                assertThat(
                        verifier.verify(JwsSigner.of(former.withKeyId(keyId(former))).sign(text)))
                    .isNotInstanceOf(JwsResult.Refused.class));
  }

  private static String keyId(SigningKey key) {
    return Jwk.thumbprint(key.verificationKey());
  }

  @Test
  @DisplayName("JW-5 secrets are all written, since they all make what they check")
  void secrets() {
    SigningKeySet keys =
        SigningKeySet.of(AuthEnvironment.standard().withClock(fixture.clock), JwtFixture.FIRST);
    keys.accept(JwtFixture.SECOND, HOUR);
    SigningKeySet read =
        SigningKeySet.read(
            AuthEnvironment.standard().withClock(fixture.clock), keys.privateJwkSet());
    assertThat(read.privateJwkSet()).isEqualTo(keys.privateJwkSet());
    read.rotate(JwtFixture.SECOND, HOUR);
    assertThat(read.current().keyId()).contains("second");
    assertThat(read.toString())
        .isEqualTo("SigningKeySet[VerificationKey[HS256 second], VerificationKey[HS256 first]]");
  }
}
