package com.example.request;

import static com.example.request.ForwardedTest.PROXY;
import static com.example.request.ForwardedTest.SPOOFED;
import static com.example.request.ForwardedTest.origin;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How what trusted proxies say is read. The one that is connected is 10.0.0.1. */
class ForwardedSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "192.0.2.1:8080,                192.0.2.1",
        "`\"192.0.2.1:8080\"`,          192.0.2.1",
        "\"192.0.2.1:_port\",           192.0.2.1",
        "[2001:db8::1],                 2001:db8:0:0:0:0:0:1",
        "\"[2001:db8::1]\",             2001:db8:0:0:0:0:0:1",
        "\"[2001:DB8::1]:47011\",       2001:db8:0:0:0:0:0:1",
        "2001:db8::1,                   2001:db8:0:0:0:0:0:1",
        "\"[::ffff:192.0.2.1]\",        192.0.2.1",
        "\"19\\2.0.2.1\",               192.0.2.1",
      })
  @DisplayName("TH-5 addresses may have ports, brackets and quotes")
  void addresses(String node, String address) {
    assertThat(origin("Forwarded:for=" + node + ";proto=https")).isEqualTo("https " + address);
    assertThat(origin("Forwarded:proto=https;by=_b ; host=\"a,b;c\" ; For=" + node))
        .isEqualTo("https " + address);
    if (!node.startsWith("\"")) {
      assertThat(origin("X-Forwarded-For: " + node)).isEqualTo("http " + address);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "_hidden",
        "_SEVKISEK",
        "\"_gazonk\"",
        "localhost",
        "1",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1.1",
        "0300.0.2.1",
        "0xC0000201",
        "3221225985",
        "[192.0.2.1]",
        "[2001:db8::1",
        "2001:db8::1]",
        "[]",
        "[:]",
        ":",
        "::1%1",
        "1:2:3",
        "\"\"",
        "\" 192.0.2.1\"",
        "192.0.2.1:",
        "192.0.2.1:x",
        "192.0.2.1:123456",
        "\u0661\u0669\u0662.0.2.1",
      })
  @DisplayName("TH-5 who is no address is not known: the proxy stands for them")
  void noAddress(String node) {
    assertThat(origin("Forwarded:for=" + SPOOFED + ", for=" + node + ";proto=http"))
        .isEqualTo("http 10.0.0.1");
    assertThat(origin("X-Forwarded-For:" + SPOOFED + ", " + node)).isEqualTo("http 10.0.0.1");
    assertThat(origin("X-Forwarded-For:" + SPOOFED + ", " + node + ", 10.0.0.3"))
        .isEqualTo("http 10.0.0.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=192.0.2.1;proto=https;",
        ";for=192.0.2.1;;proto=https",
        " for=192.0.2.1 ; proto=https ",
        ", ,for=192.0.2.1;proto=https, ,",
        "FOR=192.0.2.1;PROTO=HTTPS",
        "for=192.0.2.1;proto=https;ext.1=\"\\\"\"",
      })
  @DisplayName("TH-5 empty elements, empty pairs and letter case do no harm")
  void lenient(String line) {
    assertThat(origin("Forwarded:" + line)).isEqualTo("https 192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=192.0.2.1;proto=https;for=192.0.2.2",
        "for=192.0.2.1;proto=http;proto=https",
        "for=192.0.2.1;FOR=192.0.2.1;proto=https",
        "for=192.0.2.1;proto=https;by",
        "for=192.0.2.1;proto=https;=x",
        "for=192.0.2.1;proto=https;b y=x",
        "for=192.0.2.1;proto=https;by=x y",
        "for=192.0.2.1;proto=https;by=\"x\"y",
        "for=192.0.2.1;proto=https;by=x\"y\"",
        "for=192.0.2.1;proto=https;by=\\x",
        "for=192.0.2.1 proto=https",
        "for =192.0.2.1;proto=https",
        "for= 192.0.2.1;proto=https",
        "for==192.0.2.1;proto=https;\u00E9=x",
        "for=192.0.2.1;proto=https;x=\u00E9",
        "192.0.2.1",
        "https",
        ";",
        "f\u00F6r=192.0.2.1;proto=https",
      })
  @DisplayName("TH-5 what is malformed says nothing: neither who it was nor that it was by TLS")
  void malformed(String element) {
    assertThat(origin(PROXY, true, "Forwarded:" + element)).isEqualTo("http 10.0.0.1");
    assertThat(origin("Forwarded:for=" + SPOOFED + ";proto=https, " + element))
        .isEqualTo("http 10.0.0.1");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {",", ";", "\"", "a", "for=1.1.1.1,", "10.0.0.2,", "a=\"\\", "=", "::1,", "[:"})
  @DisplayName("TH-5, row 22 a line of 400 kB is read once, and no further than it is believed")
  void longLines(String part) {
    String line = part.repeat(400_000 / part.length());
    assertThat(origin("Forwarded:" + line)).startsWith("http ");
    assertThat(origin("X-Forwarded-For:" + line)).startsWith("http ");
    assertThat(origin("X-Forwarded-Proto:" + line)).isEqualTo("http 10.0.0.1");
  }
}
