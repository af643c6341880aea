package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static com.example.jwt.family.JwtFixture.MILLI;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefreshLifetimeTest {
  private static final Duration IDLE = Duration.ofDays(30);
  private static final Duration ABSOLUTE = Duration.ofDays(90);

  private final JwtFixture fixture = new JwtFixture();
  private final Instant start = fixture.clock.instant();

  @Test
  @DisplayName("JW-6 idle ends it at exactly 30 days without use")
  void idle() {
    TokenPair pair = fixture.start();
    TokenPair other = fixture.start();
    fixture.clock.advance(IDLE.minus(MILLI));
    TokenPair next = fixture.second.next(pair);
    assertThat(next.refreshExpiresIn()).isEqualTo(IDLE);
    fixture.clock.advance(MILLI);
    assertRefused(fixture.first.refresh(other), "unknown_or_expired");
    fixture.clock.advance(IDLE.minus(MILLI).minus(MILLI));
    TokenPair last = fixture.first.next(next);
    fixture.clock.advance(IDLE);
    assertRefused(fixture.first.refresh(last), "unknown_or_expired");
  }

  @Test
  @DisplayName("JW-6, row 103 the absolute end stays where it was, however often it rotates")
  void absolute() {
    TokenPair pair = fixture.start();
    for (int day = 10; day < 90; day += 10) {
      fixture.clock.advance(Duration.ofDays(10));
      pair = fixture.first.next(pair);
      TokenRecord kept = fixture.records().get(0);
      assertThat(kept.expiresAt()).contains(start.plus(ABSOLUTE));
      assertThat(pair.refreshExpiresIn()).isEqualTo(Duration.ofDays(Math.min(30, 90 - day)));
    }
    fixture.clock.advance(Duration.ofDays(10).minus(MILLI));
    TokenPair last = fixture.second.next(pair);
    assertThat(last.refreshExpiresIn()).isZero();
    fixture.clock.advance(MILLI);
    assertRefused(fixture.first.refresh(last), "unknown_or_expired");
    assertRefused(fixture.first.refresh(pair), "unknown_or_expired");
  }

  @Test
  @DisplayName("JW-6 an access token never outlives its family")
  void capped() {
    JwtFixture brief =
        new JwtFixture(
            b -> b.lifetime(Lifetime.sliding(Duration.ofMinutes(3), Duration.ofMinutes(7))));
    TokenPair pair = brief.start();
    assertThat(pair.expiresIn()).isEqualTo(Duration.ofMinutes(5));
    brief.clock.advance(Duration.ofMinutes(2));
    pair = brief.first.next(pair);
    assertThat(pair.expiresIn()).isEqualTo(Duration.ofMinutes(5));
    brief.clock.advance(Duration.ofMillis(1500));
    TokenPair capped = brief.first.next(pair);
    assertThat(JwtFixture.claims(capped.accessToken().reveal()).get("exp").longValue())
        .isEqualTo(start.plus(Duration.ofMinutes(7)).getEpochSecond());
    assertThat(capped.expiresIn()).as("exp less iat").isEqualTo(Duration.ofSeconds(299));
    TokenPair repeated = brief.second.next(pair);
    assertThat(JwtFixture.claims(repeated.accessToken().reveal()).get("exp").longValue())
        .isEqualTo(start.plus(Duration.ofMinutes(7)).getEpochSecond());
  }

  @Test
  @DisplayName("JW-6 where the family is shorter than an access token, so is the first one")
  void cappedAtOnce() {
    JwtFixture brief =
        new JwtFixture(
            b -> b.lifetime(Lifetime.sliding(Duration.ofSeconds(1), Duration.ofSeconds(1))));
    TokenPair pair = brief.start();
    assertThat(pair.expiresIn()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pair.refreshExpiresIn()).isEqualTo(Duration.ofSeconds(1));
    brief.clock.advance(Duration.ofSeconds(1).minus(MILLI));
    brief.first.next(pair);
    brief.clock.advance(MILLI);
    assertRefused(brief.first.refresh(pair), "unknown_or_expired");
  }

  @Test
  @DisplayName("JW-6 a host's own lifetime of access tokens")
  void accessLifetime() {
    JwtFixture hour =
        new JwtFixture(JwtFixture.Options.none().issuer(b -> b.lifetime(Duration.ofHours(1))));
    assertThat(hour.start().expiresIn()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  @DisplayName("JW-7, row 103 scopes, user, client and the time of the login stay; nothing widens")
  void stays() {
    Instant proved = start.minusSeconds(3600);
    TokenPair pair =
        fixture
            .first
            .families
            .start(fixture.alice, proved, CLIENT, Set.of("read", "write"))
            .orElseThrow();
    TokenRecord before = fixture.records().get(0);
    TokenPair next = pair;
    for (int i = 0; i < 3; i++) {
      fixture.clock.advance(Duration.ofMinutes(10));
      next = Topology.TWO_NODES.at(fixture, i).next(next);
    }
    TokenRecord after = fixture.records().get(0);
    assertThat(after.scopes()).contains(Set.of("read", "write"));
    assertThat(after.authenticatedAt()).isEqualTo(proved);
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.epoch()).isEqualTo(before.epoch());
    assertThat(after.client()).isEqualTo("Firefox");
    assertThat(after.lastSeenAt()).isEqualTo(fixture.clock.instant());
    assertThat(JwtFixture.claims(next.accessToken().reveal()).get("scope").textValue().split(" "))
        .containsExactlyInAnyOrder("read", "write");
    assertThat(JwtFixture.claims(next.accessToken().reveal()).get("auth_time").longValue())
        .isEqualTo(proved.getEpochSecond());
  }
}
