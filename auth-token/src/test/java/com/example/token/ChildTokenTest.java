package com.example.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.store.Lifetime;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.TokenResult.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChildTokenTest {
  private static final Lifetime DAY = Lifetime.of(Duration.ofDays(1));

  private final TokenFixture fixture = new TokenFixture();

  private Authenticated parent(NewToken wanted) {
    return fixture.who(
        TokenFixture.remembered(fixture.tokens.issue(fixture.verified("alice"), wanted)));
  }

  private Issued child(Authenticated parent, NewToken wanted) {
    return TokenFixture.remembered(fixture.tokens.issue(parent, wanted));
  }

  @Test
  @DisplayName("HT-1 a token made with a token has at most its scopes; none asked for, the same")
  void scopes() {
    Authenticated parent = parent(NewToken.standard().scopes("read", "write"));
    Issued same = child(parent, NewToken.standard());
    assertThat(same.record().scopes()).contains(Set.of("read", "write"));
    assertThat(fixture.who(same).allows("admin")).isFalse();
    Issued fewer = child(parent, NewToken.standard().scopes("read"));
    assertThat(fixture.who(fewer).scopes()).contains(Set.of("read"));
    assertThat(child(parent, NewToken.standard().scopes("write", "read")).record().scopes())
        .contains(Set.of("read", "write"));
  }

  @Test
  @DisplayName("HT-1 asked for more, nothing is made, and what is too much is named")
  void tooBroad() {
    Authenticated parent = parent(NewToken.standard().scopes("read", "write"));
    int before = fixture.records().size();
    for (String more : new String[] {"admin", "READ", "rea", "read:all"}) {
      assertThat(fixture.tokens.issue(parent, NewToken.standard().scopes("read", more)))
          .isEqualTo(new TokenResult.TooBroad(Set.of(more)));
    }
    TokenResult refused = fixture.tokens.issue(parent, NewToken.standard().scopes("admin"));
    assertThatThrownBy(refused::orElseThrow).isInstanceOf(IllegalStateException.class);
    assertThat(fixture.records()).hasSize(before);
  }

  @Test
  @DisplayName("HT-1 what may nothing makes nothing; never an unrestricted token")
  void mayNothing() {
    Authenticated nothing =
        Authenticated.builder(fixture.alice.principal(), "other").epoch(0).scopes(Set.of()).build();
    assertThat(fixture.tokens.issue(nothing, NewToken.standard()))
        .isEqualTo(new TokenResult.TooBroad(Set.of()));
    assertThat(fixture.tokens.issue(nothing, NewToken.standard().scopes("read")))
        .isEqualTo(new TokenResult.TooBroad(Set.of("read")));
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  @DisplayName("HT-1 an unrestricted parent can make any")
  void unrestricted() {
    Authenticated parent = parent(NewToken.standard());
    assertThat(child(parent, NewToken.standard()).record().scopes()).isEmpty();
    assertThat(child(parent, NewToken.standard().scopes("read")).record().scopes())
        .contains(Set.of("read"));
  }

  @Test
  @DisplayName("HT-1 it ends no later than its parent: more is refused, and a default is cut down")
  void end() {
    Authenticated parent = parent(NewToken.standard().lifetime(DAY));
    Instant end = parent.expiresAt().orElseThrow();
    fixture.clock.advance(Duration.ofHours(1));
    Duration rest = Duration.between(fixture.clock.instant(), end);
    for (Lifetime asked :
        new Lifetime[] {
          Lifetime.never(),
          Lifetime.of(Duration.ofDays(90)),
          DAY,
          Lifetime.of(rest.plusMillis(1)),
          Lifetime.sliding(Duration.ofHours(1), Duration.ofDays(3))
        }) {
      assertThat(fixture.tokens.issue(parent, NewToken.standard().lifetime(asked)))
          .as("%s", asked)
          .isEqualTo(new TokenResult.TooLong(end));
    }
    assertThat(child(parent, NewToken.standard()).record().expiresAt()).contains(end);
    Issued same = child(parent, NewToken.standard().lifetime(Lifetime.of(rest)));
    assertThat(same.record().expiresAt()).contains(end);
    Issued shorter = child(parent, NewToken.standard().lifetime(Lifetime.of(Duration.ofHours(1))));
    assertThat(shorter.record().expiresAt())
        .contains(fixture.clock.instant().plus(Duration.ofHours(1)));
    Issued grandchild = child(fixture.who(child(parent, NewToken.standard())), NewToken.standard());
    fixture.clock.advance(Duration.between(fixture.clock.instant(), end).minusMillis(1));
    assertThat(fixture.isLive(grandchild)).isTrue();
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.assertRefused(grandchild, "unknown_or_expired");
  }

  @Test
  @DisplayName("HT-1 of a parent that slides it ends no later than that can")
  void slidingParent() {
    Authenticated parent =
        parent(
            NewToken.standard()
                .lifetime(Lifetime.sliding(Duration.ofHours(1), Duration.ofDays(30))));
    Issued child = child(parent, NewToken.standard());
    assertThat(child.record().expiresAt())
        .contains(fixture.clock.instant().plus(Duration.ofDays(30)));
    Issued free =
        child(parent(NewToken.standard().lifetime(Lifetime.never())), NewToken.standard());
    assertThat(free.record().expiresAt())
        .contains(fixture.clock.instant().plus(Duration.ofDays(90)));
  }

  @Test
  @DisplayName("HT-1, AC-2 it keeps the time of the proof, and the epoch as it was verified")
  void proofAndEpoch() {
    Authenticated parent = parent(NewToken.standard());
    fixture.clock.advance(Duration.ofHours(1));
    Issued child = child(parent, NewToken.standard());
    assertThat(fixture.who(child).authenticatedAt()).isEqualTo(parent.authenticatedAt());
    fixture.raise();
    fixture.assertRefused(child, "old_epoch");
    fixture.assertRefused(child(parent, NewToken.standard()), "old_epoch");
    Authenticated unproved =
        Authenticated.builder(fixture.alice.principal(), "other").epoch(1).build();
    assertThat(fixture.who(child(unproved, NewToken.standard())).authenticatedAt()).isEmpty();
  }

  @Test
  @DisplayName("HT-1 a parent with more scopes than can be asked for hands them all on")
  void manyScopes() {
    Set<String> many =
        IntStream.range(0, 65).mapToObj(i -> "s" + i).collect(Collectors.toUnmodifiableSet());
    Authenticated parent =
        Authenticated.builder(fixture.alice.principal(), "other").epoch(0).scopes(many).build();
    assertThat(child(parent, NewToken.standard()).record().scopes()).contains(many);
  }

  @Test
  @DisplayName("HT-1 who has no account here gets no token")
  void noAccount() {
    Authenticated stranger =
        Authenticated.builder(new Principal("x", "mallory", Set.of()), "jwt").build();
    assertThatThrownBy(() -> fixture.tokens.issue(stranger, NewToken.standard()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.events.events()).isEmpty();
  }
}
