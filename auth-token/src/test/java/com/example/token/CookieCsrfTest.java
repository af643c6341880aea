package com.example.token;

import static com.example.token.TokenFixture.COOKIE;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenResult.Issued;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieCsrfTest {
  private static final Reason NO_ORIGIN = new Reason("origin_missing", Refusal.CSRF);
  private static final List<String> UNSAFE =
      List.of("POST", "PUT", "PATCH", "DELETE", "PURGE", "CONNECT", "get", "");
  private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final TokenFixture fixture =
      TokenFixture.in(
          environment ->
              environment.withOrigins(OriginPolicy.trusting(List.of("https://app.example"))),
          Tokens.Builder::inCookie);
  private final Issued issued = fixture.issue();

  private TestRequest request(String method) {
    return TestRequest.of(method, "/")
        .header("Host", "api.example")
        .cookie(COOKIE, issued.token().reveal());
  }

  private static TestRequest with(TestRequest request, String site, String origin) {
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    return origin == null ? request : request.header("Origin", origin);
  }

  private static String said(AuthResult result) {
    return result instanceof Rejected no ? no.reason().name() : result.getClass().getSimpleName();
  }

  @ParameterizedTest(name = "Sec-Fetch-Site {0}, Origin {1}: {2}")
  @DisplayName("TK-7, SE-5 unsafe requests by Sec-Fetch-Site and Origin; safe ones pass")
  @CsvSource({
    "same-origin, , Authenticated",
    "none, , Authenticated",
    "same-origin, https://evil.example, Authenticated",
    "none, null, Authenticated",
    "cross-site, , cross_site",
    "same-site, , cross_site",
    "'', , cross_site",
    "Same-Origin, , cross_site",
    "'same-origin, none', , cross_site",
    "cross-site, https://evil.example, cross_site",
    "cross-site, null, cross_site",
    "same-site, https://evil.api.example, cross_site",
    "cross-site, https://app.example, Authenticated",
    "same-site, https://app.example, Authenticated",
    "cross-site, https://api.example, Authenticated",
    ", https://api.example, Authenticated",
    ", https://app.example, Authenticated",
    ", https://evil.example, cross_site",
    ", http://api.example, cross_site",
    ", https://api.example:8443, cross_site",
    ", https://api.example.evil.example, cross_site",
    ", https://APP.example, cross_site",
    ", null, cross_site",
    ", '', cross_site",
    ", , origin_missing",
  })
  void table(String site, String origin, String expected) {
    for (String method : UNSAFE) {
      AuthResult result =
          fixture.authenticator.authenticate(with(request(method), site, origin).build());
      assertThat(said(result)).as(method).isEqualTo(expected);
    }
    for (String method : SAFE) {
      AuthResult result =
          fixture.authenticator.authenticate(with(request(method), site, origin).build());
      assertThat(said(result)).as(method).isEqualTo("Authenticated");
    }
  }

  @Test
  @DisplayName("TK-7, SE-5 two values of a field are neither")
  void twoValues() {
    TestRequest origins =
        with(request("POST"), null, "https://api.example").header("Origin", "https://api.example");
    TestRequest sites =
        with(request("POST"), "same-origin", null).header("Sec-Fetch-Site", "same-origin");
    for (TestRequest request : List.of(origins, sites)) {
      assertThatResult(fixture.authenticator.authenticate(request.build()))
          .isRejected(Reason.CROSS_SITE);
    }
  }

  @Test
  @DisplayName("TK-7 there is no token that would help: neither field, refused")
  void noToken() {
    TestRequest request =
        request("POST")
            .header("X-CSRF-Token", issued.token().reveal())
            .header("X-Requested-With", "XMLHttpRequest")
            .form("csrf_token", issued.token().reveal());
    assertThatResult(fixture.authenticator.authenticate(request.build())).isRejected(NO_ORIGIN);
  }

  @Test
  @DisplayName("TK-7, GU-2 a failed check is 403 csrf, also where anyone may, and is no use")
  void publicRoute() {
    Guard guard = Guard.of(fixture.chain);
    fixture.clock.advance(Duration.ofMinutes(5));
    fixture.watched.forget();
    for (TestRequest request :
        List.of(request("POST"), with(request("POST"), "cross-site", null))) {
      Decision decision = guard.check(request.build(), Permission.anyone());
      AuthResponse answer = ((Decision.Refuse) decision).response();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("\"code\":\"csrf\"");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
    assertThat(fixture.watched.calls()).containsExactly("find+user", "find+user");
  }

  @Test
  @DisplayName("TK-7, CH-3 a stale cookie is not judged: it counts as absent")
  void stale() {
    fixture.tokens.revokeAll(fixture.alice.id());
    assertThat(
            fixture.authenticator.authenticate(with(request("POST"), "cross-site", null).build()))
        .isInstanceOf(NotAttempted.class);
  }

  @Test
  @DisplayName("TK-7, SE-5 a token in the header is no browser's doing, and is not judged")
  void header() {
    TokenFixture byHeader = new TokenFixture();
    TestRequest request =
        with(TestRequest.post("/"), "cross-site", "https://evil.example")
            .authorization("Token " + byHeader.issue().token().reveal());
    assertThat(byHeader.authenticator.authenticate(request.build()))
        .isInstanceOf(Authenticated.class);
  }
}
