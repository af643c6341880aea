package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.jwt.refresh.PairCookies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both tokens in cookies, to the letter. */
class DeliveryTest {
  private static final String REFRESH = "__Secure-jwt-refresh";

  private final JwtFixture fixture = new JwtFixture(b -> b.inCookies("/auth/jwt"));
  private final TokenPair pair = fixture.start();

  private static List<String> headers(List<SetCookie> cookies) {
    return cookies.stream().map(SetCookie::header).toList();
  }

  @Test
  @DisplayName(
      "JW-11 access in __Host-jwt, refresh in __Secure-jwt-refresh for its path alone, and whose it is")
  void names() {
    assertThat(headers(pair.cookies()))
        .containsExactly(
            "__Host-jwt="
                + pair.accessToken().reveal()
                + "; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax",
            REFRESH
                + "="
                + pair.refreshToken().reveal()
                + "; Path=/auth/jwt; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict",
            "__Host-jwt-family="
                + pair.cookies().get(2).value()
                + "; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax");
    assertThat(fixture.first.families.cookies().map(PairCookies::path)).contains("/auth/jwt");
  }

  @Test
  @DisplayName("JW-11 each exchange sets all anew, the answer within the grace as well")
  void exchanged() {
    fixture.clock.advance(Duration.ofDays(29));
    TokenPair next = fixture.first.next(pair);
    TokenPair again = fixture.second.next(pair);
    for (TokenPair one : List.of(next, again)) {
      assertThat(one.cookies())
          .extracting(SetCookie::value)
          .containsExactly(
              one.accessToken().reveal(),
              next.refreshToken().reveal(),
              pair.cookies().get(2).value());
      assertThat(headers(one.cookies())).allMatch(line -> line.contains("; Max-Age=2592000;"));
    }
    fixture.clock.advance(Duration.ofDays(29));
    TokenPair later = fixture.first.next(next);
    fixture.clock.advance(Duration.ofDays(29));
    assertThat(headers(fixture.first.next(later).cookies()))
        .as("never beyond the absolute end")
        .allMatch(line -> line.contains("; Max-Age=" + Duration.ofDays(3).toSeconds() + ";"));
  }

  @Test
  @DisplayName("JW-11 what makes a browser forget them has the same names, paths and flags")
  void forget() {
    assertThat(headers(fixture.first.authenticator.expiredCookies()))
        .containsExactly(
            "__Host-jwt=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
            REFRESH + "=; Path=/auth/jwt; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
            "__Host-jwt-family=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  @DisplayName("JW-11, SE-8 the refresh token of a request: of exactly one cookie")
  void read() {
    String token = pair.refreshToken().reveal();
    assertThat(refreshToken(TestRequest.post("/").cookie(REFRESH, token))).isEqualTo(token);
    assertThat(refreshToken(TestRequest.post("/").cookie(REFRESH, "x"))).isEqualTo("x");
    assertThat(refreshToken(TestRequest.post("/"))).isNull();
    assertThat(refreshToken(TestRequest.post("/").cookie(REFRESH, token).cookie(REFRESH, token)))
        .isNull();
    assertThat(refreshToken(TestRequest.post("/").cookie("jwt-refresh", token))).isNull();
    assertThat(refreshToken(TestRequest.post("/").cookie("__Secure-JWT-refresh", token))).isNull();
    assertThat(refreshToken(TestRequest.post("/").cookie("dev-jwt-refresh", token))).isNull();
    assertThat(refreshToken(TestRequest.post("/").authorization("Bearer " + token))).isNull();
    assertThat(refreshToken(TestRequest.post("/").form(REFRESH, token))).isNull();
  }

  /** The only one; null if there is none, or there are several. */
  private String refreshToken(TestRequest request) {
    List<String> tokens =
        fixture.first.families.cookies().orElseThrow().refreshTokens(request.build());
    return tokens.size() == 1 ? tokens.get(0) : null;
  }

  @Test
  @DisplayName("JW-11, GU-5 in development on loopback the cookies have other names, and no Secure")
  void development() {
    JwtFixture dev =
        new JwtFixture(
            JwtFixture.Options.none()
                .in(e -> e.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT))
                .families(b -> b.inCookies("/auth/jwt")));
    TokenPair made = dev.start();
    assertThat(headers(made.cookies()))
        .containsExactly(
            "dev-jwt="
                + made.accessToken().reveal()
                + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
            "dev-jwt-refresh="
                + made.refreshToken().reveal()
                + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
            "dev-jwt-family="
                + made.cookies().get(2).value()
                + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
    assertThat(headers(dev.first.authenticator.expiredCookies()))
        .containsExactly(
            "dev-jwt=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
            "dev-jwt-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
            "dev-jwt-family=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    assertThat(
            dev.first
                .families
                .cookies()
                .orElseThrow()
                .refreshTokens(
                    TestRequest.post("/").cookie(REFRESH, made.refreshToken().reveal()).build()))
        .isEmpty();
    assertThat(
            dev.first
                .families
                .cookies()
                .orElseThrow()
                .refreshTokens(TestRequest.post("/").cookie("dev-jwt-refresh", "x").build()))
        .contains("x");
  }

  @Test
  @DisplayName("JW-11 unless it is chosen, there are no cookies, and none is read")
  void otherwise() {
    JwtFixture plain = new JwtFixture();
    TokenPair made = plain.start();
    assertThat(made.cookies()).isEmpty();
    assertThat(plain.first.authenticator.expiredCookies()).isEmpty();
    assertThat(plain.first.families.cookies()).isEmpty();
    assertThat(
            plain.first.families.refresh(
                TestRequest.post("/").cookie(REFRESH, made.refreshToken().reveal()).build()))
        .isInstanceOf(RefreshResult.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "auth",
        "/auth/",
        "//auth",
        "/auth jwt",
        "/auth;x",
        "/auth%2f",
        "/é",
        "/a\n",
        "/a/../b",
        "https://x/y",
        "/a?b"
      })
  @DisplayName("JW-11 what is no path to one place is refused")
  void refused(String path) {
    assertThatThrownBy(() -> new JwtFixture(b -> b.inCookies(path)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
