package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.Authenticated;
import dev.sallyport.jwt.Jwk;
import dev.sallyport.jwt.JwsAlgorithm;
import dev.sallyport.jwt.JwsResult;
import dev.sallyport.jwt.JwsSigner;
import dev.sallyport.jwt.JwsVerifier;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.JwtIssuer;
import dev.sallyport.jwt.JwtKeys;
import dev.sallyport.jwt.RefreshFamilies;
import dev.sallyport.jwt.SigningKey;
import dev.sallyport.jwt.SigningKeySet;
import dev.sallyport.jwt.TokenPair;
import dev.sallyport.testkit.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
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
            JwtIssuer.of(JwtFixture.ISSUER, JwtFixture.AUDIENCE, keys.signing()),
            keys.refresh(),
            fixture.store,
            fixture.users)
        .clock(fixture.clock)
        .listener(new RecordingListener())
        .build();
  }

  private boolean takes(RefreshFamilies host, TokenPair pair) {
    return JwtAuthenticator.of(host).authenticate(Node.bearer(pair.accessToken()).build())
        instanceof Authenticated;
  }

  private TokenPair start(RefreshFamilies host) {
    return host.start(fixture.alice, fixture.clock.instant(), CLIENT, null).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES512", "EDDSA", "RS256", "HS256", "HS512"})
  @DisplayName("JW-5 after a restart with the keys written and read back, all tokens go on")
  void restart(JwsAlgorithm algorithm) {
    JwtKeys keys = JwtKeys.generate(algorithm, new SecureRandom());
    RefreshFamilies before = host(keys);
    TokenPair pair = start(before);
    JwtKeys read = JwtKeys.read(keys.privateJson(), fixture.clock);
    RefreshFamilies after = host(read);
    assertThat(takes(after, pair)).isTrue();
    TokenPair next = JwtFixture.pair(after.refresh(pair.refreshToken()));
    assertThat(takes(before, next)).isTrue();
    assertThat(JwtFixture.pair(before.refresh(pair.refreshToken())).refreshToken())
        .isEqualTo(next.refreshToken());
    assertThat(read.signing().current().keyId()).isEqualTo(keys.signing().current().keyId());
    assertThat(read.refresh().current().algorithm()).isEqualTo(JwsAlgorithm.HS256);
    assertThat(read.privateJson()).isEqualTo(keys.privateJson());
  }

  @Test
  @DisplayName("JW-5 former keys are read back with their ends, of signers and of secrets")
  void ends() {
    JwtKeys keys =
        JwtKeys.of(
            SigningKeySet.of(JwtFixture.key(JwsAlgorithm.ES256), fixture.clock),
            SigningKeySet.of(JwtFixture.FIRST, fixture.clock));
    TokenPair old = start(host(keys));
    TokenPair idle = start(host(keys));
    keys.signing().rotate(JwtFixture.key(JwsAlgorithm.EDDSA), Duration.ofMinutes(2));
    keys.refresh().rotate(JwtFixture.SECOND, HOUR);
    RefreshFamilies after = host(JwtKeys.read(keys.privateJson(), fixture.clock));
    fixture.clock.advance(Duration.ofMinutes(2).minus(MILLI));
    assertThat(takes(after, old)).isTrue();
    fixture.clock.advance(MILLI);
    assertThat(takes(after, old)).isFalse();
    fixture.clock.advance(HOUR.minusMinutes(2).minus(MILLI));
    TokenPair next = JwtFixture.pair(after.refresh(old.refreshToken()));
    assertThat(Wire.parse(next.refreshToken()).keyId()).isEqualTo("second");
    fixture.clock.advance(MILLI);
    JwtFixture.assertRefused(after.refresh(idle.refreshToken()), "unknown_key");
    RefreshFamilies late = host(JwtKeys.read(keys.privateJson(), fixture.clock));
    assertThat(takes(late, old)).as("what has ended stays so").isFalse();
    JwtFixture.assertRefused(late.refresh(idle.refreshToken()), "unknown_key");
    JwtFixture.pair(late.refresh(next.refreshToken()));
  }

  @Test
  @DisplayName("JW-5 of former signers only the public half is written: they never sign again")
  void publicHalf() throws Exception {
    SigningKey former = JwtFixture.key(JwsAlgorithm.ES256);
    SigningKeySet keys = SigningKeySet.of(former, fixture.clock);
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
    SigningKeySet read = SigningKeySet.read(written, fixture.clock);
    assertThat(read.verificationKeys()).hasSize(3);
    assertThat(JwsVerifier.of(read).withClock(fixture.clock))
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
    SigningKeySet keys = SigningKeySet.of(JwtFixture.FIRST, fixture.clock);
    keys.accept(JwtFixture.SECOND, HOUR);
    SigningKeySet read = SigningKeySet.read(keys.privateJwkSet(), fixture.clock);
    assertThat(read.privateJwkSet()).isEqualTo(keys.privateJwkSet());
    read.rotate(JwtFixture.SECOND, HOUR);
    assertThat(read.current().keyId()).contains("second");
    assertThat(read.toString())
        .isEqualTo("SigningKeySet[VerificationKey[HS256 second], VerificationKey[HS256 first]]");
  }
}
