package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.Lifetime;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same in how long a token of django-rest-knox lives. */
class KnoxLifetimeTest {
  private static final String WRONG = "401 invalid_token";
  private static final Duration TTL = Duration.ofHours(10);

  private static Site withLifetime(Lifetime lifetime) {
    return new Site(builder -> builder.lifetime(lifetime));
  }

  @Test
  @DisplayName("DO-3 TOKEN_TTL: it ends, and reads like one that never was")
  void ttl() {
    Site limited = withLifetime(Lifetime.of(TTL));
    String token = limited.tokenOf(limited.alice);
    limited.clock.advance(TTL.minusMillis(1));
    assertThat(limited.says("Token " + token)).isEqualTo("200 alice");
    limited.clock.advance(Duration.ofMillis(2));
    assertThat(limited.says("Token " + token)).isEqualTo(WRONG);
    assertThat(limited.says("Token " + "0".repeat(64))).isEqualTo(WRONG);
  }

  @Test
  @DisplayName("DO-3 TOKEN_TTL None: no end, and its expiry is null")
  void expiryNull() {
    Site endless = withLifetime(Lifetime.never());
    AuthResponse made = endless.call(TestRequest.post("/auth/tokens").basic("alice", PASSWORD), "");
    assertThat(made.body()).contains("\"expires_at\":null");
    endless.clock.advance(Duration.ofDays(36_500));
    assertThat(endless.says("Token " + text(made, "token"))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 create(user, expiry=…): one token with an end of its own")
  void ownExpiry() {
    Site site = new Site();
    String token =
        site.tokenOf(site.alice, NewToken.standard().lifetime(Lifetime.of(Duration.ofMinutes(1))));
    site.clock.advance(Duration.ofMinutes(1));
    assertThat(site.says("Token " + token)).isEqualTo(WRONG);
  }

  private static final class Sliding {
    final Site site = withLifetime(Lifetime.sliding(TTL, Duration.ofHours(24)));
    final String token = site.tokenOf(site.alice);
    final Instant start = site.clock.instant();

    String after(Duration time) {
      site.clock.advance(time);
      return site.says("Token " + token);
    }

    Instant end() {
      return site.tokens.list(site.alice.id()).get(0).endsAt().orElseThrow();
    }
  }

  @Test
  @DisplayName("DO-3 AUTO_REFRESH: a use gains as much time as has passed since the last")
  void autoRefresh() {
    Sliding sliding = new Sliding();
    assertThat(sliding.after(Duration.ofHours(5))).isEqualTo("200 alice");
    assertThat(sliding.end()).isEqualTo(sliding.start.plus(Duration.ofHours(15)));
    assertThat(sliding.after(Duration.ofHours(6))).isEqualTo("200 alice");
    assertThat(sliding.after(TTL)).isEqualTo(WRONG);
  }

  @Test
  @DisplayName("DO-3 MIN_REFRESH_INTERVAL: a use within the minute writes nothing")
  void minRefreshInterval() {
    Sliding sliding = new Sliding();
    assertThat(sliding.after(Duration.ofSeconds(59))).isEqualTo("200 alice");
    assertThat(sliding.end()).isEqualTo(sliding.start.plus(TTL));
    assertThat(sliding.after(Duration.ofSeconds(2))).isEqualTo("200 alice");
    assertThat(sliding.end()).isEqualTo(sliding.start.plus(TTL).plusSeconds(61));
  }

  @Test
  @DisplayName("DO-3 AUTO_REFRESH_MAX_TTL: no use gains more than the cap")
  void maxTtl() {
    Sliding sliding = new Sliding();
    assertThat(sliding.after(Duration.ofHours(9))).isEqualTo("200 alice");
    assertThat(sliding.after(Duration.ofHours(9))).isEqualTo("200 alice");
    assertThat(sliding.end()).isEqualTo(sliding.start.plus(Duration.ofHours(24)));
    assertThat(sliding.after(Duration.ofHours(6))).isEqualTo(WRONG);
  }
}
