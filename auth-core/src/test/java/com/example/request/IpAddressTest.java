package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.IpAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in text. */
class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "127.0.0.1, 127.0.0.1",
    "192.0.2.10, 192.0.2.10",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:DB8::a, 2001:db8:0:0:0:0:0:a",
    "2001:db8:0:0:0:0:0:a, 2001:db8:0:0:0:0:0:a",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "64:ff9b::192.0.2.1, 64:ff9b:0:0:0:0:c000:201",
    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "[::1], 0:0:0:0:0:0:0:1",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
    "fe80::1%, fe80:0:0:0:0:0:0:1",
    "[fe80::1%2], fe80:0:0:0:0:0:0:1",
    "fe80::1%nobody's interface, fe80:0:0:0:0:0:0:1",
  })
  @DisplayName(
      "AD-4, RFC 4291 section 2.2 a literal address is read, with brackets and zone or not")
  void literals(String text, String address) {
    assertThat(IpAddress.literal(text).map(InetAddress::getHostAddress)).contains(address);
  }

  @Test
  @DisplayName("AD-4, RFC 4291 section 2.5.5.2 an IPv4-mapped address is the IPv4 address in it")
  void mapped() {
    assertThat(IpAddress.literal("::ffff:192.0.2.1"))
        .containsInstanceOf(Inet4Address.class)
        .hasValueSatisfying(found -> assertThat(found.getHostAddress()).isEqualTo("192.0.2.1"));
    assertThat(IpAddress.literal("[::FFFF:c000:201]")).isEqualTo(IpAddress.literal("192.0.2.1"));
  }

  /** The resolver of some systems would answer for several of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "localhost.",
        "own.example",
        "cafe",
        "dead.beef",
        "a",
        "1",
        "127.1",
        "127.0.1",
        "127.0.0",
        "127.0.0.1.",
        "127.0.0.1.1",
        "127.0.0.256",
        "127.0.0.01",
        "0127.0.0.1",
        "00.0.0.0",
        "0x7f.0.0.1",
        "0x7f000001",
        "2130706433",
        "-1.0.0.0",
        "+1.0.0.0",
        "1.2.3.4:80",
        "1.2.3.4/8",
        "1.2.3.4%eth0",
        " 127.0.0.1",
        "127.0.0.1 ",
        "127.0.0.1\n",
        "127.0.0.\u0661",
        "[127.0.0.1]",
        "[]",
        "[",
        "]",
        "%",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "::g",
        "[::1",
        "::1]",
        "[[::1]]",
        "[::1]:80",
        "[::1]%1",
        "::1/64",
        "::1 ",
        "::ffff:127.1",
        "::ffff:127.0.0.256",
        "::ffff:0177.0.0.1",
        "::ffff:127.0.0.01",
        "::ffff:127.0.0.1.1",
        "::127.0.0.1:1",
        "1.2.3.4::",
        "unix:/run/site.sock",
        "unknown",
        "_hidden",
      })
  @DisplayName("AD-4 anything else is none: names are not looked up, and no short form is guessed")
  void others(String text) {
    assertThat(IpAddress.literal(text)).isEmpty();
  }

  @Test
  @DisplayName("AD-4 hostile lengths are refused")
  void lengths() {
    assertThat(IpAddress.literal("1".repeat(1_000_000))).isEmpty();
    assertThat(IpAddress.literal(":".repeat(1_000_000))).isEmpty();
    assertThat(IpAddress.literal("a".repeat(1_000_000) + ":")).isEmpty();
    assertThat(IpAddress.literal("::1%" + "a".repeat(1_000_000))).isPresent();
  }

  @Test
  @DisplayName("AD-4, GU-5 a peer that a host can't tell is not this machine")
  void unspecified() {
    assertThat(IpAddress.UNSPECIFIED.isLoopbackAddress()).isFalse();
    assertThat(IpAddress.UNSPECIFIED.isAnyLocalAddress()).isTrue();
  }

  @Test
  @DisplayName("CH-6 null is refused")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> IpAddress.literal(null));
  }
}
