package com.example.jwt.dpop;

import static com.example.jwt.dpop.Desk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.testkit.TestRequest;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofUrlTest {
  private final Desk desk = new Desk();

  private DpopResult check(String htu, TestRequest request) {
    String proof = desk.proof().claim("htu", htu).sign();
    return desk.proofs.check(request.header("DPoP", proof).build());
  }

  private DpopResult check(String htu, String target, String host) {
    return check(htu, TestRequest.get(target).header("Host", host));
  }

  @ParameterizedTest
  @DisplayName("RFC 9449 section 4.3, RFC 3986 section 6.2: equal after normalisation")
  @CsvSource({
    "https://api.example/notes, /notes, api.example",
    "HTTPS://API.example/notes, /notes, api.EXAMPLE",
    "https://api.example:443/notes, /notes, api.example",
    "https://api.example:/notes, /notes, api.example",
    "https://api.example/notes, /notes, api.example:443",
    "https://api.example:8443/notes, /notes, api.example:8443",
    "https://api.example, /, api.example",
    "https://api.example?a, /?b, api.example",
    "https://api.example/notes?a=b, /notes, api.example",
    "https://api.example/notes#a, /notes?b=/c, api.example",
    "https://api.example/no%74es, /notes, api.example",
    "https://api.example/notes, /%6eotes, api.example",
    "https://api.example/a%2fb, /a%2Fb, api.example",
    "https://api.example/a/../notes, /notes, api.example",
    "https://api.example/./notes, /%2e/notes, api.example",
    "https://api.example/a/.., /, api.example",
    "https://api.example/a/., /a/, api.example",
    "https://api.example/a/b/.., /a/, api.example",
    "https://api.example/~a, /~a, api.example",
    "https://api.example/%3a%3A, /%3A%3a, api.example",
    "https://api.example/../notes, /notes, api.example",
    "https://api.example/a//b, /a//b, api.example",
    "https://[2001:DB8::1]/notes, /notes, [2001:db8::1]:443",
  })
  void equal(String htu, String target, String host) {
    assertThat(check(htu, target, host)).isInstanceOf(DpopProof.class);
  }

  @ParameterizedTest
  @DisplayName("RFC 9449 section 4.3: another URL is refused, however near")
  @CsvSource({
    "http://api.example/notes, /notes, api.example",
    "https://api.example/Notes, /notes, api.example",
    "https://api.example/notes/, /notes, api.example",
    "https://api.example/note, /notes, api.example",
    "https://api.example:444/notes, /notes, api.example",
    "https://api.example:80/notes, /notes, api.example",
    "https://api.example./notes, /notes, api.example",
    "https://x.api.example/notes, /notes, api.example",
    "https://api.example/a%2Fb, /a/b, api.example",
    "https://api.example/a/b, /a//b, api.example",
    "https://api.example/notes%2, /notes%2, api.example",
    "https://api.example/no%7ges, /no%7ges, api.example",
    "https://me@api.example/notes, /notes, api.example",
    "https://me@api.example/notes, /notes, me@api.example",
    "//api.example/notes, /notes, api.example",
    "/notes, /notes, api.example",
    "notes, /notes, api.example",
    "https://, /notes, api.example",
    "'', /notes, api.example",
    "https:api.example/notes, /notes, api.example",
    "ftp://api.example/notes, /notes, api.example",
    "https://api.example\\notes, /notes, api.example",
    "https://api.example/n\u00F6, /n\u00F6, api.example",
    "https://\u212Aelvin.example/, /, kelvin.example",
    "https://api.example/%\uFF16\uFF11, /%\uFF16\uFF11, api.example",
    "https://api.example/a b, /a b, api.example",
  })
  void different(String htu, String target, String host) {
    assertRefused(check(htu, target, host), DpopRefusal.WRONG_URL);
  }

  @Test
  @DisplayName("RFC 3986 section 6.2.2.2: unreserved characters equal their escapes, others don't")
  void escapes() {
    for (char c = '!'; c <= '~'; c++) {
      String text = Character.toString(c);
      String escaped = "%%%02x".formatted((int) c);
      boolean unreserved = text.matches("[A-Za-z0-9._~-]");
      if (!text.matches("[%?#]")) {
        String target = "/a" + text + "b";
        DpopResult result = check("https://api.example/a" + escaped + "b", target, Desk.HOST);
        assertThat(result instanceof DpopProof).as("%s", escaped).isEqualTo(unreserved);
      }
      assertThat(
              check(
                  "https://api.example/a" + escaped,
                  "/a" + escaped.toUpperCase(Locale.ROOT),
                  Desk.HOST))
          .as("%s in both cases", escaped)
          .isInstanceOf(DpopProof.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example?", "api.example/", "api.example#", "api.example/x", ""})
  @DisplayName("RFC 9449 section 4.3: no Host makes a proof for one path fit another")
  void hostileHost(String host) {
    assertRefused(check("https://api.example/", "/notes", host), DpopRefusal.WRONG_URL);
    assertRefused(check("https://api.example/x/notes", "/notes", host), DpopRefusal.WRONG_URL);
  }

  @Test
  @DisplayName(
      "AD-1, RFC 9449 section 4.3: the URL's host is the request's authority, not Host alone")
  void authority() {
    String url = "https://api.example/notes";
    assertThat(check(url, TestRequest.get("/notes").authority("api.example")))
        .isInstanceOf(DpopProof.class);
    assertRefused(
        check(url, TestRequest.get("/notes").authority("evil.example")), DpopRefusal.WRONG_URL);
    assertRefused(
        check(
            url, TestRequest.get("/notes").authority("api.example").header("Host", "evil.example")),
        DpopRefusal.WRONG_URL);
    assertThat(
            check(
                url,
                TestRequest.get("https://api.example/notes?a=b").header("Host", "proxy.example")))
        .isInstanceOf(DpopProof.class);
    assertRefused(
        check(url, TestRequest.get("https://evil.example/notes").header("Host", "api.example")),
        DpopRefusal.WRONG_URL);
  }

  @Test
  @DisplayName("RFC 9449 section 4.3: no Host, two, or a target that is no path fit no proof")
  void noUrl() {
    String url = "https://api.example/notes";
    assertRefused(check(url, TestRequest.get("/notes")), DpopRefusal.WRONG_URL);
    assertRefused(
        check(
            url,
            TestRequest.get("/notes").header("Host", "api.example").header("Host", "api.example")),
        DpopRefusal.WRONG_URL);
    assertRefused(check(url, "*", "api.example"), DpopRefusal.WRONG_URL);
    assertRefused(check(url, "/notes#x", "api.example"), DpopRefusal.WRONG_URL);
  }

  @Test
  @DisplayName("RFC 9449 section 4.3: the scheme is the request's own, as a trusted proxy says")
  void scheme() {
    TestRequest plain = TestRequest.get("/notes").header("Host", "api.example").insecure();
    assertThat(check("http://api.example:80/notes", plain)).isInstanceOf(DpopProof.class);
    TestRequest proxied =
        TestRequest.get("/notes")
            .header("Host", "api.example")
            .insecure()
            .from("192.0.2.1")
            .trustedProxies("192.0.2.0/24")
            .header("X-Forwarded-For", "203.0.113.9")
            .header("X-Forwarded-Proto", "https");
    assertThat(check("https://api.example/notes", proxied)).isInstanceOf(DpopProof.class);
  }
}
