package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.SetCookie;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieTest {
  private static final int MAX_BYTES = 4096;

  @Test
  @DisplayName("SE-1 a host's cookie is Secure, HttpOnly, SameSite=Lax, for all paths, for a while")
  void forHost() {
    SetCookie cookie = SetCookie.forHost("__Host-session", "abc");
    assertThat(cookie.header())
        .isEqualTo("__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(cookie.lasting(Duration.ofDays(90)).header())
        .isEqualTo("__Host-session=abc; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax");
    assertThat(cookie.name()).isEqualTo("__Host-session");
    assertThat(cookie.value()).isEqualTo("abc");
  }

  @Test
  @DisplayName("SE-7 what makes a browser forget has the same name, path and flags, and Max-Age=0")
  void expired() {
    SetCookie host = SetCookie.forHost("__Host-session", "abc");
    String forgotten = "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
    assertThat(host.expired().header()).isEqualTo(forgotten);
    assertThat(host.lasting(Duration.ofDays(90)).expired().header()).isEqualTo(forgotten);
    assertThat(SetCookie.forPath("__Secure-refresh", "abc", "/auth").expired().header())
        .isEqualTo("__Secure-refresh=; Path=/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict");
    assertThat(SetCookie.insecureForDevelopment("session", "abc").expired().header())
        .isEqualTo("session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  @Test
  @DisplayName("SE-1 a path's cookie is Secure, HttpOnly and SameSite=Strict")
  void forPath() {
    assertThat(SetCookie.forPath("__Secure-refresh", "abc", "/auth/refresh").header())
        .isEqualTo("__Secure-refresh=abc; Path=/auth/refresh; Secure; HttpOnly; SameSite=Strict");
  }

  @Test
  @DisplayName("SE-1 a cookie for plain HTTP has no prefix that promises more")
  void insecure() {
    assertThat(SetCookie.insecureForDevelopment("session", "abc").header())
        .isEqualTo("session=abc; Path=/; HttpOnly; SameSite=Lax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "session",
        "__Host-",
        "__Secure-",
        "__host-session",
        "__HOST-session",
        "__hOsT-session",
        "__secure-session",
        "__SECURE-session",
        "_Host-session",
        "__Host_session",
        " __Host-session",
        "__Http-session",
        "__Ho\u017Ft-session",
      })
  @DisplayName("SE-1 a name with another prefix, or one in other letters, is refused")
  void prefixes(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.forHost(name, "abc"));
    assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.forPath(name, "abc", "/"));
  }

  @Test
  @DisplayName("SE-1 neither prefix passes for the other")
  void eachItsOwn() {
    assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.forHost("__Secure-a", "abc"));
    assertThatIllegalArgumentException().isThrownBy(() -> SetCookie.forPath("__Host-a", "b", "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "__Host-session",
        "__host-session",
        "__HOST-SESSION",
        "__Secure-session",
        "__sEcUrE-session",
        "__Http-session",
        "__Host-Http-session",
        "__session",
        "a b",
        "a;b",
        "a=b",
        "a\r\nSet-Cookie: b",
        "\u00E9",
      })
  @DisplayName("SE-1 a cookie for development has no prefix of browsers in any letters")
  void insecureNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.insecureForDevelopment(name, "abc"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "a b",
        "\t",
        "\"",
        "\"a\"",
        ",",
        ";",
        "\\",
        "\0",
        "\n",
        "\r",
        "\u007F",
        "\u0080",
        "\u00E9",
        "\u2028",
        "\uD83E\uDD8A",
        "\u0130",
        "a; Domain=evil.example",
        "a\u010D\u010A",
      })
  @DisplayName("SE-1, row 18 a value of other characters than a cookie's is refused, without it")
  void values(String value) {
    String secret = "s3cretsecret" + value;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.forHost("__Host-session", secret))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.forPath("__Secure-session", secret, "/"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.insecureForDevelopment("session", secret));
  }

  @Test
  @DisplayName("SE-1 every character that a cookie's value may have is taken")
  void allValues() {
    StringBuilder all = new StringBuilder();
    for (char c = '!'; c <= '~'; c++) {
      if ("\",;\\".indexOf(c) < 0) {
        all.append(c);
      }
    }
    assertThat(SetCookie.forHost("__Host-s", all.toString()).header())
        .startsWith("__Host-s=" + all + "; Path=/");
  }

  @Test
  @DisplayName("SE-1 name and value have 4096 bytes at most, as in browsers")
  void size() {
    String name = "__Host-s";
    String longest = "v".repeat(MAX_BYTES - name.length());
    assertThat(SetCookie.forHost(name, longest).value()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.forHost(name, longest + "v"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("vv"));
    assertThat(SetCookie.insecureForDevelopment("n".repeat(MAX_BYTES), "").value()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.insecureForDevelopment("n".repeat(MAX_BYTES), "v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "auth",
        " /",
        "/a b",
        "/;",
        "/a; Domain=evil.example",
        "/a\r\nb",
        "/\0",
        "/\u00E9",
        "/\u007F",
        "?/",
      })
  @DisplayName("SE-1 a path that would end the attribute, or be another one, is refused")
  void paths(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.forPath("__Secure-refresh", "abc", path));
  }

  @Test
  @DisplayName("SE-1 a path has 1024 bytes at most: browsers pass over a longer attribute")
  void longPaths() {
    String longest = "/" + "p".repeat(1023);
    assertThat(SetCookie.forPath("__Secure-refresh", "abc", longest).header()).contains(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SetCookie.forPath("__Secure-refresh", "abc", longest + "p"));
  }

  @Test
  @DisplayName("SE-3 a cookie lasts whole seconds, one at least")
  void lasting() {
    SetCookie cookie = SetCookie.forHost("__Host-session", "abc");
    assertThat(cookie.lasting(Duration.ofMillis(1999)).header()).contains("; Max-Age=1; ");
    for (Duration none :
        new Duration[] {Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(-1)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> cookie.lasting(none));
    }
    assertThat(cookie.header()).as("it stays as it was").doesNotContain("Max-Age");
  }

  @Test
  @DisplayName("PW-6 toString shows all but the value")
  void hides() {
    assertThat(SetCookie.forHost("__Host-session", "s3cret").lasting(Duration.ofDays(1)))
        .hasToString(
            "__Host-session=[hidden]; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax");
    assertThat(SetCookie.insecureForDevelopment("session", "s3cret"))
        .hasToString("session=[hidden]; Path=/; HttpOnly; SameSite=Lax");
  }
}
