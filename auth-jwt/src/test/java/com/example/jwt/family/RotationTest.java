package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.GRACE;
import static com.example.jwt.family.JwtFixture.MILLI;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The current token, and the one just before. */
class RotationTest {
  private final JwtFixture fixture = new JwtFixture();

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 the current token is exchanged for its successor, again and again")
  void current(Topology nodes) {
    TokenPair pair = fixture.start();
    String family = pair.family().id();
    for (int generation = 1; generation <= 20; generation++) {
      fixture.clock.advance(Duration.ofMinutes(4));
      TokenPair next = nodes.at(fixture, generation).next(pair);
      assertThat(next.refreshToken().reveal()).isNotEqualTo(pair.refreshToken().reveal());
      assertThat(next.accessToken().reveal()).isNotEqualTo(pair.accessToken().reveal());
      assertThat(next.family().id()).isEqualTo(family);
      assertThat(nodes.at(fixture, generation + 1).takes(next)).isTrue();
      assertThat(fixture.records()).singleElement().extracting(TokenRecord::id).isEqualTo(family);
      TokenRecord.Rotation kept = fixture.records().get(0).rotation().orElseThrow();
      assertThat(kept.generation()).isEqualTo(generation);
      assertThat(kept.rotatedAt()).isEqualTo(fixture.clock.instant());
      pair = next;
    }
    assertThat(fixture.rotated(false))
        .hasSize(20)
        .last()
        .isEqualTo(
            new AuthEvent.RefreshRotated(fixture.clock.instant(), family, "id-alice", 20, false));
  }

