package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.GRACE;
import static com.example.jwt.family.JwtFixture.MILLI;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.jwt.family.RevocationRaceTest.Step;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.refresh.TokenPair;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh keys that change while tokens go round. */
class RefreshKeyRaceTest {
  private static final SigningKey THIRD =
      JwtFixture.secret(JwtFixture.random(32)).withKeyId("third");
  private static final Duration HOUR = Duration.ofHours(1);

  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  private void rotate() {
    fixture.first.refreshKeys.rotate(THIRD, HOUR);
    fixture.second.refreshKeys.accept(THIRD, Duration.ofDays(1));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-5, JW-7 a rotation of the refresh key at any step of an exchange harms nobody")
  void rotated(Step step) {
    step.let(fixture.first, this::rotate);
    TokenPair next = fixture.first.next(pair);
    fixture.clock.advance(GRACE);
    assertThat(fixture.second.next(pair).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
    assertThat(fixture.first.next(pair).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
    TokenPair newest = fixture.first.next(fixture.second.next(next));
    assertThat(Wire.parse(newest.refreshToken().reveal()).keyId()).isEqualTo("third");
  }

  @Test
  @DisplayName("JW-5 a former key takes tokens until exactly its end; the new one makes them")
  void end() {
    rotate();
    assertThat(Wire.parse(fixture.start().refreshToken().reveal()).keyId()).isEqualTo("third");
    fixture.clock.advance(HOUR.minus(MILLI));
    TokenPair next = fixture.first.next(pair);
    assertThat(Wire.parse(next.refreshToken().reveal()).keyId()).isEqualTo("third");
    fixture.clock.advance(MILLI);
    fixture.first.store.forget();
    assertRefused(fixture.first.refresh(pair), "unknown_key");
    assertThat(fixture.first.families.revoke(pair.refreshToken().reveal())).isFalse();
    assertThat(fixture.first.store.calls()).isEmpty();
    assertThat(fixture.isKept(pair)).isTrue();
    fixture.first.next(next);
  }

  @Test
  @DisplayName("JW-5 a key that is removed takes no token any more, at once")
  void removed() {
    rotate();
    assertThat(fixture.first.refreshKeys.remove("first")).isTrue();
    assertRefused(fixture.first.refresh(pair), "unknown_key");
    assertThat(fixture.isKept(pair)).isTrue();
    fixture.second.next(pair);
  }

  @Test
  @DisplayName(
      "JW-7 within the grace a node without the successor's key can't make it, and says so")
  void makerUnknown() {
    fixture.second.next(pair);
    fixture.first.refreshKeys.remove("second");
    assertRefused(fixture.first.refresh(pair), "unknown_key");
    assertThat(fixture.isKept(pair)).isTrue();
    fixture.second.next(pair);
  }
}
