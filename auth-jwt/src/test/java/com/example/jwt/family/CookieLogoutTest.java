package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieLogoutTest {
  private static final String COOKIE = "__Host-jwt";
  private static final List<String> FORGOTTEN =
      List.of(
          "__Host-jwt=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
          "__Secure-jwt-refresh=; Path=/auth/jwt; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
          "__Host-jwt-family=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");

  private final JwtFixture fixture = new JwtFixture(b -> b.inCookies("/auth/jwt"));
  private final TokenPair pair = fixture.start();

  private TestRequest request() {
    return TestRequest.post("/logout")
        .header("Host", "api.example")
        .cookie(COOKIE, pair.accessToken().reveal());
  }

  private TestRequest own() {
    return request().header("Sec-Fetch-Site", "same-origin");
  }

  private Logout plan(TestRequest request) {
    return fixture.first.authenticator.planLogout(request.build());
  }

  private static List<String> headers(Logout plan) {
    return plan.cookies().stream().map(SetCookie::header).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 600, 86_400})
  @DisplayName(
      "JW-11, JW-9 it ends the family and clears both, long after the access token expired")
  void logout(long secondsLater) {
    fixture.clock.advance(Duration.ofSeconds(secondsLater));
    Logout plan = plan(own());
    assertThat(plan.refusal()).isEmpty();
    assertThat(headers(plan)).isEqualTo(FORGOTTEN);
    assertThat(fixture.isKept(pair)).isTrue();
    plan.carryOut();
    plan.carryOut();
    assertThat(fixture.isKept(pair)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 86_400})
  @DisplayName("JW-11, SE-5 another site's page ends nothing and clears nothing, nor do the silent")
  void foreign(long secondsLater) {
    fixture.clock.advance(Duration.ofSeconds(secondsLater));
    for (TestRequest request :
        List.of(
            request(),
            request().header("Sec-Fetch-Site", "cross-site"),
            request().header("Sec-Fetch-Site", "same-site"),
            request().header("Origin", "https://evil.example"),
            request().header("Origin", "null"))) {
      Logout plan = plan(request);
      assertThat(plan.refusal().map(no -> no.reason().refusal().code())).contains("csrf");
      assertThat(plan.cookies()).isEmpty();
      plan.carryOut();
      assertThat(fixture.isKept(pair)).isTrue();
    }
  }

  @Test
  @DisplayName("JW-11, SE-7 stale, several and malformed cookies end nothing, and are forgotten")
  void stale() {
    for (TestRequest request :
        List.of(
            request().cookie(COOKIE, "x"),
            request().cookie(COOKIE, pair.accessToken().reveal()),
            TestRequest.post("/").cookie(COOKIE, "x"),
            TestRequest.post("/").cookie(COOKIE, pair.refreshToken().reveal()),
            TestRequest.post("/"))) {
      Logout plan = plan(request);
      assertThat(plan.refusal()).isEmpty();
      assertThat(headers(plan)).isEqualTo(FORGOTTEN);
      plan.carryOut();
    }
    assertThat(fixture.isKept(pair)).isTrue();
    fixture.first.families.revoke(pair.refreshToken().reveal());
    assertThat(headers(plan(request().header("Sec-Fetch-Site", "cross-site"))))
        .as("of an ended family")
        .isEqualTo(FORGOTTEN);
  }

  @Test
  @DisplayName(
      "JW-11, SE-7 a foreign page's request without the cookies makes the browser keep them")
  void heldBack() {
    Logout plan = plan(TestRequest.post("/").header("Sec-Fetch-Site", "cross-site"));
    assertThat(plan.cookies()).isEmpty();
    assertThat(plan.refusal()).isEmpty();
  }

  @Test
  @DisplayName("JW-11, GU-5 over plain HTTP it is refused unread, and the header is not looked at")
  void others() {
    Logout insecure = plan(own().insecure());
    assertThat(insecure.refusal().map(Rejected::reason)).contains(Reason.INSECURE_TRANSPORT);
    insecure.carryOut();
    plan(Node.bearer(pair.accessToken().reveal())).carryOut();
    assertThat(fixture.isKept(pair)).isTrue();
  }
}
