package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTokenTest {
  private final JwtFixture fixture = new JwtFixture();

  @ParameterizedTest
  @ValueSource(strings = {"read write", " ", "", "a\"b", "a\\b", "é", "a\nb"})
  @DisplayName("TK-1, RFC 6749 what is no scope-token is refused: a space would make two of one")
  void noScopeToken(String scope) {
    assertThatThrownBy(
            () ->
                fixture.first.families.start(
                    fixture.alice, fixture.clock.instant(), CLIENT, Set.of(scope)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.records()).isEmpty();
  }
}
