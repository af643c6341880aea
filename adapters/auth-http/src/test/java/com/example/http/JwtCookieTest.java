package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.cookies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens that are delivered in cookies. */
class JwtCookieTest {
  private static final String[] FORGET = {
    "__Host-jwt=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
    "__Secure-jwt-refresh=; Path=/auth/jwt; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
    "__Host-jwt-family=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
  };

  /** A logout has the browser forget whatever there could be. */
  private static final String[] FORGET_ALL = {FORGET[0], FORGET[1], FORGET[2], Answers.FORGET};

  private final JwtSite site = JwtSite.withCookies();
  private final Browser browser = site.page();

  private AuthResponse refresh() {
    return browser.post("/auth/jwt/refresh");
  }

  @Test
  @DisplayName("JW-11 both tokens are in cookies and neither is in the body; no body is needed")
  void cookiesOnly() {
    AuthResponse login = JwtSite.logIn(browser);
    JsonNode body = assertOk(login);
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly("token_type", "expires_in", "refresh_expires_in");
    assertThat(cookies(login))
        .satisfiesExactly(
            access ->
                assertThat(access)
                    .matches(
                        "__Host-jwt=[^;]+; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax"),
            refresh ->
                assertThat(refresh)
                    .matches(
                        "__Secure-jwt-refresh=sallyr_[^;]+; Path=/auth/jwt; Max-Age=2592000;"
                            + " Secure; HttpOnly; SameSite=Strict"),
            family ->
                assertThat(family)
                    .matches(
                        "__Host-jwt-family=[\\w-]{43}; Path=/; Max-Age=2592000; Secure; HttpOnly;"
                            + " SameSite=Lax"));
    assertOk(browser.me());
    AuthResponse refreshed = refresh();
    assertOk(refreshed);
    assertThat(cookies(refreshed).subList(0, 2)).doesNotContainAnyElementsOf(cookies(login));
    assertThat(cookies(refreshed).get(2)).isEqualTo(cookies(login).get(2));
    assertOk(browser.me());
  }

  @Test
  @DisplayName("JW-11 logout, revoke, logout-all and a new password forget both cookies")
  void forgotten() {
    JwtSite.logIn(browser);
    assertDone(browser.post("/auth/logout"), FORGET_ALL);
    JwtSite.logIn(browser);
    assertDone(browser.post("/auth/jwt/revoke"), FORGET);
    JwtSite.logIn(browser);
    assertDone(browser.post("/auth/logout-all"), FORGET);
    JwtSite.logIn(browser);
    assertDone(browser.changePassword(Site.PASSWORD, "another good password"), FORGET);
  }

  @Test
  @DisplayName("JW-9 logout ends the family though the access token in the cookie has expired")
  void expiredLogout() {
    JwtSite.logIn(browser);
    site.site.clock.advance(Duration.ofHours(1));
    assertProblem(browser.me(), 401, "authentication_required");
    assertDone(browser.post("/auth/logout"), FORGET_ALL);
    assertThat(site.families.credentials().list("id-of-alice")).isEmpty();
  }

  @Test
  @DisplayName("HT-2 a refresh by cookie that does not say where it comes from is refused")
  void origin() {
    JwtSite.logIn(browser);
    assertProblem(browser.silent().post("/auth/jwt/refresh"), 403, "csrf");
    assertProblem(browser.silent().post("/auth/jwt/revoke"), 403, "csrf");
    Browser foreign = browser.silent().always("Origin", "https://evil.example");
    assertProblem(foreign.post("/auth/jwt/refresh"), 403, "csrf");
    assertOk(refresh());
  }

  @Test
  @DisplayName("TK-7 an unsafe request by cookie must come from a page of the site's own")
  void unsafe() {
    JwtSite.logIn(browser);
    assertProblem(browser.silent().post("/auth/logout-all"), 403, "csrf");
    assertOk(browser.me());
  }

  @Test
  @DisplayName(
      "JW-11 without a cookie, or with one that is worth nothing: 401, and both are forgotten")
  void stale() {
    AuthResponse refused = refresh();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"invalid_token\"");
    assertThat(cookies(refused)).containsExactly(FORGET);
    TestRequest two =
        TestRequest.post("/auth/jwt/refresh")
            .header("Cookie", "__Secure-jwt-refresh=a; __Secure-jwt-refresh=b");
    assertThat(browser.send(two, "").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("JW-11 of several cookies none is exchanged, and revoke ends whatever is genuine")
  void planted() {
    AuthResponse login = JwtSite.logIn(browser);
    String line = cookies(login).get(1);
    String ours = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
    String both = "__Secure-jwt-refresh=planted; __Secure-jwt-refresh=" + ours;
    TestRequest refresh = TestRequest.post("/auth/jwt/refresh").header("Cookie", both);
    assertThat(site.page().send(refresh, "").status()).isEqualTo(401);
    assertThat(site.families.credentials().list("id-of-alice")).hasSize(1);
    TestRequest revoke = TestRequest.post("/auth/jwt/revoke").header("Cookie", both);
    assertDone(site.page().send(revoke, ""), FORGET);
    assertThat(site.families.credentials().list("id-of-alice")).isEmpty();
  }

  @Test
  @DisplayName("JW-11 a login ends the family that the browser had")
  void endsFormer() {
    JwtSite.logIn(browser);
    String former = site.families.credentials().list("id-of-alice").get(0).id();
    JwtSite.logIn(browser);
    assertThat(site.families.credentials().list("id-of-alice"))
        .singleElement()
        .satisfies(family -> assertThat(family.id()).isNotEqualTo(former));
  }

  @Test
  @DisplayName("JW-11 cookies for another path than that of the endpoints are refused at once")
  void wrongPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JwtSite(JwsAlgorithm.ES256, builder -> builder.inCookies("/api/jwt")))
        .withMessageContaining("/api/jwt")
        .withMessageContaining("/auth/jwt");
  }
}