  @Test
  @DisplayName("JW-7 an exchange is one look, one swap, and one look after it")
  void storeCalls() {
    TokenPair pair = fixture.start();
    fixture.first.store.forget();
    fixture.first.next(pair);
    assertThat(fixture.first.store.calls()).containsExactly("find+user", "replace", "find+user");
    fixture.first.store.forget();
    fixture.first.next(pair);
    assertThat(fixture.first.store.calls()).as("within the grace").containsExactly("find+user");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "JW-7 the one just before: the same successor, a fresh access token, to exactly 10 s")
  void graced(Topology nodes) {
    TokenPair old = fixture.start();
    TokenPair next = nodes.at(fixture, 1).next(old);
    TokenRecord kept = fixture.records().get(0);
    fixture.clock.advance(GRACE.minus(MILLI));
    TokenPair again = nodes.at(fixture, 0).next(old);
    fixture.clock.advance(MILLI);
    TokenPair once = nodes.at(fixture, 1).next(old);
    assertThat(again.refreshToken().reveal()).isEqualTo(next.refreshToken().reveal());
    assertThat(once.refreshToken().reveal()).isEqualTo(next.refreshToken().reveal());
    assertThat(JwtFixture.claims(once.accessToken().reveal()).get("jti"))
        .isNotEqualTo(JwtFixture.claims(next.accessToken().reveal()).get("jti"));
    assertThat(JwtFixture.claims(once.accessToken().reveal()).get("iat").longValue())
        .isEqualTo(fixture.clock.instant().getEpochSecond());
    assertThat(once.expiresIn()).isEqualTo(JwtFixture.ACCESS);
    assertThat(fixture.first.takes(once)).isTrue();
    assertThat(fixture.records().get(0).version())
        .as("nothing is written")
        .isEqualTo(kept.version());
    assertThat(fixture.rotated(true))
        .hasSize(2)
        .first()
        .isEqualTo(
            new AuthEvent.RefreshRotated(
                fixture.clock.instant().minus(MILLI), kept.id(), "id-alice", 1, true));
    nodes.at(fixture, 0).next(next);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-7 its use does not prolong the grace: a millisecond beyond it is theft")
  void notProlonged(Topology nodes) {
    TokenPair old = fixture.start();
    TokenPair next = nodes.at(fixture, 1).next(old);
    fixture.clock.advance(GRACE);
    nodes.at(fixture, 0).next(old);
    fixture.clock.advance(MILLI);
    assertRefused(nodes.at(fixture, 1).refresh(old), "reused");
    assertRefused(nodes.at(fixture, 0).refresh(next), "unknown_or_expired");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-8 two tabs whose replies come out of order go on from either")
  void twoTabs(Topology nodes) {
    TokenPair old = fixture.start();
    TokenPair tabOne = nodes.at(fixture, 0).next(old);
    fixture.clock.advance(Duration.ofSeconds(3));
    TokenPair tabTwo = nodes.at(fixture, 1).next(old);
    TokenPair later = nodes.at(fixture, 0).next(tabTwo);
    fixture.clock.advance(Duration.ofSeconds(3));
    TokenPair latest = nodes.at(fixture, 1).next(tabOne);
    assertThat(latest.refreshToken().reveal()).isEqualTo(later.refreshToken().reveal());
    fixture.clock.advance(Duration.ofMinutes(5));
    nodes.at(fixture, 0).next(latest);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("JW-8 replies that are lost for less than the grace cost nothing, turn after turn")
  void lostReplies(Topology nodes) {
    TokenPair held = fixture.start();
    for (int turn = 0; turn < 5; turn++) {
      nodes.at(fixture, turn).next(held);
      fixture.clock.advance(GRACE);
      held = nodes.at(fixture, turn + 1).next(held);
      fixture.clock.advance(Duration.ofHours(1));
    }
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
  }

  @Test
  @DisplayName(
      "JW-7, JW-8 who loses the swap to another node looks again, and has the same successor")
  void lostSwap() {
    TokenPair old = fixture.start();
    List<TokenPair> won = new ArrayList<>();
    fixture.first.store.before("replace", () -> won.add(fixture.second.next(old)));
    fixture.first.store.forget();
    TokenPair mine = fixture.first.next(old);
    assertThat(mine.refreshToken().reveal()).isEqualTo(won.get(0).refreshToken().reveal());
    assertThat(Wire.parse(mine.refreshToken().reveal()).keyId()).isEqualTo("second");
    assertThat(fixture.first.store.calls()).containsExactly("find+user", "replace", "find+user");
    fixture.first.next(mine);
  }

  @Test
  @DisplayName("JW-7 the successor is derived by the key of the token that was presented")
  void derived() {
    TokenPair old = fixture.start();
    Wire expected = Wire.parse(old.refreshToken().reveal()).successor(JwtFixture.SECRET);
    assertThat(fixture.second.next(old).refreshToken().reveal())
        .as("the other node makes it with a key of its own")
        .isNotEqualTo(expected.text())
        .satisfies(token -> assertThat(Wire.parse(token).secret()).isEqualTo(expected.secret()))
        .satisfies(token -> assertThat(Wire.parse(token).keyId()).isEqualTo("second"));
    TokenPair other = fixture.start();
    assertThat(fixture.first.next(other).refreshToken().reveal())
        .isEqualTo(Wire.parse(other.refreshToken().reveal()).successor(JwtFixture.SECRET).text());
  }

  @Test
  @DisplayName("JW-7, AC-2 the user is read at every exchange: name, roles and epoch are today's")
  void freshUser() {
    TokenPair old = fixture.start();
    fixture.change(user -> user.roles(Set.of("admin")).name("alicia"));
    TokenPair next = fixture.second.next(old);
    assertThat(JwtFixture.claims(next.accessToken().reveal()).get("roles").toString())
        .isEqualTo("[\"admin\"]");
    assertThat(JwtFixture.claims(next.accessToken().reveal()).get("username").textValue())
        .isEqualTo("alicia");
    fixture.change(user -> user.roles(Set.of()));
    TokenPair again = fixture.first.next(old);
    assertThat(JwtFixture.claims(again.accessToken().reveal()).get("roles").toString())
        .isEqualTo("[]");
  }
}
