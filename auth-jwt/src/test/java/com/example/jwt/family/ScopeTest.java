package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticated;
import dev.sallyport.jwt.refresh.TokenPair;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private final JwtFixture fixture = new JwtFixture();

  private Authenticated restrictedTo(Set<String> scopes) {
    TokenPair pair =
        fixture
            .first
            .families
            .start(fixture.alice, fixture.clock.instant(), CLIENT, scopes)
            .orElseThrow();
    return (Authenticated) fixture.first.present(pair);
  }

  @Test
  @DisplayName("JW-3, HT-1 the scopes of a login are those of its tokens; null is unrestricted")
  void scopes() {
    assertThat(restrictedTo(Set.of("a", "b:c")).scopes()).contains(Set.of("a", "b:c"));
    assertThat(restrictedTo(null).scopes()).isEmpty();
    assertThat(restrictedTo(null).allows("anything")).isTrue();
  }

  @Test
  @DisplayName("HT-1 no scope at all allows nothing, and is not unrestricted")
  void none() {
    Authenticated who = restrictedTo(Set.of());
    assertThat(who.scopes()).contains(Set.of());
    assertThat(who.allows("read")).isFalse();
    assertThat(who.allows("")).isFalse();
  }
}
