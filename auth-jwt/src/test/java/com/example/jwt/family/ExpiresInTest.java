package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.jwt.refresh.TokenPair;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiresInTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 500, 999})
  @DisplayName("JW-3 expires_in is exp - iat, at any fraction of a second")
  void exact(long millis) {
    JwtFixture fixture = new JwtFixture();
    fixture.clock.advance(Duration.ofMillis(millis));
    TokenPair pair = fixture.start();
    JsonNode claims = JwtFixture.claims(pair.accessToken().reveal());
    assertThat(pair.expiresIn()).isEqualTo(Duration.ofMinutes(5));
    assertThat(claims.get("exp").longValue() - claims.get("iat").longValue()).isEqualTo(300);
    assertThat(pair.refreshExpiresIn()).isEqualTo(Duration.ofDays(30));
  }
}
