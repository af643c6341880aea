package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.AuthRequest;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request tells of cookies, of a form and of who sent it. */
class CookiesTest {
  private static List<String> cookies(String name, String... lines) {
    TestRequest request = TestRequest.get("/");
    for (String line : lines) {
      request.header("Cookie", line);
    }
    return request.build().cookies(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s=v",
        " s = v ",
        "\ts\t=\tv\t",
        "s=v;",
        ";s=v",
        ";;; s=v;;;",
        "a=b; s=v; c=d",
        "a;s=v;b",
        "a=b;s=v",
        "S=x; s=v",
        "ss=x; s=v",
        "=x; s=v",
        "x=\"; s=v; y=\"",
      })
  @DisplayName("SE-8 one cookie is found among others")
  void finds(String line) {
    assertThat(cookies("s", line)).containsExactly("v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ";", "=", "s", "=s", "s;v", "a=s", "a=s=v", "S=v", "s\u00A0=v", "$s=v"})
  @DisplayName("SE-8 what is no pair of that name is no such cookie")
  void findsNone(String line) {
    assertThat(cookies("s", line)).isEmpty();
    assertThat(cookies("", line)).isEmpty();
  }

  @Test
  @DisplayName("SE-8 each value is returned, in one line and in several")
  void several() {
    assertThat(cookies("s", "s=1; a=b; s=2", "c=d", "s=; s=1"))
        .containsExactly("1", "2", "", "1")
        .isUnmodifiable();
    assertThat(cookies("s")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"v\"", "%41", "a=b", "a==", "\\", "\"", "a b", "a,b", "\u00E9", "+"})
  @DisplayName("SE-8 a value is as it was sent: nothing is unquoted or decoded")
  void raw(String value) {
    assertThat(cookies("s", "s=" + value)).containsExactly(value);
  }

  @Test
  @DisplayName("SE-8 names are compared exactly; a prefix in other letters is another cookie")
  void names() {
    String line = "__Host-session=good; __hOsT-session=evil; __Host-sess\u0131on=evil";
    assertThat(cookies("__Host-session", line)).containsExactly("good");
    assertThat(cookies("__HOST-SESSION", line)).isEmpty();
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(strings = {"a;", "s=;", "a=;", "; ", ";", "=", "s"})
  @DisplayName("SE-8, row 22 a line of 400 kB is read once")
  void longLine(String part) {
    String line = part.repeat(400_000 / part.length());
    assertThat(cookies("s", line)).hasSize(part.equals("s=;") ? 400_000 / 3 : 0);
  }

  @Test
  @DisplayName("SE-5 a form is asked only for the field that is needed")
  void form() {
    AuthRequest request =
        AuthRequest.builder("POST", "/", null, InetAddress.getLoopbackAddress(), true)
            .form(name -> List.of("value of " + name))
            .build();
    assertThat(request.formValues("csrf_token")).containsExactly("value of csrf_token");
    assertThat(TestRequest.post("/").build().formValues("csrf_token")).isEmpty();
    AuthRequest.Builder builder =
        AuthRequest.builder("POST", "/", null, InetAddress.getLoopbackAddress(), true);
    assertThatNullPointerException().isThrownBy(() -> builder.form(null)).withMessage("form");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.trustedProxies(null))
        .withMessage("proxies");
  }

  @Test
  @DisplayName("SE-4 a client is its address and the first of what it calls itself")
  void client() {
    AuthRequest request =
        TestRequest.get("/")
            .from("192.0.2.7")
            .header("user-agent", "curl")
            .header("User-Agent", "other")
            .build();
    assertThat(request.client().address()).isEqualTo(request.clientAddress());
    assertThat(request.client().userAgent()).isEqualTo("curl");
    assertThat(TestRequest.get("/").build().client().userAgent()).isEmpty();
  }
}
