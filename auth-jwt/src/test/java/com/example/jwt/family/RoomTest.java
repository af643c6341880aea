package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.refresh.TokenPair;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is too long for a cookie, and whatever makes it so. */
class RoomTest {
  private int size;
  private final JwtFixture fixture = new JwtFixture(options(4096));

  private JwtFixture.Options options(int maxLength) {
    return JwtFixture.Options.none()
        .issuer(
            b ->
                b.maxLength(maxLength).claims(user -> Map.of("small", 1, "big", "x".repeat(size))));
  }

  @Test
  @DisplayName("JW-10 scopes can be the largest as well")
  void scopes() {
    Set<String> scopes =
        IntStream.range(0, 400)
            .mapToObj(i -> "a-scope-" + i)
            .collect(Collectors.toUnmodifiableSet());
    assertThatThrownBy(
            () ->
                fixture.first.families.start(
                    fixture.alice, fixture.clock.instant(), CLIENT, scopes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("'scope'");
  }

  @Test
  @DisplayName("JW-10, JW-11 in a cookie a token has less room, and what is too long says so alike")
  void inCookies() {
    JwtFixture cookies = new JwtFixture(options(8192).families(b -> b.inCookies("/auth/jwt")));
    size = 2600;
    int room = 4096 - "__Host-jwt".length();
    while (fixtureLength() < room) {
      size++;
    }
    assertThatThrownBy(cookies::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("'big'");
    assertThat(cookies.records()).isEmpty();
    size -= 3;
    assertThat(cookies.start().accessToken().reveal().length()).isLessThanOrEqualTo(room);
  }

  private int fixtureLength() {
    return new JwtFixture(options(8192)).start().accessToken().reveal().length() - 1;
  }

  @Test
  @DisplayName("JW-11, SP-2 a path that is too long for a cookie is refused when it is set")
  void longPath() {
    String longest = "/" + "a".repeat(1023);
    new JwtFixture(b -> b.inCookies(longest)).start();
    assertThatThrownBy(() -> new JwtFixture(b -> b.inCookies(longest + "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("EV-1 a use of the grace that has come to nothing is no event")
  void graceEvent() {
    TokenPair pair = fixture.start();
    fixture.first.next(pair);
    size = 4000;
    assertThatThrownBy(() -> fixture.first.refresh(pair)).isInstanceOf(IllegalStateException.class);
    assertThat(fixture.rotated(true)).isEmpty();
  }
}
