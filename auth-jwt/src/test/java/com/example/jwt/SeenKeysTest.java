package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A remembered token lives no longer than its key. */
class SeenKeysTest {
  private final CountingProvider provider = new CountingProvider();
  private final SettableClock clock = SettableClock.create();
  private final SigningKey first = key("1");
  private final SigningKeySet keys =
      SigningKeySet.of(AuthEnvironment.standard().withClock(clock), first);
  private final JwtVerifier verifier = Forge.builder(clock, keys).build();
  private final String token = Pairs.token(first);

  private SigningKey key(String id) {
    KeyPair pair = Pairs.generate("RSA", 2048);
    return SigningKey.of(JwsAlgorithm.RS256, pair.getPublic(), pair.getPrivate())
        .withProvider(provider)
        .withKeyId(id);
  }

  private int checks(Runnable work) {
    int before = provider.verified.get();
    work.run();
    return provider.verified.get() - before;
  }

  private void assertTaken() {
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  private void assertRefused(JwtRefusal why) {
    assertThat(refusal(verifier.verify(token))).isEqualTo(why);
    assertThat(refusal(verifier.verify(token))).isEqualTo(why);
  }

  @Test
  @DisplayName("JW-5 a key that rotates keeps its tokens, unchecked, until its very end")
  void end() {
    assertTaken();
    SigningKey second = key("2");
    keys.rotate(second, Duration.ofMinutes(1));
    assertThat(checks(this::assertTaken)).isZero();
    clock.advance(Duration.ofMinutes(1).minusMillis(1));
    assertThat(checks(this::assertTaken)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertRefused(JwtRefusal.UNKNOWN_KEY);
    assertThat(verifier.verify(Pairs.token(second))).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-5 a key that is removed ends its tokens at once, remembered or not")
  void removed() {
    assertTaken();
    keys.rotate(key("2"), Duration.ofHours(1));
    assertTaken();
    assertThat(keys.remove("1")).isTrue();
    assertRefused(JwtRefusal.UNKNOWN_KEY);
  }

  @Test
  @DisplayName("JW-5 another key under the same id takes over none of its tokens")
  void replaced() {
    assertTaken();
    keys.rotate(key("2"), Duration.ZERO);
    assertRefused(JwtRefusal.UNKNOWN_KEY);
    SigningKey impostor = key("1");
    keys.accept(impostor.verificationKey(), Duration.ofHours(1));
    assertRefused(JwtRefusal.BAD_SIGNATURE);
    assertThat(verifier.verify(Pairs.token(impostor))).isInstanceOf(VerifiedJwt.class);
    keys.accept(first.verificationKey(), Duration.ofHours(1));
    assertTaken();
  }

  @Test
  @DisplayName("JW-5 a key replaced in one step, with no look between, ends its tokens too")
  void replacedUnseen() {
    keys.rotate(key("2"), Duration.ofHours(1));
    assertTaken();
    keys.accept(key("1").verificationKey(), Duration.ofHours(1));
    assertRefused(JwtRefusal.BAD_SIGNATURE);
  }
}
