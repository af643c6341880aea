package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResetNamesTest {
  static Stream<String> impossible() {
    return Stream.of("", "no:body", "alice\u0000", "alice\r\n", "\uD800", "a".repeat(151));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("impossible")
  @DisplayName("AC-3, AC-5, row 44: what can't be a name is looked up nowhere, and counted alike")
  void impossible(String name) {
    ResetFixture fixture = new ResetFixture();
    int reads = fixture.users.reads();
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.ask(name)).isEmpty();
    }
    assertThat(fixture.ask(name)).isPresent();
    assertThat(fixture.users.reads()).isEqualTo(reads);
    assertThat(fixture.letters).isEmpty();
  }
}
