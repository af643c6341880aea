package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.TokenPair;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiresInTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 500, 999})
  @DisplayName("JW-6 what a client is told of a token's life is never more than its exp")
  void neverMore(long millis) {
    JwtFixture fixture = new JwtFixture();
    fixture.clock.advance(Duration.ofMillis(millis));
    TokenPair pair = fixture.start();
    Instant exp =
        Instant.ofEpochSecond(JwtFixture.claims(pair.accessToken()).get("exp").longValue());
    assertThat(fixture.clock.instant().plus(pair.expiresIn())).isBeforeOrEqualTo(exp);
  }
}
