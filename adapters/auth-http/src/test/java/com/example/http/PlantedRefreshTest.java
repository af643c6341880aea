package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.cookies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sibling subdomain can set a {@code __Secure-} cookie for the site, and no {@code __Host-}. */
class PlantedRefreshTest {
  private static final String REFRESH = "__Secure-jwt-refresh";
  private static final String FAMILY = "__Host-jwt-family";

  private final JwtSite site = JwtSite.withCookies();

  PlantedRefreshTest() {
    site.site.user("mallory");
  }

  private AuthResponse logIn(Browser browser, String name) {
    return browser.post(
        "/auth/jwt", "{\"username\":\"" + name + "\",\"password\":\"" + Site.PASSWORD + "\"}");
  }

  private static String value(AuthResponse answer, String cookie) {
    String line =
        cookies(answer).stream().filter(c -> c.startsWith(cookie + "=")).findFirst().orElseThrow();
    return line.substring(line.indexOf('=') + 1, line.indexOf(';'));
  }

  private AuthResponse refresh(String cookieLine) {
    TestRequest request = TestRequest.post("/auth/jwt/refresh");
    return site.page()
        .send(cookieLine.isEmpty() ? request : request.header("Cookie", cookieLine), "");
  }

  private void assertRefusedWithoutEffect(String cookieLine) {
    AuthResponse refused = refresh(cookieLine);
    assertThat(refused.status()).as(refused.body()).isEqualTo(401);
    assertThat(cookies(refused)).allMatch(line -> line.contains("=; "));
    for (String user : new String[] {"alice", "mallory"}) {
      assertThat(site.families.credentials().list("id-of-" + user))
          .singleElement()
          .satisfies(family -> assertThat(family.rotation().orElseThrow().generation()).isZero());
    }
    assertThat(site.site.listener.events(AuthEvent.RefreshRotated.class)).isEmpty();
    assertThat(site.site.listener.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
  }

  @Test
  @DisplayName("JW-11 a planted refresh token is not taken for the browser's own")
  void planted() {
    AuthResponse victim = logIn(site.page(), "alice");
    AuthResponse attacker = logIn(site.page(), "mallory");
    String planted = REFRESH + "=" + value(attacker, REFRESH);
    String own = REFRESH + "=" + value(victim, REFRESH);
    String name = FAMILY + "=" + value(victim, FAMILY);
    assertRefusedWithoutEffect(planted); // a browser that was never logged in
    assertRefusedWithoutEffect(planted + "; " + name);
    assertRefusedWithoutEffect(name + "; " + planted + "; " + own);
    assertRefusedWithoutEffect(own + "; " + planted + "; " + name);
    assertRefusedWithoutEffect(own);
    assertRefusedWithoutEffect(name);
    assertRefusedWithoutEffect("");
    assertRefusedWithoutEffect(own + "; " + name + "; " + FAMILY + "=" + value(attacker, FAMILY));
    assertRefusedWithoutEffect(own + "; " + name + "; " + name);
    assertOk(refresh(own + "; " + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAA", "%00"})
  @DisplayName("JW-11 a name that is malformed or no family's refreshes nothing")
  void malformed(String name) {
    AuthResponse victim = logIn(site.page(), "alice");
    logIn(site.page(), "mallory");
    String own = REFRESH + "=" + value(victim, REFRESH);
    assertRefusedWithoutEffect(own + "; " + FAMILY + "=" + name);
    String right = value(victim, FAMILY);
    assertRefusedWithoutEffect(own + "; " + FAMILY + "=" + right + "A");
    assertRefusedWithoutEffect(own + "; " + FAMILY + "=" + right.substring(0, right.length() - 1));
    assertOk(refresh(own + "; " + FAMILY + "=" + right));
  }

  @Test
  @DisplayName("JW-11, JW-8 the name stays over rotations; two tabs stay logged in by the grace")
  void rotations() {
    Browser tab = site.page();
    AuthResponse login = logIn(tab, "alice");
    Browser other = tab.silent().always("Sec-Fetch-Site", "same-origin");
    String name = value(login, FAMILY);
    for (int i = 0; i < 3; i++) {
      AuthResponse refreshed = tab.post("/auth/jwt/refresh");
      assertOk(refreshed);
      assertOk(tab.me());
      assertThat(value(refreshed, FAMILY)).isEqualTo(name);
      if (i == 0) {
        site.site.clock.advance(Duration.ofSeconds(9));
        assertThat(value(other.post("/auth/jwt/refresh"), REFRESH))
            .isEqualTo(value(refreshed, REFRESH));
      }
      site.site.clock.advance(Duration.ofMinutes(10));
    }
  }
}
