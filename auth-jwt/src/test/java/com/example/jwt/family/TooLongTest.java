package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.refresh.TokenPair;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens that would be too long to go with every request. */
class TooLongTest {
  private int size;
  private final JwtFixture fixture = fixture(4096);

  private JwtFixture fixture(int maxLength) {
    return new JwtFixture(options(maxLength));
  }

  private JwtFixture.Options options(int maxLength) {
    return JwtFixture.Options.none()
        .issuer(
            b ->
                b.maxLength(maxLength).claims(user -> Map.of("small", 1, "big", "x".repeat(size))));
  }

  @Test
  @DisplayName(
      "JW-10 it is refused with its length, the limit and its largest claim; no value shown")
  void named() {
    size = 4000;
    assertThatThrownBy(fixture::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "The token would have \\d{4} characters, more than 4096; its largest claim is"
                + " 'big'");
    assertThat(fixture.records()).isEmpty();
    assertThat(fixture.events.events()).isEmpty();
  }

  @Test
  @DisplayName("JW-10 the limit itself is not too long, and one character more is")
  void boundary() {
    size = 800;
    int length = fixture.start().accessToken().reveal().length();
    assertThat(fixture(length).start().accessToken().reveal()).hasSize(length);
    assertThatThrownBy(() -> fixture(length - 1).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would have " + length + " characters, more than " + (length - 1));
  }

  @Test
  @DisplayName("JW-10 roles and the name can be the largest as well")
  void ofTheUser() {
    fixture.change(
        user ->
            user.roles(
                IntStream.range(0, 400)
                    .mapToObj(i -> "a-role-" + i)
                    .collect(Collectors.toUnmodifiableSet())));
    assertThatThrownBy(fixture::start).hasMessageEndingWith("'roles'");
    fixture.change(user -> user.roles(Set.of()).name("a".repeat(4000)));
    assertThatThrownBy(fixture::start).hasMessageEndingWith("'username'");
  }

  @Test
  @DisplayName("JW-10 at an exchange nothing is lost: the token stays good, the grace as well")
  void nothingLost() {
    TokenPair pair = fixture.start();
    size = 4000;
    fixture.first.store.forget();
    assertThatThrownBy(() -> fixture.first.refresh(pair)).isInstanceOf(IllegalStateException.class);
    assertThat(fixture.first.store.calls()).containsExactly("find+user");
    assertThat(fixture.records().get(0).rotation().orElseThrow().generation()).isZero();
    size = 0;
    TokenPair next = fixture.first.next(pair);
    size = 4000;
    assertThatThrownBy(() -> fixture.first.refresh(pair)).isInstanceOf(IllegalStateException.class);
    size = 0;
    assertThat(fixture.second.next(pair).refreshToken().reveal())
        .isEqualTo(next.refreshToken().reveal());
  }
}
