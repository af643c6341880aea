package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevokeTest {
  private final JwtFixture fixture = new JwtFixture();
  private final TokenPair pair = fixture.start();

  @Test
  @DisplayName("JW-8 it ends the family, with an event; a second time there is nothing to end")
  void ends() {
    assertThat(fixture.first.families.revoke(pair.refreshToken().reveal())).isTrue();
    assertThat(fixture.isKept(pair)).isFalse();
    assertRefused(fixture.first.refresh(pair), "unknown_or_expired");
    assertThat(fixture.first.families.revoke(pair.refreshToken().reveal())).isFalse();
    assertThat(fixture.second.families.revoke(pair.refreshToken().reveal())).isFalse();
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .containsExactly(
            new AuthEvent.Ended(
                fixture.clock.instant(), "family", pair.family().id(), "id-alice", "revoked"));
  }

  @Test
  @DisplayName("JW-8 a token of an old generation ends it as well, and is no theft")
  void oldGeneration() {
    TokenPair newest = fixture.second.next(fixture.first.next(fixture.second.next(pair)));
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.second.families.revoke(pair.refreshToken().reveal())).isTrue();
    assertRefused(fixture.first.refresh(newest), "unknown_or_expired");
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
  }

  @Test
  @DisplayName("JW-8 it ends this family and no other")
  void noOther() {
    TokenPair other = fixture.start();
    TokenPair bobs = fixture.start(fixture.bob);
    fixture.first.families.revoke(pair.refreshToken().reveal());
    fixture.first.next(other);
    fixture.first.next(bobs);
  }

  @Test
  @DisplayName("JW-8 what has ended otherwise is not ended again")
  void endedOtherwise() {
    fixture.change(User.Builder::revokeAll);
    assertThat(fixture.first.families.revoke(pair.refreshToken().reveal())).isFalse();
    TokenPair expired = fixture.start();
    fixture.clock.advance(Duration.ofDays(30));
    assertThat(fixture.first.families.revoke(expired.refreshToken().reveal())).isFalse();
    assertThat(fixture.events.events(AuthEvent.Ended.class)).isEmpty();
  }

  @Test
  @DisplayName("SE-7 families are listed and ended by their public id, of their user only")
  void holdings() {
    TokenPair other = fixture.start();
    TokenPair bobs = fixture.start(fixture.bob);
    assertThat(fixture.first.families.credentials().list("id-alice"))
        .extracting(TokenRecord::id)
        .containsExactlyInAnyOrder(pair.family().id(), other.family().id());
    assertThat(fixture.first.families.credentials().end("id-alice", bobs.family().id())).isFalse();
    assertThat(fixture.first.families.credentials().end("id-alice", pair.family().id())).isTrue();
    assertRefused(fixture.second.refresh(pair), "unknown_or_expired");
    assertThat(fixture.second.families.credentials().endAll("id-alice")).isEqualTo(1);
    assertRefused(fixture.first.refresh(other), "unknown_or_expired");
    fixture.first.next(bobs);
  }
}
