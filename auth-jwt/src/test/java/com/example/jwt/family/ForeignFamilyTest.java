package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.SECRET;
import static com.example.jwt.family.JwtFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Genuine tokens, but of no family that lives here. */
class ForeignFamilyTest {
  private final JwtFixture fixture = new JwtFixture();

  @Test
  @DisplayName("JW-7 a genuine token of a family that is unknown here is refused, and ends nothing")
  void otherStore() {
    TokenPair ours = fixture.start();
    TokenPair theirs = new JwtFixture().start();
    assertRefused(fixture.first.refresh(theirs), "unknown_or_expired");
    assertThat(fixture.first.families.revoke(theirs.refreshToken().reveal())).isFalse();
    assertThat(fixture.events.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
    fixture.first.next(ours);
  }

  @Test
  @DisplayName("JW-7 each family has its own turns: one that ends takes no other with it")
  void ownTurns() {
    TokenPair one = fixture.start();
    TokenPair other = fixture.start(fixture.bob);
    TokenPair next = fixture.first.next(one);
    fixture.first.next(next);
    assertRefused(fixture.first.refresh(one), "reused");
    assertThat(fixture.first.next(other).family().userId()).isEqualTo("id-bob");
  }

  @Test
  @DisplayName("ST-1 a record of another kind under the family's key is no family")
  void otherKind() {
    IssuedCredentials sessions =
        IssuedCredentials.builder(
                AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
                TokenKind.SESSION,
                fixture.store,
                fixture.users)
            .build();
    Wire token = Wire.parse(new JwtFixture().start().refreshToken().reveal());
    String id = Base64.getUrlEncoder().encodeToString(token.family());
    sessions.add(sessions.record(SecretDigest.of(id), "id-alice", 0, sessions.now()).build());
    assertRefused(
        fixture.first.families.refresh(token.taggedBy(SECRET).text()), "unknown_or_expired");
  }
}
