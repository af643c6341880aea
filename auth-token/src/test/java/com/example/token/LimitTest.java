package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Race;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
  private static TokenFixture limited(int max, WhenFull whenFull) {
    return new TokenFixture(b -> b.limit(new TokenLimit(max, whenFull)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("TK-1 of fifty tokens made at once exactly as many last as there may be")
  void fifty(WhenFull whenFull) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      for (int round = 0; round < 10; round++) {
        TokenFixture fixture = limited(3, whenFull);
        List<TokenResult> made =
            Race.of(
                threads,
                Collections.nCopies(
                    50, () -> fixture.tokens.issue(fixture.alice, NewToken.standard())));
        boolean refuses = whenFull == WhenFull.REFUSE_NEW;
        assertThat(made.stream().filter(TokenResult.TooMany.class::isInstance))
            .hasSize(refuses ? 47 : 0);
        List<String> kept = fixture.records().stream().map(TokenRecord::id).toList();
        assertThat(kept).hasSize(3);
        assertThat(fixture.events.events(AuthEvent.Issued.class)).hasSize(refuses ? 3 : 50);
        assertThat(fixture.events.events(AuthEvent.Ended.class))
            .hasSize(refuses ? 0 : 47)
            .allSatisfy(ended -> assertThat(ended.why()).isEqualTo("limit"))
            .allSatisfy(ended -> assertThat(ended.kind()).isEqualTo("token"))
            .allSatisfy(ended -> assertThat(kept).doesNotContain(ended.id()));
        for (TokenResult one : made) {
          if (one instanceof Issued issued) {
            TokenFixture.remembered(issued);
            assertThat(fixture.isLive(issued)).isEqualTo(kept.contains(issued.record().id()));
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("TK-1 the oldest makes room, and none of anybody else's")
  void oldestOut() {
    TokenFixture fixture = limited(2, WhenFull.REMOVE_OLDEST);
    Issued bobs = fixture.issue(fixture.bob, NewToken.standard());
    Issued first = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(1));
    Issued second = fixture.issue();
    fixture.clock.advance(Duration.ofMinutes(1));
    Issued third = fixture.issue();
    fixture.assertRefused(first, "unknown_or_expired");
    assertThat(List.of(bobs, second, third)).allMatch(fixture::isLive);
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::id)
        .containsExactly(first.record().id());
  }

  @Test
  @DisplayName("TK-1 a new one is refused where that is the choice; one that is revoked makes room")
  void refused() {
    TokenFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    Issued first = fixture.issue();
    TokenResult second = fixture.tokens.issue(fixture.alice, NewToken.standard());
    assertThat(second).isEqualTo(new TokenResult.TooMany());
    assertThatThrownBy(second::orElseThrow).isInstanceOf(IllegalStateException.class);
    assertThat(fixture.isLive(first)).isTrue();
    fixture.tokens.revoke(fixture.alice.id(), first.record().id());
    assertThat(fixture.isLive(fixture.issue())).isTrue();
  }

  @Test
  @DisplayName("TK-1 expired tokens, ended ones and sessions take no room")
  void noRoomTaken() {
    TokenFixture fixture = limited(1, WhenFull.REFUSE_NEW);
    IssuedCredentials sessions =
        IssuedCredentials.builder(
                AuthEnvironment.standard().withClock(fixture.clock).withListener(fixture.events),
                TokenKind.SESSION,
                fixture.watched,
                fixture.users)
            .build();
    sessions.add(
        sessions
            .record(SecretDigest.of("a session"), fixture.alice.id(), 0, sessions.now())
            .build());
    fixture.issue(NewToken.standard().lifetime(Lifetime.of(Duration.ofMinutes(1))));
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.issue();
    fixture.raise();
    assertThat(fixture.isLive(fixture.issue())).isTrue();
  }

  @Test
  @DisplayName("TK-1 100 by default, and then no more, even of fifty asked for at once")
  void standard() {
    TokenFixture fixture = new TokenFixture();
    for (int i = 0; i < 90; i++) {
      fixture.issue();
    }
    List<TokenResult> made =
        Race.of(50, i -> fixture.tokens.issue(fixture.alice, NewToken.standard()));
    assertThat(made).filteredOn(TokenResult.Issued.class::isInstance).hasSize(10);
    assertThat(fixture.records()).hasSize(100);
  }

  @Test
  @DisplayName("TK-1 no limit where that is the choice")
  void unlimited() {
    TokenFixture fixture = new TokenFixture(b -> b.limit(TokenLimit.NONE));
    for (int i = 0; i < 200; i++) {
      fixture.issue();
    }
    assertThat(fixture.records()).hasSize(200);
  }
}
