package com.example.token;

import static com.example.token.TokenFixture.COOKIE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Logout;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieLogoutTest {
  private static final String EXPIRED =
      "__Host-token=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";

  private final TokenFixture fixture = new TokenFixture(Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  private TestRequest request(String method) {
    return TestRequest.of(method, "/logout")
        .header("Host", "api.example")
        .cookie(COOKIE, issued.token().reveal());
  }

  private Logout plan(TestRequest request) {
    fixture.watched.forget();
    return fixture.authenticator.planLogout(request.build());
  }

  private boolean isLive() {
    return !fixture.records().isEmpty();
  }

  private static List<String> headers(Logout plan) {
    return plan.cookies().stream().map(SetCookie::header).toList();
  }

  @Test
  @DisplayName("TK-7, SE-7 it removes the record, and the cookie of the same name and flags")
  void logout() {
    Logout plan = plan(request("POST").header("Sec-Fetch-Site", "same-origin"));
    assertThat(plan.refusal()).isEmpty();
    assertThat(headers(plan)).containsExactly(EXPIRED);
    assertThat(fixture.authenticator.expiredCookies())
        .extracting(SetCookie::header)
        .containsExactly(EXPIRED);
    assertThat(isLive()).isTrue();
    plan.carryOut();
    plan.carryOut();
    assertThat(isLive()).isFalse();
    assertThat(fixture.events.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::why)
        .containsExactly("logout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "HEAD"})
  @DisplayName("TK-7, SE-5 another site's page ends nothing, by whatever method; nor do the silent")
  void refused(String method) {
    for (TestRequest request :
        List.of(
            request(method),
            request(method).header("X-CSRF-Token", "token"),
            request(method).header("Sec-Fetch-Site", "cross-site"),
            request(method).header("Sec-Fetch-Site", "same-site"),
            request(method).header("Origin", "https://evil.example"),
            request(method).header("Origin", "null"))) {
      Logout plan = plan(request);
      assertThat(plan.refusal().map(refusal -> refusal.reason().refusal().code())).contains("csrf");
      assertThat(plan.cookies()).isEmpty();
      plan.carryOut();
      assertThat(isLive()).isTrue();
    }
  }

  @Test
  @DisplayName("TK-7, SE-7 stale, several and malformed cookies end nothing, and are forgotten")
  void stale() {
    for (TestRequest request :
        List.of(
            request("POST").cookie(COOKIE, "x"),
            TestRequest.post("/").header("Cookie", COOKIE + "=x"),
            TestRequest.post("/").header("Cookie", COOKIE + "="))) {
      Logout plan = plan(request);
      assertThat(plan.refusal()).isEmpty();
      assertThat(headers(plan)).containsExactly(EXPIRED);
      assertThat(fixture.watched.calls()).isEmpty();
      plan.carryOut();
    }
    assertThat(isLive()).isTrue();
    fixture.tokens.revokeAll(fixture.alice.id());
    Logout plan = plan(request("POST").header("Sec-Fetch-Site", "cross-site"));
    assertThat(plan.refusal()).isEmpty();
    assertThat(headers(plan)).containsExactly(EXPIRED);
  }

  @Test
  @DisplayName("TK-7, SE-7 another site's request without the cookie makes the browser keep it")
  void heldBack() {
    TestRequest foreign = TestRequest.post("/logout").header("Sec-Fetch-Site", "cross-site");
    assertThat(plan(foreign).cookies()).isEmpty();
    assertThat(plan(foreign).refusal()).isEmpty();
    assertThat(headers(plan(TestRequest.post("/logout")))).containsExactly(EXPIRED);
  }

  @Test
  @DisplayName("TK-7, GU-5 over plain HTTP it is refused unread")
  void plainHttp() {
    Logout plan = plan(request("POST").header("Sec-Fetch-Site", "same-origin").insecure());
    assertThat(plan.refusal().map(Rejected::reason)).contains(Reason.INSECURE_TRANSPORT);
    assertThat(plan.cookies()).isEmpty();
    assertThat(fixture.watched.calls()).isEmpty();
  }

  @Test
  @DisplayName("TK-7 the header is not looked at, and the cookie of development is another")
  void others() {
    Logout plan = plan(TestRequest.post("/").authorization("Token " + issued.token().reveal()));
    plan.carryOut();
    assertThat(isLive()).isTrue();
    TokenFixture dev =
        TokenFixture.in(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT),
            Tokens.Builder::inCookie);
    assertThat(headers(dev.authenticator.planLogout(TestRequest.post("/").build())))
        .containsExactly("dev-token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }
}
