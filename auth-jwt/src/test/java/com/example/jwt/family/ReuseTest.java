package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.GRACE;
import static com.example.jwt.family.JwtFixture.MILLI;
import static com.example.jwt.family.JwtFixture.SECRET;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that were spent: somebody has a copy. */
class ReuseTest {
  private final JwtFixture fixture = new JwtFixture();

  private void assertEnded(JwtFixture of, TokenPair newest, long generation) {
    assertThat(of.isKept(newest)).isFalse();
    assertRefused(of.first.refresh(newest), "unknown_or_expired");
    assertRefused(of.second.refresh(newest), "unknown_or_expired");
    String id = newest.family().id();
    assertThat(of.events.events(AuthEvent.RefreshReuseDetected.class))
        .containsExactly(
            new AuthEvent.RefreshReuseDetected(of.clock.instant(), id, "id-alice", generation));
    assertThat(of.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(of.clock.instant(), "family", id, "id-alice", "reuse"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "JW-7 once its successor was used, a token ends the family, within the grace as well")
  void successorUsed(Topology nodes) {
    TokenPair bystander = fixture.start();
    TokenPair old = fixture.start();
    TokenPair next = nodes.at(fixture, 1).next(old);
    TokenPair newest = nodes.at(fixture, 0).next(next);
    assertRefused(nodes.at(fixture, 1).refresh(old), "reused");
    assertEnded(fixture, newest, 0);
    assertRefused(fixture.first.refresh(next), "unknown_or_expired");
    fixture.first.next(bystander);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  @DisplayName("JW-8 a replay of the generation before last, or of an older one, ends the family")
  void older(int turns) {
    TokenPair old = fixture.start();
    TokenPair newest = old;
    for (int i = 0; i < turns; i++) {
      newest = fixture.first.next(newest);
    }
    assertRefused(fixture.second.refresh(old), "reused");
    assertEnded(fixture, newest, 0);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 the one just before, a millisecond after the grace, ends the family")
  void late(Topology nodes) {
    TokenPair first = fixture.start();
    TokenPair old = nodes.at(fixture, 0).next(first);
    fixture.clock.advance(Duration.ofMinutes(1));
    TokenPair next = nodes.at(fixture, 1).next(old);
    fixture.clock.advance(GRACE.plus(MILLI));
    assertRefused(nodes.at(fixture, 0).refresh(old), "reused");
    assertEnded(fixture, next, 1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 without a grace every second use ends the family, at the same instant too")
  void strict(Topology nodes) {
    JwtFixture strict = new JwtFixture(b -> b.grace(Duration.ZERO));
    TokenPair old = strict.start();
    TokenPair next = nodes.at(strict, 1).next(old);
    assertRefused(nodes.at(strict, 0).refresh(old), "reused");
    assertEnded(strict, next, 0);
  }

  @Test
  @DisplayName("JW-7 a grace of 300 s lasts 300 s, and not a millisecond more")
  void longest() {
    JwtFixture patient = new JwtFixture(b -> b.grace(Duration.ofMinutes(5)));
    TokenPair old = patient.start();
    TokenPair next = patient.first.next(old);
    patient.clock.advance(Duration.ofMinutes(5));
    assertThat(patient.second.next(old).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
    patient.clock.advance(MILLI);
    assertRefused(patient.second.refresh(old), "reused");
    assertEnded(patient, next, 0);
  }

  @Test
  @DisplayName("JW-8 thief and owner, each within the grace: the next divergence ends both")
  void divergence() {
    TokenPair stolen = fixture.start();
    TokenPair owner = fixture.first.next(stolen);
    TokenPair thief = fixture.second.next(stolen);
    assertThat(thief.refreshToken().reveal()).isEqualTo(owner.refreshToken().reveal());
    TokenPair ahead = fixture.second.next(thief);
    fixture.clock.advance(GRACE.plus(MILLI));
    assertRefused(fixture.first.refresh(owner), "reused");
    assertEnded(fixture, ahead, 1);
  }

  @Test
  @DisplayName("JW-9 who was shut out keeps the access token for its 5 minutes, and nothing else")
  void accessToken() {
    TokenPair old = fixture.start();
    TokenPair next = fixture.first.next(old);
    TokenPair newest = fixture.first.next(next);
    fixture.first.refresh(old);
    assertThat(fixture.first.takes(newest)).isTrue();
    fixture.clock.advance(Duration.ofMinutes(5).plusSeconds(30));
    assertThat(fixture.first.takes(newest)).isFalse();
  }

  @Test
  @DisplayName("JW-7 the secret counts: of the right generation and key alone, a token is theft")
  void otherSecret() {
    TokenPair pair = fixture.start();
    Wire other =
        Wire.parse(pair.refreshToken().reveal()).secret(JwtFixture.random(32)).taggedBy(SECRET);
    assertRefused(fixture.first.families.refresh(other.text()), "reused");
    assertEnded(fixture, pair, 0);
  }

  @Test
  @DisplayName("JW-7 within the grace the secret counts as well: it must lead to the current one")
  void otherPredecessor() {
    TokenPair old = fixture.start();
    TokenPair next = fixture.first.next(old);
    Wire other =
        Wire.parse(old.refreshToken().reveal()).secret(JwtFixture.random(32)).taggedBy(SECRET);
    assertRefused(fixture.first.families.refresh(other.text()), "reused");
    assertEnded(fixture, next, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  @DisplayName("JW-7 a generation that is still to come, or never was, is nobody's turn")
  void otherGeneration(long generation) {
    TokenPair pair = fixture.start();
    Wire other = Wire.parse(pair.refreshToken().reveal()).generation(generation).taggedBy(SECRET);
    assertRefused(fixture.first.families.refresh(other.text()), "reused");
    assertEnded(fixture, pair, generation);
  }
}
