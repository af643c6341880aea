package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.store.Lifetime;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifetimeTest {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TokenFixture fixture = new TokenFixture();

  private Issued issue(Lifetime lifetime) {
    return fixture.issue(NewToken.standard().lifetime(lifetime));
  }

  private void assertEndsAfter(Issued token, Duration rest) {
    fixture.clock.advance(rest.minus(MILLI));
    assertThat(fixture.isLive(token)).as("a millisecond before").isTrue();
    fixture.clock.advance(MILLI);
    fixture.assertRefused(token, "unknown_or_expired");
  }

  @Test
  @DisplayName("TK-1 90 days where nothing else is said, to the millisecond")
  void standard() {
    assertThat(Lifetime.of(Duration.ofDays(90))).isEqualTo(Lifetime.of(Duration.ofDays(90)));
    assertEndsAfter(fixture.issue(), Duration.ofDays(90));
  }

  @Test
  @DisplayName("TK-1 the builder's lifetime where none is asked for; else what is asked for")
  void whose() {
    TokenFixture hour = new TokenFixture(b -> b.lifetime(Lifetime.of(Duration.ofHours(1))));
    Issued longer = hour.issue(NewToken.standard().lifetime(Lifetime.of(Duration.ofHours(2))));
    Issued standard = hour.issue();
    hour.clock.advance(Duration.ofHours(1));
    assertThat(hour.isLive(longer)).isTrue();
    hour.assertRefused(standard, "unknown_or_expired");
  }

  @Test
  @DisplayName("TK-1 a fixed lifetime ends exactly, however much the token is used")
  void fixed() {
    Issued token = issue(Lifetime.of(Duration.ofHours(1)));
    for (int minute = 0; minute < 59; minute++) {
      fixture.clock.advance(Duration.ofMinutes(1));
      assertThat(fixture.isLive(token)).isTrue();
    }
    assertEndsAfter(token, Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("TK-1 never is a choice with a name")
  void never() {
    Issued token = issue(Lifetime.never());
    assertThat(token.record().endsAt()).isEmpty();
    fixture.clock.advance(Duration.ofDays(36_500));
    assertThat(fixture.who(token).expiresAt()).isEmpty();
  }

  @Test
  @DisplayName("TK-1 one that slides ends where it is not used, exactly")
  void idle() {
    Lifetime sliding = Lifetime.sliding(Duration.ofMinutes(20), Duration.ofHours(1));
    Issued used = issue(sliding);
    Issued unused = issue(sliding);
    fixture.clock.advance(Duration.ofMinutes(20).minus(MILLI));
    assertThat(fixture.isLive(used)).isTrue();
    fixture.clock.advance(MILLI);
    fixture.assertRefused(unused, "unknown_or_expired");
    fixture.clock.advance(Duration.ofMinutes(20).minus(MILLI).minus(MILLI));
    assertThat(fixture.isLive(used)).isTrue();
  }

  @Test
  @DisplayName("TK-1 one that slides ends at its cap exactly, however much it is used")
  void cap() {
    Issued token = issue(Lifetime.sliding(Duration.ofMinutes(20), Duration.ofHours(1)));
    for (int i = 0; i < 11; i++) {
      fixture.clock.advance(Duration.ofMinutes(5));
      assertThat(fixture.isLive(token)).isTrue();
    }
    assertEndsAfter(token, Duration.ofMinutes(5));
  }

  @Test
  @DisplayName("TK-1, TK-4 idle counts from the last use that was written down")
  void recordedUse() {
    Issued token = issue(Lifetime.sliding(Duration.ofMinutes(20), Duration.ofHours(10)));
    fixture.clock.advance(Duration.ofSeconds(59));
    assertThat(fixture.isLive(token)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(20).minusSeconds(59));
    fixture.assertRefused(token, "unknown_or_expired");
  }

  @Test
  @DisplayName("TK-1 a lifetime is 1 second to 10 years")
  void bounds() {
    assertThat(Lifetime.MAX).isEqualTo(Duration.ofDays(3650));
    assertThat(Lifetime.of(SECOND).absolute()).contains(SECOND);
    assertThat(Lifetime.of(Lifetime.MAX).absolute()).contains(Lifetime.MAX);
    assertThat(Lifetime.sliding(SECOND, SECOND).idle()).contains(SECOND);
    assertThat(Lifetime.sliding(Lifetime.MAX, Lifetime.MAX).idle()).contains(Lifetime.MAX);
    assertEndsAfter(issue(Lifetime.of(SECOND)), SECOND);
  }

  static Stream<Duration> outOfRange() {
    return Stream.of(
        SECOND.minus(MILLI),
        Duration.ZERO,
        Duration.ofSeconds(-1),
        Lifetime.MAX.plus(MILLI),
        Duration.ofSeconds(Long.MAX_VALUE),
        Duration.ofSeconds(Long.MIN_VALUE));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  @DisplayName("TK-1 no other lifetime can be made")
  void refused(Duration length) {
    assertThatThrownBy(() -> Lifetime.of(length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 second to 10 years");
    assertThatThrownBy(() -> Lifetime.sliding(length, Lifetime.MAX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Lifetime.sliding(SECOND, length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("TK-1 the idle time is at most the cap")
  void contradiction() {
    assertThatThrownBy(() -> Lifetime.sliding(SECOND.plus(MILLI), SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the cap");
    assertThatThrownBy(() -> Lifetime.sliding(SECOND.multipliedBy(2), SECOND))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("TK-1 lifetimes are values")
  void values() {
    Lifetime sliding = Lifetime.sliding(SECOND, Lifetime.MAX);
    assertThat(sliding)
        .isEqualTo(Lifetime.sliding(SECOND, Lifetime.MAX))
        .hasSameHashCodeAs(Lifetime.sliding(SECOND, Lifetime.MAX))
        .isNotEqualTo(Lifetime.of(Lifetime.MAX))
        .isNotEqualTo(Lifetime.sliding(SECOND, SECOND))
        .isNotEqualTo("sliding")
        .hasToString("Lifetime[PT1S up to PT87600H]");
    assertThat(Lifetime.of(SECOND)).isNotEqualTo(Lifetime.never()).hasToString("Lifetime[PT1S]");
    assertThat(Lifetime.of(SECOND).idle()).isEmpty();
    assertThat(Lifetime.never()).isEqualTo(Lifetime.never()).hasToString("Lifetime[never]");
    assertThat(Lifetime.never().absolute()).isEmpty();
  }
}
