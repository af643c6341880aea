package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a set takes can be written, and what it has written can be read. */
class KeyFileLimitsTest {
  private final SettableClock clock = SettableClock.create();
  private final SigningKeySet keys =
      SigningKeySet.of(AuthEnvironment.standard().withClock(clock), JwtFixture.SIGNING);

  @ParameterizedTest
  @ValueSource(longs = {4_000_000L, 300_000_000_000L, 106_751_991_167_300L})
  @DisplayName("JW-5 a key for ever and a day is refused, or its end is one that can be read back")
  void farEnd(long days) {
    SigningKey other = JwtFixture.key(JwsAlgorithm.ES256);
    try {
      keys.accept(other, Duration.ofDays(days));
    } catch (IllegalArgumentException refused) {
      assertThat(keys.verificationKeys()).hasSize(1);
      return;
    }
    assertThat(
            SigningKeySet.read(AuthEnvironment.standard().withClock(clock), keys.privateJwkSet())
                .verificationKeys())
        .hasSize(2);
  }

  @Test
  @DisplayName("JW-5 a set takes as many keys as a file may have: 100, the signer among them")
  void many() {
    SigningKey other = JwtFixture.key(JwsAlgorithm.ES256);
    for (int i = 0; i < 99; i++) {
      keys.accept(other.withKeyId("key-" + i), Duration.ofHours(1));
    }
    assertThat(
            SigningKeySet.read(AuthEnvironment.standard().withClock(clock), keys.privateJwkSet())
                .verificationKeys())
        .hasSize(100);
    assertThatThrownBy(() -> keys.accept(other.withKeyId("more"), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("JW-5 a signer that ends is nothing that was written, and is not taken for endless")
  void endingSigner() {
    String ending = Jwk.privateJwk(JwtFixture.SIGNING).replace("}", ",\"exp\":1}");
    assertThatThrownBy(
            () ->
                SigningKeySet.read(
                    AuthEnvironment.standard().withClock(clock), "{\"keys\":[" + ending + "]}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
