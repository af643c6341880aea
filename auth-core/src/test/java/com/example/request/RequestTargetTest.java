package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request line says about where a request goes. */
class RequestTargetTest {
  private static AuthRequest get(String target) {
    return TestRequest.get(target).header("Host", "own.example").build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a?b=c", "/a%20b;p=1?", "//other.example/a", "/http://other.example/"})
  @DisplayName("AD-1, RFC 9112 section 3.2.1 a path stays as received, and Host has the authority")
  void originForm(String target) {
    AuthRequest request = get(target);
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.authority()).contains("own.example");
    assertThat(request.isContradictory()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://abs.example/a?b=c, abs.example, /a?b=c, /a",
    "https://abs.example/a, abs.example, /a, /a",
    "HTTP://Abs.Example/A, Abs.Example, /A, /A",
    "hTTpS://abs.example/a, abs.example, /a, /a",
    "http://abs.example, abs.example, /, /",
    "http://abs.example/, abs.example, /, /",
    "http://abs.example?b=c, abs.example, /?b=c, /",
    "http://abs.example?/b, abs.example, /?/b, /",
    "http://abs.example:8443/a, abs.example:8443, /a, /a",
    "http://abs.example:/a, abs.example:, /a, /a",
    "http://192.0.2.1:80/a, 192.0.2.1:80, /a, /a",
    "http://[2001:db8::1]/a, [2001:db8::1], /a, /a",
    "http://[::ffff:192.0.2.1]:8443?b, [::ffff:192.0.2.1]:8443, /?b, /",
    "http://abs.example//a, abs.example, //a, //a",
    "http://abs.example/?u=http://x@y/, abs.example, /?u=http://x@y/, /",
    "http://abs.example/http://other.example/, abs.example, /http://other.example/,"
        + " /http://other.example/",
  })
  @DisplayName(
      "AD-1, RFC 9112 section 3.2.2 an absolute form is reduced to path and query; its authority"
          + " wins over Host")
  void absoluteForm(String received, String authority, String target, String path) {
    AuthRequest request = get(received);
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.path()).isEqualTo(path);
    assertThat(request.authority()).contains(authority);
    assertThat(request.isContradictory()).isFalse();
    assertThat(request).hasToString("GET " + path);
    assertThat(TestRequest.get(received).build().authority()).as("no Host").contains(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:///a",
        "http://",
        "http://?b",
        "http://alice@abs.example/",
        "http://alice:s3cret@abs.example/",
        "http://own.example@evil.example/",
        "http://abs.example:80:80/",
        "http://abs.example:x/",
        "http://:80/",
        "http://[::1/",
        "http://::1/",
        "http://[::1]x/",
        "http://[fe80::1%25eth0]/",
        "http://abs example/",
        "http://abs.example\\@evil.example/",
        "http://abs.example\t/",
        "http://abs.example\n/",
        "http://\u00e4.example/",
      })
  @DisplayName("AD-1, RFC 9110 section 4.2.4 an authority with a user, or malformed, is none")
  void malformedAuthority(String received) {
    AuthRequest request = get(received);
    assertThat(request.isContradictory()).isTrue();
    assertThat(request.authority()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, *",
    "CONNECT, own.example:443",
    "GET, ftp://abs.example/a",
    "GET, httpx://abs.example/a",
    "GET, http:/abs.example/a",
    "GET, a/b",
    "GET, ?a",
    "GET, ''",
  })
  @DisplayName(
      "AD-1, RFC 9112 section 3.2.4 any other form is no path, stays as received, and Host counts")
  void otherForms(String method, String target) {
    AuthRequest request = TestRequest.of(method, target).header("Host", "own.example").build();
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.authority()).contains("own.example");
    assertThat(request.isContradictory()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "*", "http://own.example/"})
  @DisplayName("AD-1, RFC 9112 section 3.2 two Hosts contradict each other, also where they agree")
  void twoHosts(String target) {
    AuthRequest request =
        TestRequest.get(target).header("Host", "own.example").header("Host", "own.example").build();
    assertThat(request.isContradictory()).isTrue();
    assertThat(request.authority()).isEmpty();
  }

  @Test
  @DisplayName("AD-1 a request need not say what host it is for")
  void silent() {
    AuthRequest none = TestRequest.get("/").build();
    assertThat(none.authority()).isEmpty();
    assertThat(none.isContradictory()).isFalse();
    AuthRequest blank = TestRequest.get("/").header("Host", "").build();
    assertThat(blank.authority()).isEmpty();
    assertThat(blank.isContradictory()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "*", "own.example:443"})
  @DisplayName(
      "AD-1, RFC 9113 section 8.3.1 :authority is the authority; Host may be absent or equal")
  void http2(String target) {
    AuthRequest alone = TestRequest.get(target).authority("own.example:8443").build();
    assertThat(alone.authority()).contains("own.example:8443");
    assertThat(alone.isContradictory()).isFalse();
    for (String host : new String[] {"own.example:8443", "OWN.example:8443"}) {
      AuthRequest both =
          TestRequest.get(target).authority("own.example:8443").header("Host", host).build();
      assertThat(both.authority()).contains("own.example:8443");
      assertThat(both.isContradictory()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "own.example:443",
        "own.example.",
        "own.example,evil.example",
        "",
        " own.example",
        "own.example\u0000",
        "\u212Aown.example",
        "\u014Dwn.example",
      })
  @DisplayName("AD-1, RFC 9113 section 8.3.1 Host and :authority that differ contradict each other")
  void differingHost(String host) {
    AuthRequest request =
        TestRequest.get("/").authority("own.example").header("Host", host).build();
    assertThat(request.isContradictory()).isTrue();
    assertThat(request.authority()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice@own.example", "own.example/a", "own.example?", ":443", "a b"})
  @DisplayName(
      "AD-1, RFC 9113 section 8.3.1 a malformed :authority is none, also where Host agrees")
  void malformedPseudoHeader(String authority) {
    for (String target : new String[] {"/", "*"}) {
      AuthRequest request =
          TestRequest.get(target).authority(authority).header("Host", authority).build();
      assertThat(request.isContradictory()).isTrue();
      assertThat(request.authority()).isEmpty();
    }
  }

  @Test
  @DisplayName("AD-1 an absolute form wins over whatever stands beside it")
  void absoluteOverHttp2() {
    AuthRequest request = TestRequest.get("https://abs.example/a").authority("own.example").build();
    assertThat(request.authority()).contains("abs.example");
    assertThat(request.isContradictory()).isFalse();
  }

  @Test
  @DisplayName("AD-7 a preflight is OPTIONS with Origin and Access-Control-Request-Method")
  void preflight() {
    assertThat(preflight("OPTIONS", "Origin", "Access-Control-Request-Method")).isTrue();
    assertThat(preflight("OPTIONS", "origin", "access-control-request-method")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "options, Origin, Access-Control-Request-Method",
    "GET, Origin, Access-Control-Request-Method",
    "POST, Origin, Access-Control-Request-Method",
    "OPTIONS, Origin, Access-Control-Request-Headers",
    "OPTIONS, Origin, Origin",
    "OPTIONS, Access-Control-Request-Method, Access-Control-Request-Method",
    "OPTIONS, X-Origin, Access-Control-Request-Method",
  })
  @DisplayName("AD-7 anything less, and any other method, is no preflight")
  void noPreflight(String method, String first, String second) {
    assertThat(preflight(method, first, second)).isFalse();
  }

  private static boolean preflight(String method, String first, String second) {
    return TestRequest.of(method, "/")
        .header(first, "https://app.example")
        .header(second, "POST")
        .build()
        .isPreflight();
  }
}
